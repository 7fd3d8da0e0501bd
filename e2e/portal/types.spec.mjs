import { test, expect } from "../support/test.mjs";
import { LABELS } from "../support/types.mjs";

test("all 15 types are listed, each with its icon and its label", async ({ page, bell }) => {
  await page.setViewportSize({ width: 1280, height: 1600 });
  await page.goto("/?member=1004");
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  const icons = new Set();
  for (const [type, label] of Object.entries(LABELS)) {
    const row = bell.element.locator(`[part~="item"][data-type="${type}"]`);
    await row.scrollIntoViewIfNeeded();
    await expect(row.locator("[part~=label]")).toHaveText(label);
    const icon = row.locator("[part~=icon] svg");
    await expect(icon).toBeVisible();
    icons.add(await icon.innerHTML());
  }
  // Two spellings each of "identity check failed" and "succeeded" look alike.
  expect(icons.size).toBe(13);
});
