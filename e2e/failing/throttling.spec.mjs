import { bellOf, test, expect } from "../support/test.mjs";

test("429: nothing is asked before Retry-After is over, whatever happens", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "poll-interval": 5 }));
  await bell.ready();
  await sandbox.faults({ status: 429, retryAfter: "40" });
  await bell.call("refresh");
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "throttled", status: 429 });
  const now = await page.evaluate(() => Date.now());
  expect(error.retryAt - now).toBeGreaterThan(35_000);
  expect(error.retryAt - now).toBeLessThanOrEqual(40_000);

  await sandbox.faults({});
  const { length } = await sandbox.lists();
  await bell.open();
  await expect(bell.error).toContainText("Too many requests. A short pause is needed.");
  await bell.retry.click();
  await bell.call("refresh");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await clock.pass(30_000);
  expect(await sandbox.lists()).toHaveLength(length);

  await clock.pass(12_000);
  await bell.ready();
  await expect(bell.error).toHaveCount(0);
});

test("a Retry-After that is a date", async ({ page, bell, embed, sandbox }) => {
  await sandbox.faults({ status: 429, retryAfter: new Date(Date.now() + 60_000).toUTCString() });
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  const wait = error.retryAt - (await page.evaluate(() => Date.now()));
  expect(wait).toBeGreaterThan(50_000);
  expect(wait).toBeLessThanOrEqual(61_000);
});

test("a Retry-After that is damaged counts as none", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ status: 429, retryAfter: "soon" });
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error.retryAt).toEqual(expect.any(Number));
});

test("a write that is throttled waits and is sent then, once", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await sandbox.faults({ status: 429, retryAfter: "20", applyTo: "writes" });
  await bell.call("dismiss", first);
  await clock.pass(6_500);
  await bell.hears("cn-error");
  await sandbox.faults({});
  await sandbox.forget();
  await clock.pass(15_000);
  expect(await sandbox.writes()).toEqual([]);
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  expect(await bell.get("unreadCount")).toBe(14);
});

test("the panel counts down to the next try", async ({ page, bell, embed, sandbox }) => {
  await page.clock.install();
  await sandbox.faults({ status: 429, retryAfter: "100" });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.error).toHaveAttribute("data-kind", "throttled");
  // Above a minute and a half in minutes, then in seconds, never in fewer than one.
  await expect(bell.error).toContainText("Trying again in 2 minutes.");
  const says = async () => Number((await bell.error.textContent()).match(/in (\d+) seconds?/)?.[1]);
  await page.clock.runFor(40_000);
  const first = await says();
  expect(first).toBeGreaterThan(50);
  expect(first).toBeLessThanOrEqual(60);
  await page.clock.runFor(10_000);
  expect(Math.abs((await says()) - (first - 10))).toBeLessThanOrEqual(1);
  await sandbox.faults({});
  await page.clock.runFor(55_000);
  await expect(bell.error).toHaveCount(0);
  await expect(bell.items.first()).toBeVisible();
});

for (const retryAfter of ["0", "Sun, 06 Nov 1994 08:49:37 GMT"]) {
  test(`a Retry-After of no time at all (${retryAfter}) is no leave to ask without pause`, async ({
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await embed(bellOf(1004));
    await bell.ready();
    await sandbox.faults({ status: 429, retryAfter });
    const { length } = await sandbox.lists();
    await bell.call("refresh");
    await bell.hears("cn-error");
    // By then half a second has passed at the least before each further try.
    await clock.pass(5_000);
    expect((await sandbox.lists()).length - length).toBeLessThanOrEqual(11);
  });
}

test("409 is how the vendor documents throttling: nothing fails, and nothing is asked before its time", async ({
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  await sandbox.faults({ status: 409, retryAfter: "30", applyTo: "reads" });
  await bell.call("refresh");
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "throttled", status: 409 });
  await sandbox.faults({});
  const { length } = await sandbox.lists();
  await clock.pass(25_000);
  expect(await sandbox.lists()).toHaveLength(length);
  await clock.pass(7_000);
  await bell.ready();
});

test("a write that meets 409 without a header that can be read waits and is sent, and its row stays away", async ({
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await sandbox.faults({ status: 409, applyTo: "writes", remaining: 2 });
  await bell.call("dismiss", first);
  await clock.pass(20_000);
  expect((await sandbox.record(first)).IsDismissed).toBe(true);
  expect(await bell.get("unreadCount")).toBe(14);
  expect(await bell.ids()).not.toContain(first);
  for (const error of await bell.heard("cn-error")) {
    expect(error).toMatchObject({ kind: "throttled", status: 409, retryAt: expect.any(Number) });
  }
});

test("the words of a throttled answer say how long to wait", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await page.route("**/api/spaces/**", (route) => route.fulfill({ status: 429, json: "Too many requests. Wait 40 seconds." }));
  await bell.call("refresh");
  const [error] = await bell.hears("cn-error");
  expect(error.message).toContain("Wait 40 seconds");
  const wait = error.retryAt - (await page.evaluate(() => Date.now()));
  expect(wait).toBeGreaterThan(35_000);
  expect(wait).toBeLessThanOrEqual(40_000);
});

test("a refusal that is a bare JSON string is passed on", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await page.route("**/api/spaces/**", (route) => route.fulfill({ status: 400, json: "The coworker is unknown." }));
  await bell.call("refresh");
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "server", status: 400 });
  expect(error.message).toContain("The coworker is unknown.");
});
