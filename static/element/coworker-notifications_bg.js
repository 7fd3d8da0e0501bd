// What is loaded together with the WebAssembly: its bindings, and what is of no use before it.

import { build } from "./build.js";
import init, { guardWith, onFirstRequest } from "./glue.js";
import { guard } from "./guard.js";
import { tokensFrom } from "./providers.js";

export { build };
export { Bell } from "./bell.js";
export { default } from "./glue.js";
export { wasmIntegrity } from "./built.js";
export { preview } from "./preview.js";

/** Starts the program. `stop(message)` is called when it fails; `handOver()` when it is there to ask for itself. */
export async function start(response, stop, handOver) {
  const program = await compile(response);
  // Before anything else: a program of another build links, too, and would do something else than it is asked for.
  if (!WebAssembly.Module.imports(program).some(({ module }) => module === build)) {
    throw Object.assign(new Error(`${response.url} is not of the same build as this script (${build})`), { isMixed: true });
  }
  guardWith((exports) => guard(exports, stop));
  await init({ module_or_path: program });
  const { answer, token } = handOver();
  onFirstRequest(answer);
  tokensFrom(token);
}

async function compile(response) {
  const { ok, status, url, headers } = response;
  if (!ok) {
    throw new Error(`${url} answered ${status}`);
  }
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) {
    throw new Error(
      `${url} answered a page instead of WebAssembly. In Vite's development server, name the package in optimizeDeps.exclude`,
    );
  }
  // Where the server names another type, a browser compiles nothing while it arrives.
  return type.startsWith("application/wasm")
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
