// A type is muted from a row's menu: that is said, and can be taken back.

import { bellOf, test, expect } from "../support/test.mjs";

/** How long it can be taken back, and a little longer. */
const UNDO_TIME = 7_000;

const opener = (bell, id) => bell.item(id).locator(`[part~="menu-button"]`);

/** Mutes the type of a row, by the keyboard. */
async function mute(page, bell, id) {
  await opener(bell, id).focus();
  await page.keyboard.press("Enter");
  const item = bell.part("menu-item").filter({ hasText: "Mute this type" });
  await expect(bell.part("menu-item").first()).toBeFocused();
  await item.focus();
  await page.keyboard.press("Enter");
  await expect(bell.item(id)).toHaveCount(0);
}

test("muting is said, and Undo brings the type back", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first, second] = await bell.ids();
  await mute(page, bell, first);
  await expect(bell.badge).toHaveText("14");
  await expect(bell.live).toHaveText("Muted: Blog post. Undo is available.");
  await expect(bell.undo).toHaveText(/^Muted: Blog post\s*Undo$/);
  await expect(opener(bell, second)).toBeFocused();
  expect(await bell.get("preferences")).toMatchObject({ mutedTypes: ["blog"] });
  await bell.undoButton.click();
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.badge).toHaveText("15");
  await expect(bell.undo).toHaveCount(0);
  await expect(bell.live).toHaveText("Restored.");
  expect((await bell.heard("cn-preferences")).map(({ mutedTypes }) => mutedTypes)).toEqual([["blog"], []]);
});

test("after six seconds it is not offered any more; the preferences have it", async ({ page, clock, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await mute(page, bell, first);
  await expect(bell.undo).toHaveCount(1);
  await clock.pass(UNDO_TIME);
  await expect(bell.undo).toHaveCount(0);
  await expect(bell.badge).toHaveText("14");
  await bell.part("preferences-button").click();
  const toggle = bell.part("preferences").getByRole("switch", { name: "Blog post", exact: true });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(bell.badge).toHaveText("15");
});

test("Control+Z takes back what was done last: a dismissal, then the muting before it", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first, second] = await bell.ids();
  await mute(page, bell, first);
  await page.keyboard.press("Delete");
  await expect(bell.item(second)).toHaveCount(0);
  await expect(bell.undo).toHaveText([/^Muted/, /^Notification dismissed/]);
  await page.keyboard.press("Control+z");
  await expect(bell.item(second)).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.badge).toHaveText("15");
});

test("the only type there is: an empty list with Undo, and focus stays in the panel", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { types: "blog" }));
  await bell.openList();
  const [first] = await bell.ids();
  await mute(page, bell, first);
  await expect(bell.empty).toBeVisible();
  await expect(bell.panel).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(bell.item(first)).toBeVisible();
});

test("what a page allows again is not offered to be taken back", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await mute(page, bell, first);
  await bell.set("preferences", { mutedTypes: [] });
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.undo).toHaveCount(0);
});
