import { bellOf, test, expect } from "../support/test.mjs";

test("inline: the list without the bell, a region of the page", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { variant: "inline" }));
  await expect(page.getByRole("region", { name: "Notifications" })).toBeVisible();
  await expect(bell.button).toHaveCount(0);
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.heard("cn-open")).toEqual([]);
});

test("inline: scrolling the page near the end loads the next page", async ({ page, bell, embed }) => {
  await embed(bellOf(1003, { variant: "inline", "page-size": 20 }));
  await expect(bell.items.first()).toBeVisible();
  await page.mouse.wheel(0, 100_000);
  await expect.poll(async () => (await bell.get("notifications")).length).toBeGreaterThan(20);
});

test("inline: focus is not taken, and a press elsewhere closes nothing", async ({ page, bell, embed }) => {
  await embed(`<input id="search" autofocus />${bellOf(1004, { variant: "inline" })}`);
  await expect(bell.items.first()).toBeVisible();
  await expect(page.locator("#search")).toBeFocused();
  await page.mouse.click(5, 5);
  await page.keyboard.press("Escape");
  await expect(bell.items.first()).toBeVisible();
});
