// The program (WebAssembly) is loaded once for all elements of the page, when the first one is connected.

import { handOver } from "./early.js";

let loading;
/** Called with a message if the program stops. */
export const listeners = new Set();

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
  const beside = import("./coworker-notifications_bg.js");
  const integrity = isPinned() ? (await beside).wasmIntegrity : "";
  const [glue, wasm] = await Promise.all([beside, fetch(url, { integrity })]);
  await glue.start(wasm, stop, handOver);
  return glue;
}

/** The program has failed, and does nothing any more: all its elements are told, those to come too. */
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
