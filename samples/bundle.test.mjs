// Vite and webpack build applications with the package, with the settings that the documentation names and no others.
// e2e/package opens what they made.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { build, mergeConfig } from "vite";
import webpack from "webpack";

import { BUILT, INSTALLED, SAMPLES } from "./support/paths.mjs";
import { compiled } from "./support/typescript.mjs";

const APPS = ["plain", "preact", "react", "react-hydrated", "svelte", "vue"];

/** Every file below a folder, by its path there. */
const filesOf = (folder) => readdirSync(folder, { recursive: true }).map(String);

/** What the application downloads is what the package holds. */
function holdsTheProgram(folder) {
  const files = filesOf(folder);
  const wasm = files.filter((name) => name.endsWith(".wasm"));
  assert.equal(wasm.length, 1, files.join("\n"));
  const original = readFileSync(join(INSTALLED, filesOf(INSTALLED).find((name) => name.endsWith(".wasm"))));
  assert.ok(readFileSync(join(folder, wasm[0])).equals(original));
  assert.equal(files.filter((name) => name.endsWith(".json")).length, 13, files.join("\n"));
}

test("Vite", async () => {
  // The configurations of the documentation, put together.
  const documented = await Promise.all(
    ["bundler/vite.config.ts", "vue/vite.config.ts"].map((path) => import(compiled(path)).then((module) => module.default)),
  );
  const out = join(BUILT, "vite");
  const own = {
    configFile: false,
    logLevel: "warn",
    root: join(SAMPLES, "apps"),
    base: "./",
    plugins: [svelte({ configFile: false })],
    build: {
      outDir: out,
      emptyOutDir: true,
      rollupOptions: { input: APPS.map((name) => join(SAMPLES, `apps/${name}.html`)) },
    },
  };
  await build([...documented, own].reduce((all, one) => mergeConfig(all, one)));
  holdsTheProgram(out);
});

test("webpack", async () => {
  const out = join(BUILT, "webpack");
  const compiler = webpack({
    mode: "production",
    context: SAMPLES,
    entry: compiled("../apps/plain.ts"),
    output: { path: out, filename: "plain.js", clean: true },
    performance: { hints: false },
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats))),
  );
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual([...errors, ...warnings].map(({ message }) => message), []);
  holdsTheProgram(out);
});
