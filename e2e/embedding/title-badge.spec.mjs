import { bellOf, test, expect } from "../support/test.mjs";

test("title-badge puts the count before the page's title, whatever the page makes of it", async ({
  page,
  bell,
  embed,
}) => {
  await embed(bellOf(1004, { "title-badge": true }));
  await expect(page).toHaveTitle("(15) A page");

  await page.evaluate(() => (document.title = "Invoices"));
  await expect(page).toHaveTitle("(15) Invoices");

  await bell.call("dismiss", (await bell.ids())[0]);
  await expect(page).toHaveTitle("(14) Invoices");

  await bell.attribute("title-badge", null);
  await expect(page).toHaveTitle("Invoices");
});

test("of two bells with different counts the first has the title, then the other", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await sandbox.create(1002, "One");
  await embed(bellOf(1004, { "title-badge": true }) + bellOf(1002, { "title-badge": true, id: "other" }));
  await expect(page.locator("#other [part=badge]")).toHaveText("1");
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle(/^\((15|1)\) A page$/);
  await page.evaluate(() => (document.title = "Invoices"));
  await expect(page).toHaveTitle(/^\((15|1)\) Invoices$/);
  await bell.attribute("title-badge", null);
  await expect(page).toHaveTitle("(1) Invoices");
});

test("without it the title is left alone", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle("A page");
});
