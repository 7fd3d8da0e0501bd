import { test, expect } from "../support/test.mjs";

test("the bell in the portal's header shows how many notifications wait", async ({ page, bell, sandbox }) => {
  const { length } = await sandbox.undismissed(1001);
  await page.goto("/");
  await expect(bell.badge).toHaveText(String(length));
  await expect(bell.button).toHaveAccessibleName(`Notifications, ${length} unread`);
});
