import { bellOf, test, expect } from "../support/test.mjs";

test("a chip shows one kind of notification, All shows all again", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await page.getByRole("radio", { name: /^Identity confirmed/ }).click();
  await expect(bell.items).toHaveCount(2);
  await expect(bell.labels).toHaveText(["Identity confirmed", "Identity confirmed"]);
  await expect(bell.badge).toHaveText("15");
  await page.getByRole("radio", { name: /^All/ }).click();
  await expect(bell.items).not.toHaveCount(2);
});

test("arrow keys go through the chips", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await page.getByRole("radio", { name: /^All/ }).focus();
  await page.keyboard.press("ArrowRight");
  const chosen = page.getByRole("radio", { checked: true });
  await expect(chosen).not.toHaveAccessibleName(/^All/);
  await expect(chosen).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(chosen).toHaveAccessibleName(/^All/);
});

test("when the last of a kind is dismissed, all are shown", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await page.getByRole("radio", { name: /^Survey/ }).click();
  await expect(bell.items).toHaveCount(1);
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.items).not.toHaveCount(1);
  await expect(page.getByRole("radio", { name: /^All/ })).toHaveAttribute("aria-checked", "true");
});

test("a filter leaves the panel as high as it was, so the chips stay under the pointer", async ({ page, bell, embed }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await embed(bellOf(1004));
  await bell.openList();
  const before = await bell.panel.boundingBox();
  await page.getByRole("radio", { name: /^Survey/ }).click();
  await expect(bell.items).toHaveCount(1);
  const after = await bell.panel.boundingBox();
  // To the nearest pixel.
  expect(Math.abs(after.height - before.height)).toBeLessThan(1);
  await page.setViewportSize({ width: 320, height: 400 });
  const { y } = await bell.panel.boundingBox();
  expect(y).toBeGreaterThanOrEqual(0);
});
