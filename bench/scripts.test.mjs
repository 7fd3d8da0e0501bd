import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folders = [".", "by-hand", "contenders", "measure", "report", "server"];
const scripts = folders.flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, import.meta.url))
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => join(import.meta.dirname, folder, name)),
);

test("every script of the bench can be read", () => {
  assert.ok(scripts.length > 15);
  for (const script of scripts) {
    const { status, stderr } = spawnSync(process.execPath, ["--check", script], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
  }
});
