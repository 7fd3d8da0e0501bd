import { bellOf, test, expect } from "../support/test.mjs";

const second = (page) => page.locator("coworker-notifications").nth(1);

test("a copy of a bell is a bell of its own, with the same attributes", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "max-badge": 9 }));
  await bell.openList();
  await bell.element.evaluate((element) => {
    const copy = element.cloneNode(true);
    copy.id = "copy";
    copy.removeAttribute("open");
    document.body.append(copy);
  });
  await expect(second(page).locator("[part=badge]")).toHaveText("9+");
  await expect(second(page).locator("[part=bell]")).toHaveCount(1);
  await expect(bell.panel).toBeVisible();
  await second(page).evaluate((copy) => copy.remove());
  await expect(bell.badge).toHaveText("9+");
});

test("a copy takes no token that was set as a property", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { token: null }));
  await bell.set("token", "member-1004");
  await expect(bell.badge).toHaveText("15");
  expect(await bell.element.evaluate((element) => element.cloneNode().token)).toBeNull();
  await expect(page.locator("[token]")).toHaveCount(0);
});

test("bells that are written by innerHTML, imported and taken from a template all ring", async ({ page, embed }) => {
  await embed("<div></div><template></template>");
  await page.evaluate((markup) => {
    document.querySelector("div").innerHTML = markup;
    const template = document.querySelector("template");
    template.innerHTML = markup;
    document.body.append(document.importNode(template.content, true), template.content.cloneNode(true));
  }, bellOf(1004));
  await expect(page.locator("coworker-notifications [part=badge]")).toHaveText(["15", "15", "15"]);
});

test("a bell may be made before it is in a document, and asks for nothing until then", async ({
  page,
  embed,
  sandbox,
}) => {
  await embed("");
  await page.evaluate(async () => {
    await customElements.whenDefined("coworker-notifications");
    window.made = document.createElement("coworker-notifications");
    Object.assign(window.made, { apiBase: "/", coworkerId: 1004, token: "member-1004", maxBadge: 9 });
    await window.made.updateComplete;
    await window.made.refresh();
  });
  expect(await sandbox.requests()).toEqual([]);
  await page.evaluate("document.body.append(made)");
  await expect(page.locator("coworker-notifications [part=badge]")).toHaveText("9+");
});

test("many changes in a row are one update", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await sandbox.forget();
  await bell.element.evaluate(async (element) => {
    for (const size of [3, 5, 7, 9, 11]) {
      element.pageSize = size;
      element.setAttribute("coworker-id", 1000 + size);
    }
    element.coworkerId = 1001;
    await element.updateComplete;
  });
  await bell.ready();
  const asked = (await sandbox.lists()).map(({ query }) => new URLSearchParams(query));
  expect(new Set(asked.map((query) => query.get("CoworkerNotification_Coworker")))).toEqual(new Set(["1001"]));
  expect(new Set(asked.map((query) => query.get("size")))).toEqual(new Set(["11"]));
  await expect(page.locator("coworker-notifications")).toHaveCount(1);
});
