import { test, expect } from "../support/test.mjs";

test("Undo brings a notification back and nothing is written", async ({ page, clock, bell, sandbox }) => {
  await page.goto("/?member=1004");
  await bell.open();
  const id = Number(await bell.items.first().getAttribute("data-id"));

  await bell.dismissButton(bell.item(id)).click();
  await expect(bell.item(id)).toHaveCount(0);
  await bell.undoButton.click();
  await expect(bell.items.first()).toHaveAttribute("data-id", String(id));
  await expect(bell.badge).toHaveText("15");

  await clock.pass(10_000);
  await bell.call("refresh");
  expect(await sandbox.writes()).toEqual([]);
});
