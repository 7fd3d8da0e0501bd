// The signed-in coworker of the Nexudus Members Portal: window.__nexudus.auth.coworker.Id, set some time after load.
// The portal fires no event, so this polls: every 250 ms at first, every 2 s later, and never while the page is hidden.

import { isHidden } from "./page.js";

const FIRST_INTERVAL = 250;
const INTERVAL = 2_000;
const TIMEOUT = 30_000;

/** Calls `notify(id)` when the signed-in coworker changes (`undefined`: nobody). Returns a function that ends this. */
export function watchPortal(notify) {
  const deadline = Date.now() + TIMEOUT;
  let last;
  let timer;
  const check = () => {
    clearTimeout(timer);
    const coworker = signedIn();
    if (last !== coworker) {
      last = coworker;
      // Asynchronous, because the element may still be initialising itself.
      queueMicrotask(() => notify(coworker));
    }
    const early = Date.now() < deadline;
    // A page that has no portal object by the deadline is not in a portal.
    if (!isHidden() && (early || globalThis.__nexudus)) {
      timer = setTimeout(check, early && !coworker ? FIRST_INTERVAL : INTERVAL);
    }
  };
  document.addEventListener("visibilitychange", check);
  check();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", check);
  };
}

function signedIn() {
  try {
    const id = globalThis.__nexudus.auth.coworker.Id;
    // An array of one number would also pass the test.
    return typeof id !== "object" && /^0*[1-9]\d*$/.test(id) && Number.isSafeInteger(+id) ? +id : undefined;
  } catch {
    // The portal is not ready yet.
  }
}
