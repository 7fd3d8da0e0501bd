// Between the program and what calls it: notices when it stops.

/**
 * The program's exports as its glue calls them. One that fails has met a mistake in the program (a panic), or has no
 * memory or stack left: what the program would do next is not to be trusted, so it does nothing any more, and
 * `stop(message)` is called.
 */
export function guard(exports, stop) {
  let stopped = false;
  const guarded = (run) => (...values) => {
    if (stopped) {
      return undefined;
    }
    try {
      return run(...values);
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
        stopped = true;
        stop(`The notification bell stopped because of a mistake in it (${error.message}).`);
      }
      throw error;
    }
  };
  const entries = Object.entries(exports);
  return Object.fromEntries(entries.map(([name, it]) => [name, typeof it === "function" ? guarded(it) : it]));
}
