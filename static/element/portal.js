// The signed-in coworker of the Nexudus Members Portal: window.__nexudus.auth.coworker.Id, set some time after load.
// The portal fires no event, so this polls: often at first, seldom later, never while the page is hidden.

import { isHidden } from "./page.js";

const OFTEN = 250;
const SELDOM = 2_000;
const PATIENCE = 30_000;

/** Calls `tell(id)` when the signed-in coworker changes (`undefined`: nobody). Returns a function that ends this. */
export function watchPortal(tell) {
  const patience = Date.now() + PATIENCE;
  let last;
  let timer;
  const look = () => {
    clearTimeout(timer);
    const coworker = signedIn();
    if (last !== coworker) {
      last = coworker;
      // Not at once: the caller may still be setting itself up.
      queueMicrotask(() => tell(coworker));
    }
    const early = Date.now() < patience;
    // A page without a portal after this time has none.
    if (!isHidden() && (early || globalThis.__nexudus)) {
      timer = setTimeout(look, early && !coworker ? OFTEN : SELDOM);
    }
  };
  document.addEventListener("visibilitychange", look);
  look();
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
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
