// Runs the TypeScript of the documentation and of the samples.

import { join } from "node:path";

import { BUILT } from "./paths.mjs";
import { script } from "./run.mjs";

/** Compiles a file, named from the folder of what is built; returns where the JavaScript is. */
export function compiled(path) {
  const out = join(BUILT, "compiled", path.replace("../", ""), "..");
  const options = ["--module", "esnext", "--target", "es2022", "--moduleResolution", "bundler", "--skipLibCheck"];
  script("typescript/bin/tsc", [join(BUILT, path), "--outDir", out, "--ignoreConfig", ...options]);
  return join(BUILT, "compiled", path.replace("../", "").replace(/ts$/, "js"));
}
