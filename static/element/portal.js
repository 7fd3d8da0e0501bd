// Who is signed in, as the Nexudus Members Portal says it: window.__nexudus.auth.coworker.Id, some time after load.
// The portal fires no event, so it has to be looked at: often at first, seldom later, never while nobody looks.

const OFTEN = 250;
const SELDOM = 2_000;
const PATIENCE = 30_000;

/** Calls `tell(id)` whenever another coworker is signed in (`undefined`: nobody). Returns a function that ends this. */
export function watchPortal(tell) {
  const patience = performance.now() + PATIENCE;
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
    const early = performance.now() < patience;
    // Where there is no portal after so long, there is none.
    if (!document.hidden && (early || globalThis.__nexudus)) {
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
    // A list of one number would read as that number.
    return typeof id !== "object" && /^0*[1-9]\d*$/.test(id) && Number.isSafeInteger(+id) ? +id : undefined;
  } catch {
    // Not there yet, or not yet able to say.
  }
}
