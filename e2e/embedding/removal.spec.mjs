import { countHoldings, holdings } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const NOTHING = { listeners: [], timers: 0, observers: 0, channels: 0, locks: 0 };

test("a bell that is removed leaves nothing behind", async ({ page, bell, embed, sandbox }) => {
  await page.addInitScript(countHoldings);
  await embed("");
  await page.evaluate(() => (window.__nexudus = { auth: { coworker: { Id: 1004 } } }));
  // Looking at a page takes listeners, too.
  await page.locator("body").evaluate(() => {});
  const before = await holdings(page);

  const markup = bellOf(1004, { "title-badge": true, "coworker-id": null, token: "admin", open: true });
  await page.evaluate((markup) => (document.body.innerHTML = markup), markup);
  await expect(page).toHaveTitle("(15) A page");
  await expect(bell.items.first()).toBeVisible();
  expect(await holdings(page)).not.toEqual(before);

  await bell.element.evaluate((element) => element.remove());
  // Promised within a second and a half; looking takes time, too.
  await expect.poll(() => holdings(page), { timeout: 2_500 }).toEqual(before);
  await expect(page).toHaveTitle("A page");

  const { length } = await sandbox.requests();
  await page.evaluate(() => dispatchEvent(new Event("online")));
  expect(await sandbox.requests()).toHaveLength(length);
});

test("the page's own document stays as it was", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  const outside = () =>
    page.evaluate(() => ({
      sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
      head: document.head.children.length,
      body: document.body.children.length,
      globals: Object.keys(window).length,
    }));
  const before = await page.evaluate(() => ({
    sheets: 0,
    head: document.head.children.length,
    body: document.body.children.length,
    globals: Object.keys(window).length,
  }));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  expect(await outside()).toEqual(before);
});

test("a bell that is put back when it is gone begins anew", async ({ bell, embed, page }) => {
  await embed(bellOf(1004));
  // The count is there before the list is.
  await bell.hears("cn-ready");
  await bell.element.evaluate(async (element) => {
    element.remove();
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    document.body.append(element);
  });
  await expect(bell.badge).toHaveText("15");
  await bell.hears("cn-ready", 2);
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await expect(page.locator("coworker-notifications [part=bell]")).toHaveCount(1);
});

test("a bell that is removed while its program loads stays away", async ({ page, embed, sandbox }) => {
  await page.addInitScript(countHoldings);
  await embed(
    `${bellOf(1004)}
     <script type="module">
       import "/coworker-notifications.js";
       const element = document.querySelector("coworker-notifications");
       element.remove();
       window.settled = element.updateComplete.then(() => element.refresh()).then(() => element.shadowRoot.textContent);
     </script>`,
  );
  expect(await page.evaluate("settled")).toBe("");
  await expect.poll(() => holdings(page)).toEqual(NOTHING);
  expect(await sandbox.requests()).toEqual([]);
});
