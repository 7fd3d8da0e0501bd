import { bellOf, test, expect } from "../support/test.mjs";

for (const { lacks, attributes, words, name } of [
  { lacks: "a token", attributes: { token: null }, words: "Waiting for you to be signed in.", name: "token" },
  {
    lacks: "a coworker",
    attributes: { "coworker-id": null },
    words: "Waiting to learn whose notifications to show.",
    name: "coworker-id",
  },
]) {
  test(`without ${lacks} the bell stands, says what it waits for, and sends nothing`, async ({
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await embed(bellOf(1004, attributes));
    await bell.open();
    await expect(bell.panel).toContainText(words);
    await expect(bell.badge).toHaveCount(0);
    await expect(bell.error).toHaveCount(0);
    expect(await bell.get("status")).toBe("loading");

    await clock.pass(25_000);
    expect(await bell.heard("cn-error")).toEqual([]);
    await clock.pass(6_000);
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(error.message).toContain(name);

    await bell.attribute("max-badge", "9");
    await clock.pass(120_000);
    expect(await bell.heard("cn-error")).toHaveLength(1);
    expect(await sandbox.requests()).toEqual([]);
  });
}

test("methods resolve while the bell waits", async ({ bell, embed }) => {
  await embed(bellOf(1004, { token: null }));
  for (const method of ["refresh", "loadMore", "dismissAll"]) {
    await bell.call(method);
  }
  await bell.call("dismiss", 1);
  await bell.call("restore", 1);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a token that comes later is used at once, and nothing is complained about", async ({ clock, bell, embed }) => {
  await embed(bellOf(1004, { token: null }));
  await bell.get("updateComplete");
  await bell.attribute("token", "member-1004");
  await expect(bell.badge).toHaveText("15");
  await clock.pass(40_000);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a token that is taken away takes the list along", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.attribute("token", null);
  await expect(bell.badge).toHaveCount(0);
  expect(await bell.get("notifications")).toEqual([]);
});
