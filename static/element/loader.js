// The program (WebAssembly) is loaded once for all elements of the page, when the first one is connected.

import { wasmIntegrity } from "./built.js";
import { handOver } from "./early.js";

let loading;
const listeners = new Set();

/** The exports of the program, ready to use. */
export function load(wasmUrl) {
  loading ??= start(wasmUrl ?? new URL("./coworker-notifications_bg.wasm", import.meta.url)).catch((error) => {
    // A lost connection may come back: the next element tries again.
    loading = undefined;
    throw error;
  });
  return loading;
}

async function start(url) {
  // Both leave at once; the program is compiled while it arrives.
  const [glue, wasm] = await Promise.all([
    import("./coworker-notifications_bg.js"),
    fetch(url, { integrity: isPinned() ? wasmIntegrity : "" }),
  ]);
  if (!wasm.ok) {
    throw new Error(`${url} answered ${wasm.status}`);
  }
  glue.guardWith(guard);
  await glue.default({ module_or_path: wasm });
  glue.onFirstRequest(handOver());
  return glue;
}

/**
 * The program's exports as its glue calls them. One that fails has met a mistake in the program (a panic), or has no
 * memory or stack left: what the program would do next is not to be trusted, so it does nothing any more, and all its
 * elements are told, those to come too.
 */
function guard(exports) {
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

function stop(message) {
  loading = Promise.reject(new Error(message));
  loading.catch(() => {});
  for (const listener of [...listeners]) {
    listener(message);
  }
}

/**
 * A page that pins this module by its hash means the program, too. It is not done for all: what has to be verified as
 * a whole cannot be compiled while it arrives.
 */
function isPinned() {
  return [...document.scripts].some((script) => script.src === import.meta.url && script.integrity);
}

/** Has `listener(message)` called if the program stops. Returns a function that ends this. */
export function onBroken(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
