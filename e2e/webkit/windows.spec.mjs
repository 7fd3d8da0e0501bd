import { Bell, bellOf, test, expect } from "./support/test.mjs";

test("of two windows, what one dismisses leaves the other, and one writes", async ({
  page,
  another,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const second = await another();
  await embed(bellOf(1004), { on: second });
  const other = new Bell(second.locator("coworker-notifications"));
  await other.ready();
  const [first] = await other.ids();
  await other.call("dismiss", first);
  await expect(bell.badge).toHaveText("14");
  await expect.poll(() => sandbox.writes(), { timeout: 9_000 }).toEqual([[first, true]]);
  await second.close();
  await page.reload();
  await expect(bell.badge).toHaveText("14");
});

test("what one of two windows overwrites, the other stores again", async ({ page, another, bell, embed }) => {
  const local = { "dismiss-mode": "local" };
  await embed(bellOf(1004, local));
  await bell.ready();
  const second = await another();
  await embed(bellOf(1004, local), { on: second });
  const other = new Bell(second.locator("coworker-notifications"));
  await other.ready();
  const [first] = await other.ids();
  await bell.call("dismiss", first);
  await expect(other.badge).toHaveText("14");
  await second.evaluate(() => {
    const name = Object.keys(localStorage).find((name) => name.startsWith("coworker-notifications:intents:"));
    localStorage.setItem(name, '{"v":2,"intents":[]}');
  });
  await second.close();
  await page.reload();
  await expect(bell.badge).toHaveText("14");
});

test("a page that was left comes back from the back/forward cache, and looks at once", async ({
  page,
  bell,
  embed,
  sandbox,
  site,
  server,
}) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  await page.evaluate(() => void (window.isTheSame = true));
  await page.goto(server.url + site.page("<p>Another page</p>", { module: null }));
  await sandbox.create(1004, "While the page was away");
  await page.goBack();
  await expect.poll(() => page.evaluate("window.isTheSame === true")).toBe(true);
  await expect(bell.badge).toHaveText("16");
  await bell.openList();
  await expect(bell.messages.first()).toHaveText("While the page was away");
});
