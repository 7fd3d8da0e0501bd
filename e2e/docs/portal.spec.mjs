// What the documentation tells an operator to paste into a Nexudus Members Portal, in a stand-in of it.

import { blockFor } from "../../samples/support/blocks.mjs";
import { answerExamples, listenForTrouble } from "../support/examples.mjs";
import { portalPage } from "../support/portal.mjs";
import { test, expect } from "../support/test.mjs";

const PASTED = {
  head: blockFor("portal/head.js"),
  app: blockFor("portal/app.js"),
  styles: blockFor("portal/styles.css"),
};

test.beforeEach(({ context, server, site }) => answerExamples(context, { server, site, coworker: 1004 }));

const open = (page, site, pasted = PASTED) => page.goto(site.write("portal.html", portalPage(pasted)));

test("the bell stands in the portal's header, and rings once a member is signed in", async ({
  page,
  bell,
  site,
  sandbox,
}) => {
  const trouble = await listenForTrouble(page);
  await open(page, site);
  await expect(page.locator("header coworker-notifications")).toHaveCount(1);
  await expect(bell.button).toBeVisible();
  expect(await sandbox.requests()).toEqual([]);

  await page.evaluate("signIn(1004)");
  await expect(bell.badge).toHaveText("15");
  // The pasted styles apply.
  expect((await bell.button.boundingBox()).width).toBe(36);
  expect(trouble).toEqual([]);
});

test("it goes with the header when the portal changes pages, and keeps its list", async ({ page, bell, site }) => {
  await open(page, site);
  await page.evaluate("signIn(1004)");
  await expect(bell.badge).toHaveText("15");
  await page.evaluate(() => window.__nexudus.router.navigate("/bookings"));
  await expect(page.locator("main")).toHaveText("/bookings");
  await expect(page.locator("header coworker-notifications")).toHaveCount(1);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-ready")).toHaveLength(1);
});

test("a link goes through the portal's router", async ({ page, bell, site }) => {
  await open(page, site);
  await page.evaluate("signIn(1004)");
  await bell.openList();
  const row = bell.element.locator('[part~="item"][data-type="coworkerinvoice"]');
  await row.scrollIntoViewIfNeeded();
  await row.click();
  await expect.poll(() => page.evaluate("visited")).toEqual(["/user/dashboard/invoices"]);
  await expect(page.locator("main")).toHaveText("/user/dashboard/invoices");
});

test("app.js alone will do", async ({ page, bell, site }) => {
  await open(page, site, { ...PASTED, head: "[]", styles: "" });
  await page.evaluate("signIn(1004)");
  await expect(bell.badge).toHaveText("15");
});

test("the page never holds an administrator's token", async ({ context, page, bell, site }) => {
  const sent = [];
  context.on("request", (request) => sent.push(`${request.url()} ${JSON.stringify(request.headers())}`));
  await open(page, site);
  await page.evaluate("signIn(1004)");
  await expect(bell.badge).toHaveText("15");
  expect(sent.filter((one) => one.includes("Bearer "))).not.toEqual([]);
  expect(sent.filter((one) => /Bearer (?!member-)/.test(one))).toEqual([]);
  const kept = await page.evaluate(() => [
    document.documentElement.outerHTML,
    JSON.stringify({ ...localStorage }),
    JSON.stringify({ ...sessionStorage }),
  ]);
  expect(kept.join("\n")).not.toMatch(/Bearer|\badmin\b/);
});
