// The program (WebAssembly) is loaded once for all elements of the page, when the first one is connected.

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
  const [glue, wasm] = await Promise.all([import("./coworker-notifications_bg.js"), fetch(url)]);
  if (!wasm.ok) {
    throw new Error(`${url} answered ${wasm.status}`);
  }
  await glue.default({ module_or_path: wasm });
  glue.onFirstRequest(handOver());
  glue.onPanic((message) => {
    // What a stopped program would answer is not to be trusted: all its elements are told, and those to come.
    loading = Promise.reject(new Error(message));
    loading.catch(() => {});
    for (const listener of [...listeners]) {
      listener(message);
    }
  });
  return glue;
}

/** Has `listener(message)` called if the program stops. Returns a function that ends this. */
export function onBroken(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
