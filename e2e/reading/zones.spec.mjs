// The same moments, seen from different places of the world.

import { bellOf, Bell, test, expect } from "../support/test.mjs";

const NOW = Date.parse("2026-03-10T03:00:00Z");

const record = (Id, CreatedOn) => ({
  Id,
  CoworkerId: 1002,
  Message: CreatedOn,
  NotificationType: "blog",
  EntityId: 1,
  IsDismissed: false,
  CreatedOn,
  UpdatedOn: CreatedOn,
});

/** Newest first. The third has no zone, which means UTC. */
const RECORDS = [
  record(5, "2026-03-10T02:30:00Z"),
  record(4, "2026-03-09T23:30:00Z"),
  record(3, "2026-03-09T01:00:00"),
  record(2, "2026-03-04T12:00:00Z"),
  record(1, "2025-12-31T23:30:00Z"),
];

/** Opens a page in a time zone, at a moment, with a server that has these records. */
async function inZone(browser, server, site, timezoneId, { records = RECORDS, locale = "en-GB" } = {}) {
  const context = await browser.newContext({ timezoneId, locale });
  const page = await context.newPage();
  await page.clock.setFixedTime(NOW);
  await page.route("**/api/spaces/coworkernotifications?*", (route) =>
    route.fulfill({
      headers: { date: new Date(NOW).toUTCString() },
      json: { Records: records, TotalItems: records.length, TotalPages: 1, CurrentPage: 1, HasNextPage: false },
    }),
  );
  await page.goto(server.url + site.page(bellOf(1002, { variant: "inline", locale })));
  const bell = new Bell(page.locator("coworker-notifications"));
  await expect(bell.items).toHaveCount(records.length);
  const sections = await bell.element.locator("section").all();
  const groups = {};
  for (const section of sections) {
    const ids = await section.locator("[data-id]").evaluateAll((rows) => rows.map(({ dataset }) => Number(dataset.id)));
    groups[await section.locator("h3").textContent()] = ids;
  }
  const titles = await bell.part("time").evaluateAll((times) => times.map(({ title }) => title));
  const words = await bell.part("time").allTextContents();
  await context.close();
  return { groups, titles, words };
}

test("in UTC", async ({ browser, server, site }) => {
  const { groups, titles, words } = await inZone(browser, server, site, "UTC");
  expect(groups).toEqual({ Today: [5], Yesterday: [4, 3], "This week": [2], Earlier: [1] });
  expect(titles[0]).toMatch(/^Tuesday,? 10 March 2026 at 02:30$/);
  expect(words).toEqual(["30 min ago", "3 hr ago", "1 day ago", "5 days ago", "31 Dec 2025"]);
});

test("in Los Angeles the day began 20 hours ago", async ({ browser, server, site }) => {
  const { groups, titles } = await inZone(browser, server, site, "America/Los_Angeles");
  expect(groups).toEqual({ Today: [5, 4], Yesterday: [3], "This week": [2], Earlier: [1] });
  expect(titles[0]).toMatch(/^Monday,? 9 March 2026 at 19:30$/);
});

test("in Auckland the year began earlier", async ({ browser, server, site }) => {
  const { groups, titles, words } = await inZone(browser, server, site, "Pacific/Auckland");
  expect(groups).toEqual({ Today: [5, 4], Yesterday: [3], "This week": [2], Earlier: [1] });
  expect(titles[0]).toMatch(/^Tuesday,? 10 March 2026 at 15:30$/);
  expect(words.at(-1)).toBe("1 Jan");
});

test("a year that is not this one is shown, be it past or to come", async ({ browser, server, site }) => {
  const records = [
    record(6, "2030-03-10T03:00:00Z"),
    record(5, "2027-01-01T00:00:00Z"),
    record(4, "2026-12-31T23:30:00Z"),
    record(3, "2026-01-01T00:00:00Z"),
    record(2, "2025-12-31T23:30:00Z"),
    record(1, "2019-03-10T03:00:00Z"),
  ];
  const { words } = await inZone(browser, server, site, "UTC", { records });
  expect(words).toEqual(["10 Mar 2030", "1 Jan 2027", "31 Dec", "1 Jan", "31 Dec 2025", "10 Mar 2019"]);
});
