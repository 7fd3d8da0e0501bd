import { bellOf, test, expect } from "../support/test.mjs";

const scroller = (bell) => bell.element.locator(".scroller");
const scrollTo = (bell, top) => scroller(bell).evaluate((node, top) => node.scrollTo(0, top), top);

test("one page at first; the count is that of all pages", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1003));
  await expect(bell.badge).toHaveText("99+");
  expect(await bell.get("unreadCount")).toBe(10_000);
  await expect(bell.button).toHaveAccessibleName("Notifications, 10,000 unread, 99+");
  expect(await bell.get("notifications")).toHaveLength(25);
  expect(await sandbox.lists()).toHaveLength(1);
});

test("Show more loads the next page", async ({ bell, embed }) => {
  await embed(bellOf(1003, { "page-size": 5 }));
  await bell.openList();
  await bell.more.click();
  await expect.poll(async () => (await bell.ids()).length).toBeGreaterThan(5);
});

test("Show more goes when there is no more", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "page-size": 10 }));
  await bell.openList();
  await expect(bell.more).toHaveText("Show more");
  await bell.call("loadMore");
  await expect(bell.more).toHaveCount(0);
  expect(await bell.get("notifications")).toHaveLength(15);
});

test("scrolling near the end loads the next page", async ({ bell, embed }) => {
  await embed(bellOf(1003, { "page-size": 20 }));
  await bell.openList();
  await expect(bell.items.first()).toBeVisible();
  await scrollTo(bell, 1e6);
  await expect.poll(async () => (await bell.get("notifications")).length).toBe(40);
});

test("pages that shift under the reader: each notification once, none left out", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "page-size": 5 }));
  await bell.ready();
  const before = (await sandbox.undismissed(1004)).map(({ Id }) => Id);
  await sandbox.create(1004, "Shifts everything by one");
  await sandbox.create(1004, "And by another");
  await bell.call("loadMore");
  await bell.call("loadMore");
  await bell.call("loadMore");
  await bell.call("refresh");
  const ids = await bell.ids();
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining(before));
  await expect(bell.badge).toHaveText("17");
});

test("what was dismissed elsewhere between two pages leaves no hole", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "page-size": 5 }));
  await bell.ready();
  const before = (await sandbox.undismissed(1004)).map(({ Id }) => Id);
  await sandbox.dismissElsewhere(before[0]);
  await sandbox.dismissElsewhere(before[1]);
  await bell.call("loadMore");
  await bell.call("loadMore");
  await bell.call("loadMore");
  await bell.call("refresh");
  expect(await bell.ids()).toEqual(before.slice(2));
});

test("a refresh keeps the pages that are loaded and the place of the reader", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1003, { "page-size": 25 }));
  await bell.openList();
  await bell.call("loadMore");
  await bell.call("loadMore");
  expect(await bell.get("notifications")).toHaveLength(75);
  await scrollTo(bell, 2_500);
  const middle = async () => {
    const { y } = await scroller(bell).boundingBox();
    for (const row of await bell.items.all()) {
      const box = await row.boundingBox();
      if (box && box.y >= y) return { id: await row.getAttribute("data-id"), y: Math.round(box.y) };
    }
  };
  const before = await middle();
  await sandbox.create(1003, "Arrives above");
  await bell.call("refresh");
  expect((await bell.get("notifications")).length).toBeGreaterThanOrEqual(75);
  await expect(bell.badge).toHaveText("99+");
  await expect.poll(async () => (await bell.item(Number(before.id)).boundingBox())?.y).toBeCloseTo(before.y, -1);
});

test("10,000 loaded notifications: fewer than 60 rows in the DOM, wherever the list is scrolled", async ({
  bell,
  embed,
}) => {
  test.setTimeout(120_000);
  await embed(bellOf(1003, { "page-size": 100 }));
  await bell.open();
  await bell.element.evaluate(async (element) => {
    for (let page = 1; page < 100; page += 1) {
      await element.loadMore();
    }
  });
  expect(await bell.ids()).toHaveLength(10_000);
  for (const top of [0, 200_000, 1e7, 12_345]) {
    await scrollTo(bell, top);
    await expect(bell.items.first()).toBeVisible();
    expect(await bell.items.count()).toBeLessThan(60);
  }
  await scrollTo(bell, 1e7);
  const last = (await bell.ids()).at(-1);
  await expect(bell.item(last)).toBeInViewport();
});

test("a list that has been dismissed as far as it is loaded goes on by itself", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "page-size": 5, "dismiss-mode": "local" }));
  await bell.openList();
  const first = await bell.ids();
  for (const id of first) {
    await bell.call("dismiss", id);
  }
  await expect(bell.items.first()).toBeVisible();
  const next = await bell.ids();
  expect(next.length).toBeGreaterThan(0);
  expect(next).not.toEqual(expect.arrayContaining(first));
  await expect(bell.badge).toHaveText("10");
});

test("where all there is has been dismissed in this browser, the list is empty at once", async ({ bell, embed }) => {
  const markup = bellOf(1004, { "page-size": 5, "dismiss-mode": "local" });
  await embed(markup);
  await bell.ready();
  await bell.call("dismissAll");
  await expect(bell.badge).toHaveCount(0);
  await embed(markup);
  await bell.ready();
  await bell.open();
  await expect(bell.empty).toBeVisible();
  await expect(bell.more).toHaveCount(0);
});
