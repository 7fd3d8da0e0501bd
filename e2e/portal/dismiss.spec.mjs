import { test, expect } from "../support/test.mjs";

test("a dismissed notification stays away after a reload", async ({ page, clock, bell, sandbox }) => {
  await page.goto("/?member=1004");
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  const id = Number(await bell.items.first().getAttribute("data-id"));

  await bell.dismissButton(bell.item(id)).click();
  await expect(bell.item(id)).toHaveCount(0);
  await expect(bell.badge).toHaveText("14");
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toEqual([[id, true]]);

  await page.reload();
  await expect(bell.badge).toHaveText("14");
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.item(id)).toHaveCount(0);
});
