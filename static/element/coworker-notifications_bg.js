// What is loaded together with the WebAssembly: its bindings, and what is of no use before it.

import init, { guardWith, onFirstRequest } from "./glue.js";
import { guard } from "./guard.js";
import { tokensFrom } from "./providers.js";

export { Bell } from "./bell.js";
export { default } from "./glue.js";
export { wasmIntegrity } from "./built.js";

/** Starts the program. `stop(message)` is called when it fails; `handOver()` when it is there to ask for itself. */
export async function start(wasm, stop, handOver) {
  if (!wasm.ok) {
    throw new Error(`${wasm.url} answered ${wasm.status}`);
  }
  guardWith((exports) => guard(exports, stop));
  await init({ module_or_path: wasm });
  const { answer, token } = handOver();
  onFirstRequest(answer);
  tokensFrom(token);
}
