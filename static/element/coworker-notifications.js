// The module that a page embeds: it registers <coworker-notifications>, and does nothing else.
// Harmless where there is no DOM (on a server), and where the element is registered already.

import { CoworkerNotifications as Element } from "./element.js";

const TAG = "coworker-notifications";
const registry = globalThis.customElements;

if (registry && !registry.get(TAG)) {
  registry.define(TAG, Element);
}

/** The class that is registered: of two versions on a page that of the first, so that `wasmUrl` and `instanceof` mean it. */
export const CoworkerNotifications = registry?.get(TAG) ?? Element;
