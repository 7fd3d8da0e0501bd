// Every code block of the documentation is checked somewhere, and what the documentation says of the project is so.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { blocks } from "./support/blocks.mjs";
import { ROOT } from "./support/paths.mjs";

const read = (path) => readFileSync(join(ROOT, path), "utf8");
const at = ({ text, line }) => `${text}:${line}`;

/** Where a block's language, or the file that it stands for, is checked. */
const CHECKED = {
  console: "by hand: what an operator types on a server",
  css: "e2e/docs/blocks.spec.mjs",
  html: "e2e/docs/blocks.spec.mjs",
  js: "tsconfig.scripts.json and e2e/docs/blocks.spec.mjs",
  json: "below",
  rust: "cargo test --doc",
  sh: "below",
  svelte: "tsconfig.svelte.json, and built",
  text: "below",
  toml: "below",
  ts: "tsconfig.json, or built",
  tsx: "tsconfig.react.json, tsconfig.preact.json, and built",
  vue: "tsconfig.vue.json, and built",
};

/** Files that a spec or a build takes by name. */
const FILES = {
  "csp": "e2e/docs/policies.spec.mjs",
  "csp-cdn": "e2e/docs/policies.spec.mjs",
  "bell.html": "e2e/docs/first.spec.mjs",
  "index.html": "e2e/docs/first.spec.mjs",
  "pinned.html": "e2e/docs/policies.spec.mjs",
  "portal/app.js": "e2e/docs/portal.spec.mjs",
  "portal/head.js": "e2e/docs/portal.spec.mjs",
  "portal/styles.css": "e2e/docs/portal.spec.mjs",
  "proxy.mjs": "e2e/docs/proxy.spec.mjs",
  "angular/bell.component.ts": "types.test.mjs",
  "preact/Bell.tsx": "bundle.test.mjs",
  "react/Bell.tsx": "bundle.test.mjs",
  "svelte/Bell.svelte": "bundle.test.mjs",
  "vue/Bell.vue": "bundle.test.mjs",
  "vue/vite.config.ts": "bundle.test.mjs",
  "bundler/vite.config.ts": "bundle.test.mjs",
};

test("every block has somebody who checks it", () => {
  for (const block of blocks) {
    assert.ok(CHECKED[block.language], `${at(block)}: nobody checks ${block.language || "blocks without a language"}`);
    assert.ok(!block.file || FILES[block.file], `${at(block)}: nobody checks ${block.file}`);
  }
  for (const [file, by] of Object.entries(FILES)) {
    assert.equal(blocks.filter((block) => block.file === file).length, 1, file);
    const path = by.startsWith("e2e/") ? by : `samples/${by}`;
    assert.ok(existsSync(join(ROOT, path)), path);
  }
});

test("JSON is JSON", () => {
  for (const block of blocks.filter(({ language }) => language === "json")) {
    assert.doesNotThrow(() => JSON.parse(block.code), at(block));
  }
});

test("commands are those that there are", () => {
  // The chores, and what these tests do themselves.
  const chores = read("xtask/src/main.rs").match(/enum Chore \{([\s\S]*?)\n\}/)[1];
  const known = [...chores.matchAll(/^ {4}([A-Z]\w+)/gm)].map(([, name]) => `cargo xtask ${name.toLowerCase()}`);
  known.push("npm install coworker-notifications", "npm pack ./dist");
  for (const block of blocks.filter(({ language }) => language === "sh")) {
    for (const line of block.code.trim().split("\n")) {
      const command = line.replace(/ *#.*/, "").trim();
      assert.ok(known.some((start) => command === start || command.startsWith(`${start} `)), `${at(block)}: ${command}`);
    }
  }
});

test("Cargo.toml lines name the version that there is", () => {
  const [, version] = read("Cargo.toml").match(/^version = "(.+)"$/m);
  for (const block of blocks.filter(({ language }) => language === "toml")) {
    for (const [, named] of block.code.matchAll(/coworker-notifications = .*"(\d[\d.]*)"/g)) {
      assert.ok(version.startsWith(named), `${at(block)}: ${named}`);
    }
  }
});

test("troubleshooting goes through every error that the panel can show", () => {
  const text = read("docs/troubleshooting.md");
  const words = JSON.parse(read("static/locales/en.json"));
  for (const [name, word] of Object.entries(words)) {
    if (/^(error\.|waiting\.|offline$)/.test(name)) {
      assert.ok(text.includes(`| ${word} |`), `${name}: ${word}`);
    }
  }
});

test("every row of the threat table names tests that there are", () => {
  const [, table] = read("docs/security.md").match(/## Threats\n([\s\S]*?)\n## /);
  const rows = table.split("\n").filter((line) => /^\| (?!threat)/.test(line));
  assert.ok(rows.length > 8);
  for (const row of rows) {
    const named = [...row.matchAll(/`([^`]+\.(?:mjs|rs))`: ([^|`]+)/g)];
    assert.ok(named.length > 0, row);
    for (const [, path, titles] of named) {
      const tests = read(path).replaceAll("_", " ");
      for (const title of titles.split(" · ").map((title) => title.trim()).filter(Boolean)) {
        assert.ok(tests.includes(title), `${path} has no test "${title}"`);
      }
    }
  }
});
