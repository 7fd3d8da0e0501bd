// Short messages at the foot of the portal. The newest three stay; each leaves by itself.

import { byId, element } from "./dom.js";

const LIFETIME_MS = 7000;

export function toast(title, text) {
  const shelf = byId("toasts");
  const note = element("div", { className: "toast" }, element("strong", {}, title), text ?? null);
  shelf.append(note);
  while (shelf.children.length > 3) shelf.firstElementChild.remove();
  setTimeout(() => note.remove(), LIFETIME_MS);
}
