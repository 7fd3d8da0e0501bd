// What a member can choose: a row's menu, snooze, the dismissed view, preferences, arrivals.

import { bellOf, test, expect } from "./support/test.mjs";

const menu = (bell) => bell.part("menu");
const menuItem = (bell, words) => bell.part("menu-item").filter({ hasText: words });
const opener = (bell, id) => bell.item(id).locator("[part~=menu-button]");

/** The words of what has focus, through shadow roots. */
const focused = (page) =>
  expect.poll(() =>
    page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return active?.textContent || active?.getAttribute("part");
    }),
  );

test("the menu of a row: opened by Shift+F10 and by its button, walked, and closed by one Escape", async ({
  page,
  bell,
  embed,
}) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.item(first).focus();
  await page.keyboard.press("Shift+F10");
  await focused(page).toBe("Snooze");
  await page.keyboard.press("ArrowUp");
  await focused(page).toBe("Dismiss");
  await page.keyboard.press("Escape");
  await expect(menu(bell)).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await focused(page).toBe("menu-button");
  await opener(bell, first).click();
  await expect(menu(bell)).toBeVisible();
  const { top, bottom } = await menu(bell).evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return { top, bottom };
  });
  expect(top).toBeGreaterThanOrEqual(0);
  expect(bottom).toBeLessThanOrEqual(await page.evaluate("innerHeight"));
});

test("snoozed from the menu, it is listed under Dismissed with its time, and can be woken", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await opener(bell, first).click();
  await menuItem(bell, "Snooze").click();
  await menuItem(bell, "Tomorrow morning").click();
  await expect(bell.badge).toHaveText("14");
  await expect(bell.undo).toBeVisible();
  await bell.part("view").last().click();
  const row = bell.item(first);
  await expect(row).toBeVisible();
  await expect(row.locator(".until")).toContainText("9:00");
  await row.locator("[part~=restore]").click();
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.writes()).toEqual([]);
});

test("a moment of one's own: the field has a label and a suggestion", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await opener(bell, first).click();
  await menuItem(bell, "Snooze").click();
  await menuItem(bell, "Pick a date and time").click();
  const field = menu(bell).locator("input");
  const [label, value] = await field.evaluate((field) => [field.labels[0].textContent, field.value]);
  expect(label).toBe("Date and time");
  expect(value).toContain("T09:00");
  await menu(bell).getByRole("button").click();
  await expect(bell.badge).toHaveText("14");
});

test("what was dismissed is brought back from the dismissed view", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("14");
  await bell.part("view").last().click();
  await bell.item(first).locator("[part~=restore]").click();
  await expect(bell.badge).toHaveText("15");
  await expect(bell.live).toHaveText("Restored.");
});

test("a type is muted from the menu, taken back, and muted among the preferences for good", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await opener(bell, first).click();
  await menuItem(bell, "Mute this type").click();
  await expect(bell.badge).toHaveText("14");
  await expect(bell.live).toHaveText("Muted: Blog post. Undo is available.");
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("15");
  await bell.part("preferences-button").click();
  await bell.part("preferences").locator("label").first().click();
  await expect(bell.badge).toHaveText("14");
  await page.reload();
  await expect(bell.badge).toHaveText("14");
});

test("an arrival is shown beside the bell, and a press closes it", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { toasts: true }));
  await bell.ready();
  await sandbox.create(1004, "The lift works again");
  await bell.call("refresh");
  await expect(bell.part("toast")).toBeVisible();
  await bell.part("toast-close").click();
  await expect(bell.part("toast")).toHaveCount(0);
  await expect(bell.badge).toHaveText("16");
});
