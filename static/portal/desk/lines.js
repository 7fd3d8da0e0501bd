// A bounded list of lines, the newest on top.

import { byId } from "../dom.js";

/** Lines beyond this many leave at the bottom. */
const MOST_LINES = 200;

export function linesOf(id) {
  const list = byId(id);
  return {
    add(line) {
      list.prepend(line);
      while (list.children.length > MOST_LINES) list.lastElementChild.remove();
    },
    empty: () => list.replaceChildren(),
  };
}
