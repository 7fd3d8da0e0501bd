import { Bell, bellOf, test, expect } from "../support/test.mjs";

test("a tab that is closed at once sends what waits, exactly once", async ({
  context,
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first, second] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.call("dismiss", second);
  await page.close();
  const written = async () => (await sandbox.writes()).sort().map(([id]) => id);
  await expect.poll(written).toEqual([first, second].sort());

  const next = await context.newPage();
  await embed(bellOf(1004), { on: next });
  const later = new Bell(next.locator("coworker-notifications"));
  await expect(later.badge).toHaveText("13");
  await clock.pass(10_000);
  await later.call("refresh");
  expect(await written()).toEqual([first, second].sort());
});

test("a page that is left sends what waits", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await page.goto("about:blank");
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
});

test("an element that is removed sends what waits", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.element.evaluate((element) => element.remove());
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
});

test("a write that did not get through when the tab was closed is sent on the next visit, once", async ({
  context,
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await sandbox.faults({ status: 503, applyTo: "writes" });
  await bell.call("dismiss", first);
  await page.close();
  await expect.poll(async () => (await sandbox.writes()).length).toBe(1);
  await sandbox.faults({});
  await sandbox.forget();

  const next = await context.newPage();
  await embed(bellOf(1004), { on: next });
  const later = new Bell(next.locator("coworker-notifications"));
  await expect(later.badge).toHaveText("14");
  expect(await later.ids()).not.toContain(first);
  await clock.pass(4_000);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await clock.pass(60_000);
  expect(await sandbox.writes()).toEqual([[first, true]]);
  await expect(later.badge).toHaveText("14");
});

test("offline, a dismissal waits and is written when the browser is online again", async ({
  context,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await context.setOffline(true);
  await expect.poll(() => bell.get("status")).toBe("offline");
  await bell.call("dismiss", first);
  await clock.pass(30_000);
  expect(await bell.heard("cn-error")).toEqual([]);
  expect(await bell.get("unreadCount")).toBe(14);
  await context.setOffline(false);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  expect(await bell.get("unreadCount")).toBe(14);
});

test("another member who signs in on the same page does not get the first one's dismissals", async ({
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { token: "admin" }));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.attribute("coworker-id", "1001");
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  const { length } = await sandbox.undismissed(1001);
  await expect(bell.badge).toHaveText(String(length));
});
