// Stands between the program and its callers, and notices when the program fails.

/**
 * Wraps the program's exports for its glue. An export fails because of a mistake in the program (a panic), or because
 * memory or stack has run out. The program cannot be trusted after that, so no export runs any more, and
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
