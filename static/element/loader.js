// The program (WebAssembly) is loaded once for all elements of the page, when the first one wants it.

import { build } from "./build.js";
import { handOver } from "./early.js";

/** The glue's file name beside this module. Bundlers rename the file, but do not see this string. */
const BESIDE = "coworker-notifications_bg.js";

let loading;
/** The promise of the glue script, which arrives before the program. */
let comes;
/** How often loading was tried. After the first time nothing is taken from a cache. */
let tries = 0;
/** Called with a message if the program stops. */
export const listeners = new Set();

/** The exports of the program, ready to use. `priority` is that of its fetch. */
export function load(wasmUrl, priority) {
  loading ??= start(wasmUrl, priority)
    // Script and program are of two builds, one of them from a cache: try again without the cache.
    .catch((error) => (error.isMixed ? start(wasmUrl) : Promise.reject(error)))
    .catch((error) => {
      // The connection may come back, so the next call tries again.
      loading = undefined;
      throw error;
    });
  return loading;
}

/** The promise of the glue script, which arrives before the program; `undefined` until loading has begun. */
export const beside = () => comes;

async function start(wasmUrl, priority) {
  const again = tries++;
  // A string, because pages replace `fetch` by functions of their own that expect a string and options.
  const url = String(wasmUrl ?? programUrl());
  const cache = again ? "reload" : "default";
  const fetched = async (integrity) => fetch(url, { integrity, cache, priority });
  // Both requests start at once; the program is compiled while it arrives.
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

function programUrl() {
  try {
    // Bundlers look for this expression.
    return new URL("./coworker-notifications_bg.wasm", import.meta.url);
  } catch {
    // The page has given the name `URL` to something else.
    return import.meta.url.replace(/[^/]*$/, "coworker-notifications_bg.wasm");
  }
}

/** Imports the program's glue. Browsers remember a script that failed, so a later try uses another address. */
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

/** The program has failed for good: tells all its elements, and later calls of `load` reject. */
function stop(message) {
  loading = Promise.reject(Object.assign(new Error(message), { isFinal: true }));
  loading.catch(() => {});
  for (const listener of [...listeners]) {
    listener(message);
  }
}

/**
 * Whether the page pins this module by its hash; the program is then pinned, too. Otherwise it is not, because a file
 * that must be verified as a whole cannot be compiled while it arrives.
 */
function isPinned() {
  return [...document.scripts].some((script) => script.src === import.meta.url && script.integrity);
}
