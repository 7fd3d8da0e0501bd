// Listeners that end with a signal.

/** Calls `run` for each event until `signal` is aborted. It removes the listener itself: pages may count removals. */
export function listen(target, name, run, signal, capture = false) {
  target.addEventListener(name, run, capture);
  signal.addEventListener("abort", () => target.removeEventListener(name, run, capture));
}
