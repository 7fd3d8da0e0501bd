// Times that go on while nothing else does: the device sleeps, or travels.

import { setHidden } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const HOUR = 3_600_000;
const START = Date.parse("2026-03-10T12:00:00Z");

const RECORD = {
  Id: 1,
  CoworkerId: 1002,
  Message: "Two hours old",
  NotificationType: "blog",
  EntityId: 1,
  IsDismissed: false,
  CreatedOn: new Date(START - 2 * HOUR).toISOString(),
  UpdatedOn: new Date(START - 2 * HOUR).toISOString(),
};

/** An open panel whose server has one record and the same time as the page. `sleep()` sets both 12 hours on. */
async function asleep({ page, bell, embed }, attributes) {
  let now = START;
  await page.clock.install({ time: now });
  await page.route("**/api/spaces/coworkernotifications?*", (route) =>
    route.fulfill({
      headers: { date: new Date(now).toUTCString() },
      json: { Records: [RECORD], TotalItems: 1, TotalPages: 1, CurrentPage: 1, HasNextPage: false },
    }),
  );
  await embed(bellOf(1002, { locale: "en-GB", ...attributes }));
  await page.clock.runFor(2_000);
  await bell.openList();
  await expect(bell.part("time")).toHaveText("2 hr ago");
  await expect(bell.part("group")).toHaveText("Today");
  return async () => {
    now += 12 * HOUR;
    await page.clock.setSystemTime(now);
  };
}

const expectYesterday = async (bell) => {
  await expect(bell.part("time")).toHaveText("14 hr ago");
  await expect(bell.part("group")).toHaveText("Yesterday");
};

test("after 12 hours of sleep times and headings are right within a minute", async ({ page, bell, embed }) => {
  const sleep = await asleep({ page, bell, embed }, { "poll-interval": 0 });
  await sleep();
  await page.clock.runFor(61_000);
  await expectYesterday(bell);
});

test("after 12 hours of sleep they are right with the next poll, though it brings nothing", async ({
  page,
  bell,
  embed,
}) => {
  const sleep = await asleep({ page, bell, embed }, { "poll-interval": 10 });
  await sleep();
  await page.clock.runFor(12_000);
  await expectYesterday(bell);
});

test("after 12 hours of sleep they are right when the page is seen again", async ({ page, bell, embed }) => {
  const sleep = await asleep({ page, bell, embed }, { "poll-interval": 0 });
  await setHidden(page, true);
  await sleep();
  await setHidden(page, false);
  await expectYesterday(bell);
});

test("after 12 hours of sleep they are right when the panel is opened", async ({ page, bell, embed }) => {
  const sleep = await asleep({ page, bell, embed }, { "poll-interval": 0 });
  await page.keyboard.press("Escape");
  await sleep();
  await bell.open();
  await expectYesterday(bell);
});

test("in another time zone the same moments are told in that", async ({ page, bell, embed, browserName }) => {
  test.skip(browserName !== "chromium", "only Chromium's driver can change the zone of a page that lives");
  await asleep({ page, bell, embed }, { "poll-interval": 0 });
  const title = () => bell.part("time").getAttribute("title");
  const before = await title();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setTimezoneOverride", { timezoneId: "Pacific/Kiritimati" });
  await page.clock.runFor(61_000);
  await expect.poll(title).toMatch(/^Wednesday,? 11 March 2026 at 00:00$/);
  expect(before).toMatch(/^Tuesday,? 10 March 2026/);
});
