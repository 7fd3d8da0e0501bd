import { bellOf, test, expect } from "../support/test.mjs";

test("the panel is a labelled dialog that is not modal", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await expect(page.getByRole("dialog", { name: "Notifications" })).toBeVisible();
  await expect(bell.panel).not.toHaveAttribute("aria-modal", "true");
  await expect(bell.button).toHaveAttribute("aria-expanded", "true");
});

test("rows are articles that say what and where they are", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  const first = page.getByRole("article").first();
  await expect(first).toHaveAttribute("aria-posinset", "1");
  await expect(first).toHaveAttribute("aria-setsize", "15");
  const [record] = await bell.get("notifications");
  await expect(first).toHaveAccessibleName(/Blog post/);
  await expect(first).toHaveAccessibleDescription(new RegExp(record.Message.slice(0, 10).replace(/\W/g, ".")));
  await expect(bell.dismissButton(first)).toHaveAccessibleName(/^Dismiss: Blog post/);
});

test("dismissals, restorings and failures are announced politely", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.live).toHaveAttribute("role", "status");
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.live).toHaveText("Notification dismissed. Undo is available.");
  await bell.undoButton.click();
  await expect(bell.live).toHaveText("Restored.");
  await sandbox.faults({ status: 500 });
  await bell.call("refresh");
  await expect(bell.live).toHaveText("The server has a problem.");
});
