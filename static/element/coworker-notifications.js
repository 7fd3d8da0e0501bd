// The module that a page embeds: it registers <coworker-notifications>, and does nothing else.
// Harmless where there is no DOM (on a server), and where the element is registered already.

import { CoworkerNotifications } from "./element.js";

export { CoworkerNotifications };

const registry = globalThis.customElements;
if (registry && !registry.get("coworker-notifications")) {
  registry.define("coworker-notifications", CoworkerNotifications);
}
