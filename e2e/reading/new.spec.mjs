// What a member has not seen yet is marked.

import { bellOf, test, expect } from "../support/test.mjs";

const marked = (bell) =>
  bell.element.locator("[data-id]:has(.dot)").evaluateAll((rows) => rows.map(({ dataset }) => Number(dataset.id)));

test("at the first visit of all, nothing is new", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  expect(await marked(bell)).toEqual([]);
});

test("what came since the last opening is new at the next visit, once", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.goto("about:blank");
  const id = await sandbox.create(1004, "While you were away");

  await embed(bellOf(1004));
  await bell.openList();
  expect(await marked(bell)).toEqual([id]);
  await expect(bell.item(id)).toHaveAccessibleName("New Announcement");
  await page.keyboard.press("Escape");
  await bell.open();
  expect(await marked(bell)).toEqual([]);

  await embed(bellOf(1004));
  await bell.openList();
  expect(await marked(bell)).toEqual([]);
});

test("a visit without opening leaves it new", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await embed(bellOf(1004));
  await bell.ready();
  const id = await sandbox.create(1004, "Nobody looks");
  await bell.call("refresh");
  await embed(bellOf(1004));
  await bell.openList();
  expect(await marked(bell)).toEqual([id]);
});

test("what arrives in an open panel is new until it closes", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const id = await sandbox.create(1004, "Just now");
  await bell.call("refresh");
  await expect.poll(() => marked(bell)).toEqual([id]);
  await page.keyboard.press("Escape");
  await bell.open();
  expect(await marked(bell)).toEqual([]);
});

test("what is taken back is not new", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await bell.undoButton.click();
  await expect(bell.item(first)).toBeVisible();
  expect(await marked(bell)).toEqual([]);
});

test("of what was seen one id is stored", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const stored = await page.evaluate(() =>
    Object.entries(localStorage).filter(([name]) => name.startsWith("coworker-notifications:seen:")),
  );
  expect(stored.map(([, value]) => Number(value))).toEqual([Math.max(...(await bell.ids()))]);
});

test("what came to somebody who had nothing is new", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1002));
  await bell.ready();
  await bell.open();
  const id = await sandbox.create(1002, "The first one");
  await embed(bellOf(1002));
  await bell.openList();
  expect(await marked(bell)).toEqual([id]);
});
