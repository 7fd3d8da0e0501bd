// The module that a page embeds: it registers <coworker-notifications>, and does nothing else.
// Harmless where there is no DOM (on a server), and where the element is registered already.

import { CoworkerNotifications as Element } from "./element.js";

const TAG = "coworker-notifications";
const registry = globalThis.customElements;

if (registry && !registry.get(TAG)) {
  registry.define(TAG, Element);
}

/** The registered class: of two versions on a page the first, so that `wasmUrl` and `instanceof` refer to it. */
export const CoworkerNotifications = registry?.get(TAG) ?? Element;
