import { test, expect } from "../support/test.mjs";

test("what the operator sends appears in the member's bell by itself", async ({ page, bell }) => {
  await page.goto("/?member=1004");
  await expect(bell.badge).toHaveText("15");

  await page.locator("#send-type").selectOption("salto-locker");
  await page.locator("#send-message").fill("Locker 12 is yours until Friday.");
  await page.locator("#send-entity").fill("12");
  await page.getByRole("button", { name: "Send it" }).click();
  await expect(page.locator("#send-result")).toContainText("was successfully created");

  await expect(bell.badge).toHaveText("16", { timeout: 10_000 });
  await bell.open();
  await expect(bell.items.first()).toContainText("Locker 12 is yours until Friday.");
  await expect(bell.items.first()).toHaveAttribute("data-type", "salto-locker");
});

test("what the API refuses is shown beside the field it is about", async ({ page }) => {
  await page.goto("/?member=1004");
  // The suggestion comes with the page's script.
  await expect(page.locator("#send-message")).not.toHaveValue("");
  await page.locator("#send-message").fill("");
  await page.getByRole("button", { name: "Send it" }).click();
  await expect(page.locator("#error-Message")).toContainText("is a required field");
});
