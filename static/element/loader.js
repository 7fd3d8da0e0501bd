// The program (WebAssembly) is loaded once for all elements of the page, when the first one wants it.

import { build } from "./build.js";
import { handOver } from "./early.js";

/** The file beside this one. Bundlers give it another name, and do not see this one. */
const BESIDE = "coworker-notifications_bg.js";

let loading;
/** What comes with the program, and before it. */
let comes;
/** How often it has been tried: after the first time nothing is taken from a cache. */
let tries = 0;
/** Called with a message if the program stops. */
export const listeners = new Set();

/** The exports of the program, ready to use. `priority` is that of its fetch. */
export function load(wasmUrl, priority) {
  loading ??= start(wasmUrl, priority)
    // Parts of two builds, one of them from a cache: once more, past the cache.
    .catch((error) => (error.isMixed ? start(wasmUrl) : Promise.reject(error)))
    .catch((error) => {
      // A lost connection may come back: the next element, and whoever asks, tries again.
      loading = undefined;
      throw error;
    });
  return loading;
}

/** The script that is loaded with the program and is there before it, once both are on their way. */
export const beside = () => comes;

async function start(wasmUrl, priority) {
  const again = tries++;
  // Pages put functions of their own in place of `fetch`, which take a string and options for granted.
  const url = String(wasmUrl ?? new URL("./coworker-notifications_bg.wasm", import.meta.url));
  const cache = again ? "reload" : "default";
  const fetched = async (integrity) => fetch(url, { integrity, cache, priority });
  // Both leave at once; the program is compiled while it arrives.
  comes = glue(again);
  const [program, wasm] = await Promise.all([
    comes,
    isPinned() ? comes.then(({ wasmIntegrity }) => fetched(wasmIntegrity)) : fetched(),
  ]);
  if (program.build !== build) {
    throw Object.assign(new Error(`${BESIDE} is of another build than the module`), { isMixed: true });
  }
  await program.start(wasm, stop, handOver);
  return program;
}

/** What the program is called through. A browser remembers a script that failed: it is asked for by another address. */
async function glue(again) {
  let url = import.meta.url.replace(/[^/]*$/, BESIDE);
  try {
    const beside = await import("./coworker-notifications_bg.js");
    if (!again || beside.build === build) {
      return beside;
    }
  } catch (error) {
    // The page's import map pins the first address alone.
    if (!again || isPinned()) {
      throw error;
    }
    url = /https?:\S+\.js/.exec(error.message)?.[0] ?? url;
  }
  return import(/* @vite-ignore */ /* webpackIgnore: true */ `${url}?${again}`);
}

/** The program has failed, and does nothing any more: all its elements are told, those to come too. */
function stop(message) {
  loading = Promise.reject(Object.assign(new Error(message), { isFinal: true }));
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
