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

test("one prefix through whatever a router makes of the title and the head", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "title-badge": true }));
  await expect(page).toHaveTitle("(15) A page");

  await page.evaluate(() => (document.querySelector("title").textContent = ""));
  await expect(page).toHaveTitle("(15)");
  await sandbox.create(1004, "One more");
  await bell.call("refresh");
  await expect(page).toHaveTitle("(16)");
  await page.evaluate(() => (document.querySelector("title").firstChild.data = "Invoices"));
  await expect(page).toHaveTitle("(16) Invoices");

  await page.evaluate(() => {
    const head = document.createElement("head");
    head.append(Object.assign(document.createElement("title"), { textContent: "Another head" }));
    document.head.replaceWith(head);
  });
  await expect(page).toHaveTitle("(16) Another head");
  // The new head is watched, too.
  await page.evaluate(() => document.querySelector("title").remove());
  await expect(page).toHaveTitle("(16)");
  await page.evaluate(() => (document.title = "Rooms"));
  await expect(page).toHaveTitle("(16) Rooms");

  const [first] = await bell.ids();
  const kept = await page.title();
  await bell.call("dismiss", first);
  await expect(page).toHaveTitle("(15) Rooms");
  await page.evaluate((kept) => (document.title = kept), kept);
  await expect(page).toHaveTitle("(15) Rooms");

  await bell.element.evaluate((element) => element.remove());
  await expect(page).toHaveTitle("Rooms");
  await page.evaluate(() => (document.title = ""));
  await expect(page).toHaveTitle("");
});

test("a number that the page itself puts before its title is kept", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "title-badge": true }));
  await expect(page).toHaveTitle("(15) A page");
  await page.evaluate(() => (document.title = "(15) drafts"));
  await expect(page).toHaveTitle("(15) (15) drafts");
  await bell.attribute("title-badge", null);
  await expect(page).toHaveTitle("(15) drafts");
});

test("a page that insists on its title gets it, and does not hang", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "title-badge": true }), {
    head: `<script>
      new MutationObserver(() => {
        if (document.title !== "Insisted") document.title = "Insisted";
      }).observe(document.head, { childList: true, subtree: true, characterData: true });
    </script>`,
  });
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle("Insisted");
  await bell.call("dismiss", (await bell.ids())[0]);
  await expect(bell.badge).toHaveText("14");
  await expect(page).toHaveTitle("Insisted");
});

test("two counts before one title do not outgrow it", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "title-badge": true }), {
    head: `<script>
      new MutationObserver(() => {
        if (!document.title.startsWith("[2] ")) document.title = "[2] " + document.title;
      }).observe(document.head, { childList: true, subtree: true, characterData: true });
    </script>`,
  });
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle(/A page$/);
  expect((await page.title()).length).toBeLessThan(200);
});

test("a form that is named title, which stands for document.title, stops nothing", async ({ page, bell, embed }) => {
  await embed(`<form name="title"></form>${bellOf(1004, { "title-badge": true })}`);
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
});
