// The page goes into the browser's back/forward cache, and comes back from there as it was left.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

// Playwright switches that cache off in Chromium.
test.use({
  launchOptions: async ({ launchOptions, browserName }, use) => {
    const isOff = browserName === "chromium";
    await use({ ...launchOptions, ...(isOff && { ignoreDefaultArgs: ["--disable-back-forward-cache"] }) });
  },
});

const ELSEWHERE = "<p>Another page</p>";

// A page that is kept loads no document, and Playwright waits for one in Firefox before it does anything more.
const SKIP_WAITING = "PLAYWRIGHT_SKIP_NAVIGATION_CHECK";
test.afterEach(() => delete process.env[SKIP_WAITING]);

/** A page that is the same document after coming back, and says why if it is not. */
class Journey {
  #page;
  #elsewhere;
  #why = [];

  static async of(page, site) {
    const journey = new Journey();
    journey.#page = page;
    journey.#elsewhere = site.page(ELSEWHERE, { module: null });
    await page.evaluate(() => (window.isTheSame = true));
    // Only Chromium says why.
    if (page.context().browser().browserType().name() === "chromium") {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Page.enable");
      devtools.on("Page.backForwardCacheNotUsed", ({ notRestoredExplanations }) =>
        journey.#why.push(...notRestoredExplanations.map(({ reason }) => reason)),
      );
    }
    return journey;
  }

  leave() {
    return this.#page.goto(this.#elsewhere);
  }

  async back() {
    const isTheSame = () => this.#page.evaluate(() => window.isTheSame === true).catch(() => false);
    if (this.#page.context().browser().browserType().name() === "chromium") {
      await this.#page.goBack({ waitUntil: "commit" });
    } else {
      process.env[SKIP_WAITING] = "1";
      await this.#page.evaluate(() => history.back());
      await expect.poll(isTheSame, { message: "the page is kept" }).toBe(true);
    }
    expect({ isTheSame: await isTheSame(), why: this.#why }).toEqual({ isTheSame: true, why: [] });
  }
}

/** Another tab with the same bell. */
async function anotherTab(context, embed, attributes) {
  const page = await context.newPage();
  await embed(bellOf(1004, attributes), { on: page });
  const bell = new Bell(page.locator("coworker-notifications"));
  await bell.ready();
  return bell;
}

test("on the way back the bell looks at once, and dismisses, undoes and loads more as before", async ({
  page,
  bell,
  embed,
  sandbox,
  site,
}) => {
  await embed(bellOf(1004, { "page-size": 5, "poll-interval": 0 }));
  await bell.ready();
  const journey = await Journey.of(page, site);
  await journey.leave();
  await sandbox.create(1004, "While the page was away");
  await journey.back();
  await expect(bell.badge).toHaveText("16");
  await bell.openList();
  await expect(bell.messages.first()).toHaveText("While the page was away");

  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("15");
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("16");
  await bell.call("loadMore");
  expect((await bell.ids()).length).toBeGreaterThan(6);
  expect(await sandbox.writes()).toEqual([]);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a dismissal that waits is sent when the page is left, and is not sent again", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
  site,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  const journey = await Journey.of(page, site);
  await journey.leave();
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await journey.back();
  await clock.pass(60_000);
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(first);
  expect(await sandbox.writes()).toEqual([[first, true]]);
});

test("a look that was under way begins anew, and nobody hears of it", async ({ browserName, page, bell, embed, sandbox, site }) => {
  test.skip(browserName === "firefox", "Firefox keeps no page with a request under way, even one that the page ends as it goes");
  await embed(bellOf(1004));
  await bell.ready();
  const journey = await Journey.of(page, site);
  await page.route("**/api/**", () => {}, { times: 1 });
  await bell.element.evaluate((element) => void (window.looked = element.refresh()));
  await journey.leave();
  await sandbox.create(1004, "While the page was away");
  await journey.back();
  await page.evaluate("looked");
  await expect(bell.badge).toHaveText("16");
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("another tab polls meanwhile and may say what it likes; afterwards one polls for both", async ({
  context,
  page,
  clock,
  bell,
  embed,
  sandbox,
  site,
}) => {
  await embed(bellOf(1004, { "poll-interval": 10 }));
  await bell.ready();
  const other = await anotherTab(context, embed, { "poll-interval": 10 });
  const journey = await Journey.of(page, site);
  await journey.leave();
  await sandbox.create(1004, "For the one that is left");
  await clock.pass(12_000);
  await expect(other.badge).toHaveText("16");
  await other.call("dismiss", (await other.ids())[0]);
  await journey.back();
  await expect(bell.badge).toHaveText("15");

  // The look that it makes when it is back is over after that.
  await bell.call("refresh");
  await sandbox.create(1004, "For both");
  await sandbox.forget();
  await clock.pass(11_500);
  await expect(bell.badge).toHaveText("16");
  await expect(other.badge).toHaveText("16");
  expect(await sandbox.lists()).toHaveLength(1);
});

test("what another tab dismissed and took back meanwhile is there again", async ({
  context,
  page,
  clock,
  bell,
  embed,
  site,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const other = await anotherTab(context, embed);
  const [first, second] = await other.ids();
  await other.call("dismiss", first);
  await expect(bell.badge).toHaveText("14");
  const journey = await Journey.of(page, site);
  await journey.leave();
  await other.call("restore", first);
  await other.call("dismiss", second);
  await expect(other.badge).toHaveText("14");
  await journey.back();
  await expect.poll(() => bell.ids()).toEqual(expect.arrayContaining([first]));
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(second);
  await clock.pass(8_000);
  await expect(bell.badge).toHaveText("14");
});

test("what another tab dismissed or restored in this browser only", async ({ context, page, bell, embed, site }) => {
  const local = { "dismiss-mode": "local" };
  await embed(bellOf(1004, local));
  await bell.ready();
  const other = await anotherTab(context, embed, local);
  const [first, second] = await other.ids();
  await other.call("dismiss", first);
  await other.element.evaluate((element) => element.remove());
  await expect(bell.badge).toHaveText("14");
  const journey = await Journey.of(page, site);
  await journey.leave();
  const third = await anotherTab(context, embed, local);
  await third.call("restore", first);
  await third.call("dismiss", second);
  await third.element.evaluate((element) => element.remove());
  await journey.back();
  await expect.poll(() => bell.ids()).toEqual(expect.arrayContaining([first]));
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(second);
});

test("a bell that is hidden and shows alerts holds nothing either", async ({ context, page, bell, embed, site }) => {
  await context.grantPermissions(["notifications"]);
  const attributes = { "desktop-alerts": true };
  await embed(bellOf(1004, attributes));
  await bell.ready();
  await anotherTab(context, embed, attributes);
  const journey = await Journey.of(page, site);
  await journey.leave();
  await journey.back();
  await bell.ready();
});

test("a token that comes while the page goes away is used when it is back", async ({
  page,
  bell,
  embed,
  sandbox,
  site,
}) => {
  await embed(`${bellOf(1004, { token: null })}
    <script>
      document.querySelector("coworker-notifications").tokenProvider = () =>
        new Promise((resolve) => (window.answer = () => resolve("member-1004")));
    </script>`);
  await bell.get("updateComplete");
  // Behind the bell's own listener.
  await page.evaluate(() => addEventListener("pagehide", () => answer()));
  const journey = await Journey.of(page, site);
  await journey.leave();
  expect(await sandbox.lists()).toEqual([]);
  await journey.back();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-error")).toEqual([]);
});
