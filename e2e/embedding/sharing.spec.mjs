import { Bell, bellOf, test, expect } from "../support/test.mjs";

const both = (page) => [0, 1].map((n) => new Bell(page.locator("coworker-notifications").nth(n)));

test("elements that ask for the same share one feed", async ({ page, embed, sandbox }) => {
  await embed(bellOf(1004, { id: "one" }) + bellOf(1004, { id: "two", variant: "inline", "max-badge": 9 }));
  const [one, two] = both(page);
  await expect(one.badge).toHaveText("15");
  await expect(two.items.first()).toBeVisible();
  expect(await sandbox.lists()).toHaveLength(1);

  await one.call("refresh");
  expect(await sandbox.lists()).toHaveLength(2);

  await two.dismissButton(two.items.first()).click();
  await expect(one.badge).toHaveText("14");
});

test("each of them fires its own events", async ({ page, embed }) => {
  await embed(bellOf(1004, { id: "one" }) + bellOf(1004, { id: "two" }));
  const ready = () =>
    page.evaluate(() => window.bellEvents.filter(({ type }) => type === "cn-ready").map(({ target }) => target));
  await expect.poll(async () => (await ready()).sort()).toEqual(["one", "two"]);
});

test("one that comes later is ready at once, from what is known", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { id: "one" }));
  await expect(bell.badge).toHaveText("15");
  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), bellOf(1004, { id: "two" }));
  const [, two] = both(page);
  await expect(two.badge).toHaveText("15");
  await expect
    .poll(() => page.evaluate(() => window.bellEvents.some((one) => one.type === "cn-ready" && one.target === "two")))
    .toBe(true);
  expect(await sandbox.lists()).toHaveLength(1);
});

test("the feed lives until the last of them goes", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004) + bellOf(1004));
  const [one, two] = both(page);
  await expect(two.badge).toHaveText("15");
  await one.element.evaluate((element) => element.remove());
  await bell.open();
  await bell.call("refresh");
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.lists()).toHaveLength(2);
});

test("other coworkers, tokens and bases have feeds of their own", async ({ page, embed, sandbox }) => {
  await embed(bellOf(1004) + bellOf(1004, { token: "admin" }) + bellOf(1001));
  await expect.poll(async () => (await sandbox.lists()).length).toBeGreaterThanOrEqual(3);
  await expect(page.locator("[part=badge]")).toHaveCount(3);
});
