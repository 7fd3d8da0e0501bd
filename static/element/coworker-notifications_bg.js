// This module is loaded together with the WebAssembly: its bindings, and code that is of no use before it.

import { build } from "./build.js";
import init, { guardWith, onFirstRequest } from "./glue.js";
import { guard } from "./guard.js";
import { tokensFrom } from "./providers.js";

export { build };
export { Bell } from "./bell.js";
export { default } from "./glue.js";
export { wasmIntegrity } from "./built.js";
export { preview } from "./preview.js";

/** Starts the program. `stop(message)` is called when it fails, `handOver()` when it can send requests itself. */
export async function start(response, stop, handOver) {
  const program = await compile(response);
  // Checked first: a program of another build links without an error, but its functions may do something else.
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
  try {
    return await WebAssembly.compileStreaming(response);
  } catch (error) {
    if (response.bodyUsed) {
      throw error;
    }
    // Browsers compile while it arrives only what the server calls `application/wasm`, and what their own `fetch` returns,
    // which pages replace.
    return WebAssembly.compile(await response.arrayBuffer());
  }
}
