// The other list: what has been dismissed, and the way back.

import { bellOf, test, expect } from "../support/test.mjs";

const inbox = (bell) => bell.part("view").first();
const dismissed = (bell) => bell.part("view").last();

test("what was dismissed is listed under Dismissed, and can be brought back", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("14");
  await dismissed(bell).click();
  await expect(bell.element).toHaveAttribute("view", "dismissed");
  await expect(dismissed(bell)).toHaveAttribute("aria-pressed", "true");
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.part("dismiss-all")).toHaveCount(0);
  const back = bell.item(first).locator("[part=restore]");
  await expect(back).toHaveAccessibleName(/^Bring back ./);
  await back.click();
  await expect(bell.item(first)).toHaveCount(0);
  await expect(bell.badge).toHaveText("15");
  await inbox(bell).click();
  await expect(bell.element).toHaveAttribute("view", "inbox");
  await expect(bell.item(first)).toBeVisible();

});

test("the attribute chooses the list, and an empty one says so", async ({ bell, embed }) => {
  await embed(bellOf(1004, { view: "dismissed", types: "survey" }));
  await bell.ready();
  await bell.open();
  await expect(dismissed(bell)).toHaveAttribute("aria-pressed", "true");
  await expect(bell.empty.or(bell.items.first())).toBeVisible();
  await bell.attribute("view", "inbox");
  await expect(inbox(bell)).toHaveAttribute("aria-pressed", "true");
});
