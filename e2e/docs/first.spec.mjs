// A newcomer's first page: what the READMEs begin with, as it is written there.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { blockFor } from "../../samples/support/blocks.mjs";
import { listenForTrouble } from "../support/examples.mjs";
import { test, expect } from "../support/test.mjs";

test("the README's first page, opened from the disk, shows the demo's notifications", async ({ page, bell, server }) => {
  const folder = mkdtempSync(join(tmpdir(), "first-page-"));
  const file = join(folder, "bell.html");
  // The demo has a port of its own; the rest is as it is written.
  writeFileSync(file, blockFor("bell.html").replaceAll("http://127.0.0.1:8765", server.url));
  const trouble = await listenForTrouble(page);
  await page.goto(pathToFileURL(file).href);
  await bell.openList();
  expect(await bell.get("unreadCount")).toBeGreaterThan(0);
  expect(trouble).toEqual([]);
  rmSync(folder, { recursive: true });
});

test("the package's first page shows a bell that says what it waits for", async ({ page, bell, site, sandbox }) => {
  const trouble = await listenForTrouble(page);
  await page.goto(site.write("first.html", blockFor("index.html")));
  await bell.open();
  await expect(bell.part("waiting")).toHaveText("Waiting for you to be signed in.");
  expect(await sandbox.requests()).toEqual([]);
  expect(trouble).toEqual([]);
});
