import { bellOf, test, expect } from "../support/test.mjs";

const WAIT = 60_000;

test("snooze() hides a notification until then; it comes back as an arrival", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  const [first] = await bell.ids();
  const until = await page.evaluate((wait) => Date.now() + wait, WAIT);
  await bell.element.evaluate((element, [id, until]) => element.snooze(id, new Date(until)), [first, until]);
  expect(await bell.heard("cn-snooze")).toEqual([{ ids: [first], until }]);
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(first);
  expect(await sandbox.writes()).toEqual([]);
  await clock.pass(WAIT + 5_000);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.ids()).toContain(first);
  const arrived = (await bell.heard("cn-arrive")).flatMap(({ notifications }) => notifications.map(({ Id }) => Id));
  expect(arrived).toContain(first);
  expect(await sandbox.writes()).toEqual([]);
});

test("a page can keep one from being snoozed", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.element.evaluate((element, id) => {
    element.addEventListener("cn-snooze", (event) => event.preventDefault());
    return element.snooze(id, Date.now() + 60_000);
  }, first);
  await expect(bell.badge).toHaveText("15");
});

test("a snoozed one is brought back by restore()", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.element.evaluate((element, id) => element.snooze(id, Date.now() + 60_000), first);
  await expect(bell.badge).toHaveText("14");
  await bell.call("restore", first);
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.writes()).toEqual([]);
});

for (const [what, until] of [
  ["in the past", "Date.now() - 1"],
  ["no date", "new Date('tomorrow')"],
  ["no number", "'soon'"],
  ["nothing", "undefined"],
  ["more than a year away", "Date.now() + 400 * 86_400_000"],
]) {
  test(`a time that is ${what} is refused by name`, async ({ bell, embed }) => {
    await embed(bellOf(1004));
    await bell.ready();
    const [first] = await bell.ids();
    const [message, value] = await bell.element.evaluate(
      async (element, [id, until]) => {
        const value = (0, eval)(until);
        return [await element.snooze(id, value).then(String, (error) => error.message), String(value)];
      },
      [first, until],
    );
    expect(message).toContain(what === "in the past" || what.startsWith("more") ? "is no time between" : value);
    await expect(bell.badge).toHaveText("15");
    expect(await bell.heard("cn-snooze")).toEqual([]);
  });
}

test("an id that nobody knows: nothing happens", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.element.evaluate((element) => element.snooze(1, Date.now() + 60_000));
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-snooze")).toEqual([]);
});
