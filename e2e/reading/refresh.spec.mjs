import { setHidden } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

test("the list is looked at again on the interval, give or take 10 %", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "poll-interval": 30 }));
  await bell.ready();
  const { length } = await sandbox.lists();
  await sandbox.create(1004, "One more");
  await clock.pass(25_000);
  expect(await sandbox.lists()).toHaveLength(length);
  await clock.pass(9_000);
  await expect(bell.badge).toHaveText("16");
  expect(await sandbox.lists()).toHaveLength(length + 1);
});

test("poll-interval 0: never; 1 to 4: every 5 seconds", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  await clock.pass(600_000);
  expect(await sandbox.lists()).toHaveLength(1);

  await bell.attribute("poll-interval", "1");
  await bell.get("updateComplete");
  await clock.pass(4_000);
  expect(await sandbox.lists()).toHaveLength(1);
  await clock.pass(2_000);
  await expect.poll(async () => (await sandbox.lists()).length).toBe(2);
});

test("a hidden page does not poll; seen again it looks at once", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "poll-interval": 10 }));
  await bell.ready();
  const { length } = await sandbox.lists();
  await setHidden(page, true);
  await sandbox.create(1004, "While you were away");
  await clock.pass(120_000);
  expect(await sandbox.lists()).toHaveLength(length);
  await setHidden(page, false);
  await expect(bell.badge).toHaveText("16");
  expect(await sandbox.lists()).toHaveLength(length + 1);
});

test("an offline page does not poll; online again it looks at once", async ({
  context,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "poll-interval": 10 }));
  await bell.ready();
  const { length } = await sandbox.lists();
  await context.setOffline(true);
  await expect.poll(() => bell.get("status")).toBe("offline");
  await sandbox.create(1004, "While you were away");
  await clock.pass(120_000);
  expect(await sandbox.lists()).toHaveLength(length);
  expect(await bell.get("unreadCount")).toBe(15);
  await context.setOffline(false);
  await expect(bell.badge).toHaveText("16");
});

test("a page that begins offline says so and starts when it is online", async ({ context, page, bell, embed }) => {
  await page.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, "onLine", { configurable: true, get: () => !window.off }),
  );
  await page.addInitScript(() => (window.off = true));
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.error).toContainText("You’re offline.");
  await page.evaluate(() => {
    window.off = false;
    dispatchEvent(new Event("online"));
  });
  await expect(bell.badge).toHaveText("15");
  void context;
});

test("what is dismissed elsewhere leaves the list", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first, second] = await bell.ids();
  await sandbox.dismissElsewhere(second);
  await bell.call("refresh");
  await expect(bell.item(second)).toHaveCount(0);
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.badge).toHaveText("14");
});

test("an arrival is announced politely", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await sandbox.create(1004, "One more");
  await bell.call("refresh");
  await expect(bell.live).toHaveText("1 new notification");
});
