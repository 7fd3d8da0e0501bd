// The types, checked strictly: the documentation's code, small applications, and what must not compile.

import { test } from "node:test";

import { script } from "./support/run.mjs";

const tsc = (config) => script("typescript/bin/tsc", ["--project", config]);

test("plain TypeScript, and the types say what the manifest says", () => void tsc("tsconfig.json"));
test("React", () => void tsc("tsconfig.react.json"));
test("Angular", () => void tsc("tsconfig.angular.json"));
test("Preact", () => void tsc("tsconfig.preact.json"));
test("Vue", () => void script("vue-tsc/bin/vue-tsc.js", ["--project", "tsconfig.vue.json"]));
test("Svelte", () => {
  script("svelte-check/bin/svelte-check", ["--workspace", ".", "--tsconfig", "tsconfig.svelte.json", "--fail-on-warnings"]);
});
test("the documentation's scripts", () => void tsc("tsconfig.scripts.json"));
