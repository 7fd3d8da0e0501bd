// Who is signed in, as the Nexudus Members Portal says it: window.__nexudus.auth.coworker.Id, some time after load.
// The portal fires no event, so it has to be looked at: often at first, seldom later, never while nobody looks.

const OFTEN = 250;
const SELDOM = 2_000;
const PATIENCE = 30_000;

const watchers = new Set();
let timer;
let since;

/** Calls `tell(id)` whenever another coworker is signed in (`undefined`: nobody). Returns a function that ends this. */
export function watchPortal(tell) {
  const watcher = { tell, last: undefined };
  watchers.add(watcher);
  since = performance.now();
  if (watchers.size === 1) {
    document.addEventListener("visibilitychange", look);
  }
  look();
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    }
  };
}

function look() {
  clearTimeout(timer);
  const coworker = signedIn();
  for (const watcher of watchers) {
    if (watcher.last !== coworker) {
      watcher.last = coworker;
      // Not at once: the caller may still be setting itself up.
      queueMicrotask(() => watcher.tell(coworker));
    }
  }
  const early = performance.now() - since < PATIENCE;
  // Where there is no portal after so long, there is none.
  if (!document.hidden && (early || globalThis.__nexudus)) {
    timer = setTimeout(look, early && coworker === undefined ? OFTEN : SELDOM);
  }
}

function signedIn() {
  const id = Number(globalThis.__nexudus?.auth?.coworker?.Id);
  return Number.isInteger(id) && id > 0 ? id : undefined;
}
