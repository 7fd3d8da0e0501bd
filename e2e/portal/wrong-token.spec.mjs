import { test, expect } from "../support/test.mjs";

for (const token of ["wrong", "expired"]) {
  test(`with the ${token} token the panel says that the session has ended`, async ({ page, bell }) => {
    await page.goto(`/?member=1004&token=${token}`);
    await bell.open();
    await expect(bell.error).toContainText("Your session has ended. Please sign in again.");
    await expect(bell.error).not.toContainText(/token|401|undefined|null/i);
    await expect(bell.retry).toBeVisible();
    await expect(bell.badge).toHaveCount(0);
    expect(await bell.get("status")).toBe("unauthorized");
  });
}
