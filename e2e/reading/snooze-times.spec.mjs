// What "tomorrow morning" and "next Monday" are, in the member's zone: where clocks change, and at the ends of weeks.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

const HOUR = 3_600_000;

/** The presets at a moment in a zone: name, time as it stands there, and hours until then. */
async function presetsAt(browser, server, site, timezoneId, moment) {
  const now = Date.parse(moment);
  const context = await browser.newContext({ timezoneId, locale: "en-GB" });
  const page = await context.newPage();
  await page.clock.setFixedTime(now);
  const record = { Id: 5, CoworkerId: 1002, Message: "One", NotificationType: "blog", EntityId: 1, IsDismissed: false };
  const times = { CreatedOn: new Date(now - HOUR).toISOString(), UpdatedOn: new Date(now - HOUR).toISOString() };
  await page.route("**/api/spaces/coworkernotifications?*", (route) =>
    route.fulfill({
      headers: { date: new Date(now).toUTCString() },
      json: { Records: [{ ...record, ...times }], TotalItems: 1, TotalPages: 1, CurrentPage: 1, HasNextPage: false },
    }),
  );
  await page.goto(server.url + site.page(bellOf(1002, { variant: "inline", locale: "en-GB" })));
  await page.evaluate(() =>
    addEventListener("cn-snooze", (event) => {
      window.until = event.detail.until;
      event.preventDefault();
    }),
  );
  const bell = new Bell(page.locator("coworker-notifications"));
  const open = async () => {
    await bell.items.first().locator("[part~=menu-button]").click();
    await bell.part("menu-item").first().click();
    await expect(bell.part("menu-item").last()).toHaveText("Pick a date and time");
  };
  await open();
  const words = await bell.part("menu-item").evaluateAll((all) => all.map((item) => [...item.children].map((one) => one.textContent)));
  await page.keyboard.press("Escape");
  const presets = [];
  for (const [index, [name, time]] of words.slice(0, -1).entries()) {
    await open();
    await bell.part("menu-item").nth(index).click();
    await expect.poll(() => page.evaluate("window.until")).toBeTruthy();
    presets.push([name, time, ((await page.evaluate("window.until")) - now) / HOUR]);
    await page.evaluate(() => (window.until = 0));
  }
  await context.close();
  return presets;
}

test("the night before clocks go forward: tomorrow morning is an hour nearer", async ({ browser, server, site }) => {
  expect(await presetsAt(browser, server, site, "Europe/London", "2027-03-27T21:00:00Z")).toEqual([
    ["In one hour", "Sat 22:00", 1],
    ["Tomorrow morning", "Sun 09:00", 11],
    ["Next Monday", "Mon 09:00", 35],
  ]);
});

test("the night before they go back it is an hour further", async ({ browser, server, site }) => {
  expect(await presetsAt(browser, server, site, "America/New_York", "2026-10-31T20:00:00Z")).toEqual([
    ["In one hour", "Sat 17:00", 1],
    ["This evening", "Sat 18:00", 2],
    ["Tomorrow morning", "Sun 09:00", 18],
    ["Next Monday", "Mon 09:00", 42],
  ]);
});

test("on a Sunday tomorrow is Monday, and on a Monday the next one is in a week", async ({ browser, server, site }) => {
  const names = async (moment) => (await presetsAt(browser, server, site, "Asia/Tokyo", moment)).map(([name]) => name);
  expect(await names("2026-03-08T13:00:00Z")).toEqual(["In one hour", "Tomorrow morning"]);
  const monday = await presetsAt(browser, server, site, "Asia/Tokyo", "2026-03-08T23:30:00Z");
  expect(monday.at(-1)).toEqual(["Next Monday", "Mon 09:00", 7 * 24 + 0.5]);
});
