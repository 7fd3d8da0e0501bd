import { tabsOf } from "../support/tabs.mjs";
import { Bell, bellOf, test, expect } from "../support/test.mjs";

const twoTabs = (context, embed, attributes) => tabsOf(context, embed, 2, attributes);

test("a dismissal shows in the other tab within a second, and is written by one", async ({
  context,
  clock,
  embed,
  sandbox,
}) => {
  const [one, two] = await twoTabs(context, embed);
  await two.bell.open();
  const [first] = await one.bell.ids();
  await expect(two.bell.item(first)).toBeVisible();
  await one.bell.call("dismiss", first);
  await expect(two.bell.item(first)).toHaveCount(0, { timeout: 1_000 });
  await expect(two.bell.badge).toHaveText("14", { timeout: 1_000 });

  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await clock.pass(10_000);
  await two.bell.call("refresh");
  await expect(two.bell.badge).toHaveText("14");
  expect(await sandbox.writes()).toEqual([[first, true]]);
});

test("Undo in one tab brings it back in the other", async ({ context, embed, sandbox }) => {
  const [one, two] = await twoTabs(context, embed);
  await one.bell.open();
  const [first] = await one.bell.ids();
  await one.bell.dismissButton(one.bell.item(first)).click();
  await expect(two.bell.badge).toHaveText("14");
  await one.bell.undoButton.click();
  await expect(two.bell.badge).toHaveText("15", { timeout: 1_000 });
  expect(await two.bell.ids()).toContain(first);
  expect(await sandbox.writes()).toEqual([]);
});

test("one tab polls, the other hears what it learns", async ({ context, clock, embed, sandbox }) => {
  const [one, two] = await twoTabs(context, embed, { "poll-interval": 10 });
  await sandbox.create(1004, "For both");
  await sandbox.forget();
  await clock.pass(11_500);
  await expect(one.bell.badge).toHaveText("16");
  await expect(two.bell.badge).toHaveText("16", { timeout: 1_000 });
  expect(await sandbox.lists()).toHaveLength(1);
});

test("when the tab that polls is closed, the other takes over", async ({ context, clock, embed, sandbox }) => {
  const [one, two] = await twoTabs(context, embed, { "poll-interval": 10 });
  await one.page.close();
  await sandbox.create(1004, "For the one that is left");
  await clock.pass(12_000);
  await expect(two.bell.badge).toHaveText("16");
});

test("a local dismissal shows in the other tab, too", async ({ context, clock, embed }) => {
  const [one, two] = await twoTabs(context, embed, { "dismiss-mode": "local" });
  const [first] = await one.bell.ids();
  await one.bell.call("dismiss", first);
  await expect(two.bell.badge).toHaveText("14", { timeout: 1_000 });
  await clock.pass(7_000);
  await two.page.reload();
  await expect(two.bell.badge).toHaveText("14");
});

test("a tab that is closed while undo time runs: sent once, and gone from the other", async ({
  context,
  clock,
  embed,
  sandbox,
}) => {
  const [one, two] = await twoTabs(context, embed);
  const [first] = await one.bell.ids();
  await one.bell.call("dismiss", first);
  await one.page.close();
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await clock.pass(130_000);
  await expect(two.bell.badge).toHaveText("14");
  expect(await two.bell.ids()).not.toContain(first);
  expect(await sandbox.writes()).toEqual([[first, true]]);
});

test("tabs of different members do not hear each other", async ({ context, clock, embed }) => {
  const [one] = await twoTabs(context, embed);
  const page = await context.newPage();
  await embed(bellOf(1001), { on: page });
  const other = new Bell(page.locator("coworker-notifications"));
  await other.ready();
  const before = await other.get("unreadCount");
  await one.bell.call("dismiss", (await one.bell.ids())[0]);
  await clock.pass(7_000);
  expect(await other.get("unreadCount")).toBe(before);
});

test("no token and no other site's data travels between tabs", async ({ context, embed }) => {
  await context.addInitScript(() => {
    window.said = [];
    const { postMessage } = BroadcastChannel.prototype;
    BroadcastChannel.prototype.postMessage = function (message) {
      window.said.push(JSON.stringify(message));
      return postMessage.call(this, message);
    };
  });
  const [one, two] = await twoTabs(context, embed);
  await one.bell.call("dismiss", (await one.bell.ids())[0]);
  await one.bell.call("refresh");
  await expect(two.bell.badge).toHaveText("14");
  const said = (await one.page.evaluate("said")).join();
  expect(said).not.toBe("");
  expect(said).not.toContain("member-1004");
});
