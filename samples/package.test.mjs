// What `npm pack` packs, and what npm thinks of it.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { BUILT, DIST, INSTALLED, ROOT } from "./support/paths.mjs";
import { NPM, run } from "./support/run.mjs";

const read = (path) => readFileSync(path, "utf8");
const manifest = JSON.parse(read(join(INSTALLED, "package.json")));
const packed = JSON.parse(read(join(BUILT, "packed.json")));

const LANGUAGES = ["ar", "ca", "da", "de", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "zh-Hans"];
const GUIDES = ["browsers", "embedding", "events", "gateway", "languages", "security", "theming", "troubleshooting"];

test("it holds exactly what it should", () => {
  const files = [
    "LICENSE",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
    "THIRD-PARTY-NOTICES",
    "coworker-notifications.d.ts",
    "coworker-notifications.js",
    "coworker-notifications_bg.js",
    "coworker-notifications_bg.wasm",
    "custom-elements.json",
    ...GUIDES.map((name) => `docs/${name}.md`),
    "integrity.json",
    ...LANGUAGES.map((name) => `locales/${name}.json`),
    "package.json",
    "preact.d.ts",
    "react.d.ts",
    "svelte.d.ts",
    "vue.d.ts",
  ];
  // Two are named by what is in them.
  const plain = ({ path }) => path.replace(/^(coworker-notifications_bg)-[0-9a-f]{16}/, "$1");
  assert.deepEqual(packed.files.map(plain).sort(), files.sort());
});

test("every language of the project is in it", () => {
  const names = readdirSync(join(ROOT, "static/locales")).filter((name) => name !== "en.json");
  assert.deepEqual(names.sort(), LANGUAGES.map((name) => `${name}.json`).sort());
});

test("npm would publish it without a complaint", () => {
  const { stdout, stderr } = run(NPM, ["publish", DIST, "--dry-run", "--json", "--access=public"]);
  const complaints = stderr.split("\n").filter((line) => /npm (warn|error)/i.test(line) && !/logged in|dry-run/.test(line));
  assert.deepEqual(complaints, []);
  assert.match(stdout, /coworker-notifications/);
});

test("everything that is exported is there", () => {
  const targets = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
  for (const target of Object.values(manifest.exports).flatMap(targets)) {
    const path = target.replace("*", "de");
    assert.ok(existsSync(join(INSTALLED, path)), path);
  }
});

test("it depends on nothing, and runs no script when it is installed", () => {
  for (const name of ["dependencies", "peerDependencies", "optionalDependencies", "scripts"]) {
    assert.equal(manifest[name], undefined, name);
  }
});

test("its version is that of the crate", () => {
  const [, version] = read(join(ROOT, "Cargo.toml")).match(/^version = "(.+)"$/m);
  assert.equal(manifest.version, version);
});

test("links in its texts lead to what is in it", () => {
  for (const name of ["README.md", ...GUIDES.map((name) => `docs/${name}.md`)]) {
    const folder = join(INSTALLED, name, "..");
    for (const [, path] of read(join(INSTALLED, name)).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(join(folder, path)), `${name}: ${path}`);
    }
  }
});
