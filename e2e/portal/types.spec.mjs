import { test, expect } from "../support/test.mjs";

const LABELS = {
  blog: "Blog post",
  "community-event": "Event",
  "community-message": "Message",
  "community-thread": "Discussion",
  course: "Course",
  coworkerinvoice: "Invoice",
  "identitycheck-fail": "Identity check failed",
  "identity-check-failed": "Identity check failed",
  "identity-check-success": "Identity confirmed",
  "identitycheck-success": "Identity confirmed",
  "push-notification": "Announcement",
  "reply-like": "Reply liked",
  "salto-locker": "Locker",
  survey: "Survey",
  "thread-like": "Discussion liked",
};

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
