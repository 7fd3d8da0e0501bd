// Vite's development server serves the package's WebAssembly as it is: with the settings that the documentation names.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { BUILT, SAMPLES } from "./support/paths.mjs";
import { compiled } from "./support/typescript.mjs";

const { default: documented } = await import(compiled("bundler/vite.config.ts"));

for (const vite of ["vite-6", "vite-7", "vite"]) {
  test(`${vite}: an application finds the program`, async () => {
    const { createServer } = await import(vite);
    const root = join(BUILT, "dev", vite);
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, "main.js"), `import "coworker-notifications";`);
    const server = await createServer({
      ...documented,
      root,
      configFile: false,
      logLevel: "error",
      cacheDir: join(root, "cache"),
      server: { host: "127.0.0.1", port: 0, fs: { allow: [SAMPLES] } },
    });
    try {
      await server.listen();
      const [address] = server.resolvedUrls.local;
      const ask = async (path, base = address) => fetch(new URL(path, base));
      const main = await (await ask("/main.js")).text();
      const [, path] = main.match(/import "([^"]+)"/);
      const module = await ask(path);
      const [, wasm] = (await module.text()).match(/new URL\("([^"]+\.wasm[^"]*)"/);
      const answer = await ask(wasm, module.url);
      assert.equal(answer.headers.get("content-type"), "application/wasm");
      assert.equal(answer.status, 200);
    } finally {
      await server.close();
    }
  });
}
