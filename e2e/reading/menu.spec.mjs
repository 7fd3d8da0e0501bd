// A row's menu: what else can be done with a notification.

import { bellOf, test, expect } from "../support/test.mjs";

const menu = (bell) => bell.part("menu");
const items = (bell) => bell.part("menu-item");
const opener = (bell, id) => bell.item(id).locator(`[part~="menu-button"]`);

async function openMenu(bell, id) {
  await opener(bell, id).click();
  await expect(items(bell).first()).toBeFocused();
}

test("the button of a row opens its menu, and Escape closes the menu alone", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await expect(opener(bell, first)).toHaveAttribute("aria-haspopup", "menu");
  await expect(opener(bell, first)).toHaveAccessibleName("More actions: Blog post");
  await openMenu(bell, first);
  await expect(menu(bell)).toHaveRole("menu");
  await expect(menu(bell)).toHaveAccessibleName("More actions: Blog post");
  await expect(items(bell)).toHaveText(["Snooze", "Copy text", "Mute this type", "Dismiss"]);
  await expect(opener(bell, first)).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Escape");
  await expect(menu(bell)).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await expect(opener(bell, first)).toBeFocused();
  await expect(opener(bell, first)).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
});

test("arrows, Home and End move around in the menu; Tab closes it", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await openMenu(bell, first);
  for (const [key, index] of [
    ["ArrowDown", 1],
    ["ArrowDown", 2],
    ["ArrowDown", 3],
    ["ArrowDown", 0],
    ["ArrowUp", 3],
    ["Home", 0],
    ["End", 3],
  ]) {
    await page.keyboard.press(key);
    await expect(items(bell).nth(index)).toBeFocused();
  }
  await page.keyboard.press("Tab");
  await expect(menu(bell)).toHaveCount(0);
  await expect(opener(bell, first)).toBeFocused();
});

for (const key of ["Shift+F10", "ContextMenu"]) {
  test(`${key} on a row opens its menu`, async ({ browser, page, bell, embed }) => {
    const isUnknown = key === "ContextMenu" && browser.browserType().name() === "firefox";
    test.skip(isUnknown, "Playwright's Firefox has no such key");
    await embed(bellOf(1004));
    await bell.openList();
    await expect(bell.items.first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(key);
    await expect(items(bell).first()).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    const [, second] = await bell.ids();
    await expect(bell.undo).toContainText("Notification dismissed");
    await expect(bell.items).not.toHaveCount(0);
    expect((await bell.hears("cn-dismiss"))[0].ids).not.toContain(second);
  });
}

test("a press elsewhere in the panel closes the menu, one outside closes both", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await openMenu(bell, first);
  await bell.part("title").click();
  await expect(menu(bell)).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await openMenu(bell, first);
  await opener(bell, first).click();
  await expect(menu(bell)).toHaveCount(0);
  await openMenu(bell, first);
  await page.mouse.click(900, 600);
  await expect(bell.panel).toBeHidden();
  await bell.open();
  await expect(menu(bell)).toHaveCount(0);
});

test("the menu stays in view at each edge, and at any zoom", async ({ page, bell, embed }) => {
  await page.setViewportSize({ width: 420, height: 560 });
  for (const zoom of [0.75, 1, 1.25]) {
    await embed(bellOf(1004), { head: `<style>html { zoom: ${zoom} }</style>` });
    await bell.openList();
    const ids = await bell.ids();
    await page.keyboard.press("End");
    await openMenu(bell, ids.at(-1));
    const { left, top, right, bottom } = await menu(bell).evaluate((menu) => {
      const { left, top, right, bottom } = menu.getBoundingClientRect();
      return { left, top, right, bottom };
    });
    expect(left).toBeGreaterThanOrEqual(0);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(420);
    expect(bottom).toBeLessThanOrEqual(560);
  }
});

test("Copy text puts the message on the clipboard", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => (window.copied = text) } });
  });
  await embed(bellOf(1004));
  await bell.openList();
  const [{ Id, Message }] = await bell.get("notifications");
  await openMenu(bell, Id);
  await items(bell).filter({ hasText: "Copy text" }).click();
  await expect.poll(() => page.evaluate(() => window.copied)).toBe(Message);
  await expect(menu(bell)).toHaveCount(0);
  await expect(opener(bell, Id)).toBeFocused();
});

test("Snooze offers moments with their times, and a date and time of one's own", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.evaluate(() =>
    addEventListener("cn-snooze", (event) => {
      window.snoozed = event.detail;
      event.preventDefault();
    }),
  );
  const [first] = await bell.ids();
  await openMenu(bell, first);
  await page.keyboard.press("Enter");
  await expect(items(bell).filter({ hasText: "In one hour" })).toBeFocused();
  await expect(items(bell).filter({ hasText: "Tomorrow morning" })).toContainText("9:00");
  await items(bell).filter({ hasText: "Tomorrow morning" }).click();
  await expect.poll(() => page.evaluate(() => window.snoozed?.ids)).toEqual([first]);
  const [until, tomorrow] = await page.evaluate(() => {
    const date = new Date();
    return [window.snoozed.until, new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1, 9).getTime()];
  });
  expect(until).toBe(tomorrow);
  await expect(opener(bell, first)).toBeFocused();

  await openMenu(bell, first);
  await page.keyboard.press("Enter");
  await items(bell).filter({ hasText: "Pick a date and time" }).click();
  await expect(menu(bell)).toHaveRole("dialog");
  const field = menu(bell).getByLabel("Date and time");
  await expect(field).toBeFocused();
  await field.fill("2020-01-01T10:00");
  await menu(bell).getByRole("button", { name: "Snooze" }).click();
  expect(await field.evaluate((field) => field.validity.rangeUnderflow)).toBe(true);
  const local = await page.evaluate(() => {
    const day = new Date(Date.now() + 3 * 86_400_000);
    const two = (number) => String(number).padStart(2, "0");
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T14:30`;
  });
  await field.fill(local);
  await menu(bell).getByRole("button", { name: "Snooze" }).click();
  await expect
    .poll(() => page.evaluate((local) => window.snoozed.until === new Date(local).getTime(), local))
    .toBe(true);
});
