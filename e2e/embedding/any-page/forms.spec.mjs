// A form's fields, by their names, stand in the place of the form's own properties.

import { bellOf, test, expect } from "../../support/test.mjs";

for (const variant of ["popover", "inline"]) {
  test(`in a form with fields called as what an element has: ${variant}`, async ({ page, bell, embed }) => {
    const names = ["parentNode", "host", "style", "title", "children", "contains", "lang", "open", "slot", "id"];
    const fields = names.map((name) => `<input type="hidden" name="${name}" />`).join("");
    await embed(`<div id="around" lang="en"><form style="height: 600px; overflow: auto">${fields}${bellOf(1004, { variant })}</form></div>`);
    // By keys: Playwright's own presses look for what is around an element.
    if (variant === "popover") await bell.button.press("Enter");
    await bell.items.first().press("Delete");
    await expect.poll(() => bell.get("unreadCount")).toBe(14);
    await page.locator("#around").evaluate((around) => (around.lang = "de"));
    await expect(bell.part("title")).toHaveText("Mitteilungen");
  });
}

test("a form that is taken out and put back with its bell", async ({ page, bell, embed }) => {
  await embed(`<main><form><input type="hidden" name="host" />${bellOf(1004)}</form></main>`);
  await bell.openList();
  await page.evaluate(async () => {
    const form = document.forms[0];
    form.remove();
    form.querySelector("coworker-notifications").theme = "dark";
    await new Promise((done) => setTimeout(done, 50));
    document.querySelector("main").append(form);
  });
  await expect(bell.panel).toBeVisible();
  await expect(bell.part("title")).toHaveText("Notifications");
});
