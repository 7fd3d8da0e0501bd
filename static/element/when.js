// Decides when the program (wasm) is fetched. Aborting `signal` ends the wait.

import { counted } from "./early.js";
import { listen } from "./listen.js";
import { isHidden } from "./page.js";

/** From this distance (in CSS pixels) a pointer reaches the bell in about a quarter of a second. */
const NEAR = 80;

/** Calls `request` when a pointer or the focus comes near the element. */
export function whenNear(element, request, signal) {
  const check = ({ clientX, clientY, target }) => {
    const bell = element.getBoundingClientRect();
    // An event that a script has created may have no coordinates.
    const rect = clientX === undefined ? target.getBoundingClientRect?.() : new DOMRect(clientX, clientY);
    const x = Math.max(rect?.left - bell.right, bell.left - rect?.right);
    const y = Math.max(rect?.top - bell.bottom, bell.top - rect?.bottom);
    if (bell.width && Math.max(x, y) < NEAR) {
      request();
    }
  };
  listen(element.ownerDocument, "pointermove", check, signal);
  listen(element.ownerDocument, "focusin", check, signal);
}

/** Calls `request` when the page has loaded, has its count, and is idle. The priority is low, because nobody waits for it. */
export async function whenAtRest(request, signal) {
  await counted();
  const whenIdle = () =>
    (globalThis.requestIdleCallback ?? setTimeout)(() => signal.aborted || request("low"), { timeout: 1000 });
  if (document.readyState === "complete") {
    whenIdle();
  } else if (!signal.aborted) {
    listen(globalThis, "load", whenIdle, signal);
  }
}

/** Calls `request` after this many seconds, once the page is visible. */
export function whenDue(seconds, request, signal) {
  const timer = setTimeout(() => {
    if (isHidden()) {
      listen(document, "visibilitychange", () => request(), signal);
    } else {
      request();
    }
  }, seconds * 1000);
  signal.addEventListener("abort", () => clearTimeout(timer));
}
