import { Bell, bellOf, test, expect } from "./support/test.mjs";

/** How long a dismissal can be taken back, and a little longer. */
const UNDO_TIME = 9_000;

test("a dismissal is written when its undo time is over, and holds after a reload", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("14");
  expect(await sandbox.writes()).toEqual([]);
  await expect.poll(() => sandbox.writes(), { timeout: UNDO_TIME }).toEqual([[first, true]]);
  await page.reload();
  await expect(bell.badge).toHaveText("14");
  await bell.ready();
  expect(await bell.ids()).not.toContain(first);
  expect(await sandbox.writes()).toEqual([[first, true]]);
});

test("Undo brings it back, and nothing is written", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("14");
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("15");
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.undo).toHaveCount(0);
  await bell.call("refresh");
  expect(await sandbox.writes()).toEqual([]);
});

test("a page that is left while undo time runs sends what waits, once", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await page.goto("about:blank");
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
});

test("what waits in a tab that is closed is written, once, and holds at the next visit", async ({
  page,
  another,
  embed,
  sandbox,
}) => {
  const tab = await another();
  await embed(bellOf(1004), { on: tab });
  const closing = new Bell(tab.locator("coworker-notifications"));
  await closing.ready();
  const ids = await closing.ids();
  for (const id of ids.slice(0, 3)) await closing.call("dismiss", id);
  await tab.close();

  await embed(bellOf(1004));
  const bell = new Bell(page.locator("coworker-notifications"));
  await expect(bell.badge).toHaveText("12");
  const written = async () => (await sandbox.writes()).map(([id]) => id).sort();
  await expect.poll(written, { timeout: UNDO_TIME }).toEqual(ids.slice(0, 3).sort());
});

test("Dismiss all asks above 10, and all go", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.dismissAllButton.click();
  await bell.part("confirm").getByRole("button").filter({ hasText: "Dismiss" }).first().click();
  await expect(bell.empty).toBeVisible();
  await expect(bell.badge).toHaveCount(0);
  await expect.poll(() => sandbox.undismissed(1004), { timeout: UNDO_TIME }).toEqual([]);
  expect(await sandbox.writes()).toHaveLength(15);
});
