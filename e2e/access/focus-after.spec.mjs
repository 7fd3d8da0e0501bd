// Where the keyboard is after each thing that can be done with a row. It is never lost with what had it.

import { bellOf, test, expect } from "../support/test.mjs";

const opener = (bell, id) => bell.item(id).locator(`[part~="menu-button"]`);
const back = (bell, id) => bell.item(id).locator(`[part~="restore"]`);
const menuItem = (bell, words) => bell.part("menu-item").filter({ hasText: words });

/** Opens the panel with the dismissed view, where these rows are; `snoozed` is one of them that sleeps. */
async function openDismissed({ bell, embed }, attributes = {}) {
  await embed(bellOf(1004, { "dismiss-mode": "local", ...attributes }));
  await bell.ready();
  const [first, second, third] = await bell.ids();
  for (const id of [first, second]) await bell.call("dismiss", id);
  await bell.element.evaluate((element, id) => element.snooze(id, Date.now() + 3_600_000), third);
  await bell.open();
  await bell.part("view").last().click();
  await expect(back(bell, third)).toHaveText("Wake now");
  return [first, second, third];
}

/** By keyboard: the menu of a row, and these of its items. */
async function choose(page, bell, id, ...words) {
  await opener(bell, id).focus();
  await page.keyboard.press("Enter");
  for (const word of words) {
    await menuItem(bell, word).focus();
    await page.keyboard.press("Enter");
  }
}

for (const [what, words] of [
  ["dismissed", ["Dismiss"]],
  ["snoozed", ["Snooze", "In one hour"]],
  ["muted", ["Mute this type"]],
]) {
  test(`${what} from the menu: on the next row's menu button`, async ({ page, bell, embed }) => {
    await embed(bellOf(1004));
    await bell.openList();
    const [first, second] = await bell.ids();
    await choose(page, bell, first, ...words);
    await expect(bell.item(first)).toHaveCount(0);
    await expect(opener(bell, second)).toBeFocused();
    // Where focus is, the list's keys work.
    await page.keyboard.press("ArrowDown");
    await expect(bell.items.nth(1)).toBeFocused();
  });
}

test("snoozed until a moment of one's own, by keyboard alone", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first, second] = await bell.ids();
  await page.keyboard.press("Shift+F10");
  await expect(menuItem(bell, "Snooze")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(menuItem(bell, "In one hour")).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const field = bell.part("menu").locator("input");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(/T09:00$/);
  await bell.part("menu").getByRole("button", { name: "Snooze" }).focus();
  await page.keyboard.press("Enter");
  await expect(bell.item(first)).toHaveCount(0);
  await expect(opener(bell, second)).toBeFocused();
  await expect(bell.live).toHaveText("Notification snoozed. Undo is available.");
});

test("Escape out of each page of the menu: on the button that has opened it", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  for (const words of [[], ["Snooze"], ["Snooze", "Pick a date and time"]]) {
    await choose(page, bell, first, ...words);
    await expect(bell.part("menu").locator("[role=menuitem], input").first()).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(bell.part("menu")).toHaveCount(0);
    await expect(opener(bell, first)).toBeFocused();
    await expect(bell.panel).toBeVisible();
  }
});

test("brought back: on the row that takes its place, and that is said", async ({ page, bell, embed }) => {
  const [first, second] = await openDismissed({ bell, embed });
  await back(bell, first).focus();
  await page.keyboard.press("Enter");
  await expect(bell.item(first)).toHaveCount(0);
  await expect(bell.item(second)).toBeFocused();
  await expect(bell.live).toHaveText("Restored.");
});

test("woken: on the row before, where it was the last, and that is said", async ({ page, bell, embed }) => {
  const [, second, third] = await openDismissed({ bell, embed });
  await back(bell, third).focus();
  await page.keyboard.press("Enter");
  await expect(bell.item(third)).toHaveCount(0);
  await expect(bell.item(second)).toBeFocused();
  await expect(bell.live).toHaveText("Restored.");
});

test("the last one brought back: on the panel, which says that nothing is dismissed", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local", types: "blog" }));
  await bell.ready();
  const [only] = await bell.ids();
  await bell.call("dismiss", only);
  await bell.open();
  await bell.part("view").last().click();
  await back(bell, only).focus();
  await page.keyboard.press("Enter");
  await expect(bell.empty).toBeVisible();
  await expect(bell.panel).toBeFocused();
  await expect(bell.panel).toHaveAccessibleDescription("Nothing dismissed");
});

test("another list chosen: still on its button", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [inbox, dismissed] = [bell.part("view").first(), bell.part("view").last()];
  for (const button of [dismissed, inbox]) {
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(button).toHaveAttribute("aria-pressed", "true");
    await expect(button).toBeFocused();
  }
});

test("Undo pressed: on a row of the list", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await choose(page, bell, first, "Snooze", "In one hour");
  await bell.undoButton.focus();
  await page.keyboard.press("Enter");
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.items.locator(":scope:focus")).toHaveCount(1);
  await expect(bell.live).toHaveText("Restored.");
});
