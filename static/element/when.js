// The moments at which the program is fetched. Aborting `signal` ends the wait.

import { counted } from "./early.js";
import { listen } from "./listen.js";
import { isHidden } from "./page.js";

/** A pointer this near to the bell (in CSS pixels) arrives there in about a quarter of a second. */
const NEAR = 80;

/** Calls `want` when a pointer or the focus comes near the element. */
export function whenNear(element, want, signal) {
  const look = ({ clientX, clientY, target }) => {
    const bell = element.getBoundingClientRect();
    // An event that a script of the page has made may have no place at all.
    const it = clientX === undefined ? target.getBoundingClientRect?.() : new DOMRect(clientX, clientY);
    const x = Math.max(it?.left - bell.right, bell.left - it?.right);
    const y = Math.max(it?.top - bell.bottom, bell.top - it?.bottom);
    if (bell.width && Math.max(x, y) < NEAR) {
      want();
    }
  };
  listen(element.ownerDocument, "pointermove", look, signal);
  listen(element.ownerDocument, "focusin", look, signal);
}

/** Calls `want` when the page has loaded, has its count, and is idle. The priority is low, as nobody waits. */
export async function whenAtRest(want, signal) {
  await counted();
  const rest = () =>
    (globalThis.requestIdleCallback ?? setTimeout)(() => signal.aborted || want("low"), { timeout: 1000 });
  if (document.readyState === "complete") {
    rest();
  } else if (!signal.aborted) {
    listen(globalThis, "load", rest, signal);
  }
}

/** Calls `want` after this many seconds, once the page is visible. */
export function whenDue(seconds, want, signal) {
  const timer = setTimeout(() => {
    if (isHidden()) {
      listen(document, "visibilitychange", () => want(), signal);
    } else {
      want();
    }
  }, seconds * 1000);
  signal.addEventListener("abort", () => clearTimeout(timer));
}
