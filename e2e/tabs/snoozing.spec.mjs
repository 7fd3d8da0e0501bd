// Snooze and preferences in several tabs of one browser.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

const MINUTE = 60_000;

/** Two tabs with a bell each. */
async function openTwo({ context, page, bell, embed }, attributes = {}) {
  const other = await context.newPage();
  await embed(bellOf(1004, { "poll-interval": 0, ...attributes }));
  await embed(bellOf(1004, { "poll-interval": 0, ...attributes }), { on: other });
  const second = new Bell(other.locator("coworker-notifications"));
  for (const one of [bell, second]) await one.ready();
  return { bells: [bell, second], pages: [page, other] };
}

const arrivals = async (bell) =>
  (await bell.heard("cn-arrive")).flatMap(({ notifications }) => notifications.map(({ Id }) => Id));

test("what is snoozed in one tab sleeps in all, and comes back, once", async ({
  context,
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  const { bells } = await openTwo({ context, page, bell, embed });
  const [first] = await bell.ids();
  await bell.element.evaluate((element, [id, wait]) => element.snooze(id, Date.now() + wait), [first, MINUTE]);
  for (const one of bells) await expect(one.badge).toHaveText("14");
  await clock.pass(MINUTE + 10_000);
  for (const one of bells) await expect(one.badge).toHaveText("15");
  // The two pages' clocks are moved one after the other: the later one may hear of it before its own time has come, and
  // then tells no arrival. That each tab does so by one clock is tested in tests/feed/snooze.rs.
  const told = () => Promise.all(bells.map(arrivals));
  await expect.poll(async () => (await told()).flat()).toContain(first);
  for (const ids of await told()) expect([[], [first]]).toContainEqual(ids);
  expect(await sandbox.writes()).toEqual([]);
});

test("what is woken in one tab is awake in all", async ({ context, page, bell, embed }) => {
  const { bells } = await openTwo({ context, page, bell, embed });
  const [first] = await bell.ids();
  await bell.element.evaluate((element, [id, wait]) => element.snooze(id, Date.now() + wait), [first, MINUTE]);
  for (const one of bells) await expect(one.badge).toHaveText("14");
  await bells[1].call("restore", first);
  for (const one of bells) await expect(one.badge).toHaveText("15");
});

test("a snoozed one that is dismissed elsewhere does not come back", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.element.evaluate((element, [id, wait]) => element.snooze(id, Date.now() + wait), [first, MINUTE]);
  await expect(bell.badge).toHaveText("14");
  await sandbox.dismissElsewhere(first);
  await bell.call("refresh");
  await clock.pass(70_000);
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(first);
  expect(await arrivals(bell)).toEqual([]);
});

test("a snooze that ends while no page is open is an arrival of the next visit", async ({ page, clock, bell, embed, site }) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.element.evaluate((element, [id, wait]) => element.snooze(id, Date.now() + wait), [first, MINUTE]);
  await expect(bell.badge).toHaveText("14");
  await page.goto(site.page("<p>Another page</p>", { module: null }));
  await clock.pass(120_000);
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await expect(bell.badge).toHaveText("15");
  await expect.poll(() => arrivals(bell)).toEqual([first]);
  await page.reload();
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  expect(await arrivals(bell)).toEqual([]);
});

test("muted in one tab, a type is muted in all; taken back there, in all", async ({ context, page, bell, embed }) => {
  const { bells, pages } = await openTwo({ context, page, bell, embed });
  await pages[0].bringToFront();
  await bell.openList();
  await bell.items.first().locator("[part~=menu-button]").click();
  await bell.part("menu-item").filter({ hasText: "Mute this type" }).click();
  for (const one of bells) await expect(one.badge).toHaveText("14");
  await bell.undoButton.click();
  for (const one of bells) await expect(one.badge).toHaveText("15");
});
