import { FileServer } from "../support/files.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

test("two versions of the module on a page: the first serves all bells", async ({ page, bell, embed, site }) => {
  // The same files under another origin are another module, as another version is.
  const other = await FileServer.start(site.folder, { headers: { "access-control-allow-origin": "*" } });
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed(bellOf(1004, { id: "first" }));
  await expect(bell.badge).toHaveText("15");
  const isSame = await page.evaluate(async (url) => {
    const { CoworkerNotifications } = await import(url);
    return CoworkerNotifications === customElements.get("coworker-notifications");
  }, `${other.url}/coworker-notifications.js`);
  expect(isSame).toBe(true);
  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), bellOf(1002, { id: "second" }));
  await expect.poll(() => page.evaluate(() => document.querySelector("#second").status)).toBe("ready");
  expect(errors).toEqual([]);
  await other.stop();
});

test("where the element's name is taken, the module leaves it alone", async ({ page, embed }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed("<script>customElements.define('coworker-notifications', class extends HTMLElement {})</script>");
  await page.evaluate(() => import("/coworker-notifications.js").then(() => undefined));
  expect(errors).toEqual([]);
});
