// Where the server has a stream, what arrives is there at once, and polling rests.

import { Bell, bellOf, test as base, expect } from "../support/test.mjs";
import { setHidden } from "../support/page.mjs";
import { StreamServer } from "../support/stream.mjs";

const test = base.extend({
  stream: async ({ sandbox }, use) => {
    const stream = await StreamServer.start(sandbox);
    await use(stream);
    await stream.stop();
  },
});

const through = (stream, attributes) => bellOf(1004, { "api-base": stream.url, ...attributes });

test("what arrives is shown at once, and nothing else is asked", async ({ clock, bell, embed, sandbox, stream }) => {
  await embed(through(stream, { "poll-interval": 5 }));
  await bell.ready();
  await expect.poll(() => stream.open).toBe(1);
  expect(stream.asked[0]).toMatchObject({ authorization: "Bearer member-1004", accept: "text/event-stream" });
  await clock.pass(2_000);
  await sandbox.forget();
  await clock.pass(30_000);
  expect(await sandbox.lists()).toHaveLength(0);
  await sandbox.create(1004, "By the stream");
  stream.changed(1);
  await expect(bell.badge).toHaveText("16");
  expect(await bell.hears("cn-arrive")).toHaveLength(1);
});

test("when it ends, the bell polls at once and opens it again where it was", async ({
  clock,
  bell,
  embed,
  sandbox,
  stream,
}) => {
  await embed(through(stream, { "poll-interval": 5 }));
  await expect.poll(() => stream.open).toBe(1);
  stream.changed(41);
  await expect.poll(() => sandbox.lists()).not.toHaveLength(1);
  stream.refuse(503);
  stream.end();
  await expect.poll(() => stream.open).toBe(0);
  await sandbox.create(1004, "Without the stream");
  await clock.pass(7_000);
  await expect(bell.badge).toHaveText("16");
  stream.refuse(undefined);
  await clock.pass(60_000);
  await expect.poll(() => stream.open).toBe(1);
  expect(stream.asked.at(-1)["last-event-id"]).toBe("41");
});

test("a stream that is silent for a minute has ended", async ({ clock, bell, embed, stream }) => {
  await embed(through(stream));
  await expect.poll(() => stream.open).toBe(1);
  await bell.ready();
  const { length } = stream.asked;
  for (let second = 0; second < 50; second += 25) {
    await clock.pass(25_000);
    stream.write(": 25 s\n\n");
    // The comment has to be there before more time passes.
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(stream.asked).toHaveLength(length);
  await clock.pass(75_000);
  await expect.poll(() => stream.asked.length).toBeGreaterThan(length);
});

for (const [what, status, headers, body] of [
  ["an error page", 200, { "content-type": "text/html" }, "<h1>Sign in</h1>"],
  ["404", 404, {}, ""],
  ["503", 503, { "retry-after": "20" }, ""],
]) {
  test(`instead of a stream ${what}: the bell polls, and says nothing`, async ({
    clock,
    bell,
    embed,
    sandbox,
    stream,
  }) => {
    stream.refuse(status, headers, body);
    await embed(through(stream, { "poll-interval": 5 }));
    await bell.ready();
    await sandbox.create(1004, "By polling");
    await clock.pass(7_000);
    await expect(bell.badge).toHaveText("16");
    expect(await bell.heard("cn-error")).toEqual([]);
    expect(stream.asked.length).toBeLessThan(8);
  });
}

test("one stream for two tabs; the other opens it when the first goes", async ({ context, embed, sandbox, stream }) => {
  const tabs = [];
  for (let number = 0; number < 2; number += 1) {
    const page = await context.newPage();
    await embed(through(stream), { on: page });
    const bell = new Bell(page.locator("coworker-notifications"));
    await expect(bell.badge).toHaveText("15");
    tabs.push({ page, bell });
  }
  await expect.poll(() => stream.open).toBe(1);
  await sandbox.create(1004, "For both");
  stream.changed(1);
  for (const { bell } of tabs) await expect(bell.badge).toHaveText("16");
  await tabs[0].page.close();
  await expect.poll(() => stream.open).toBe(1);
  await expect.poll(() => stream.asked.length).toBe(2);
  await sandbox.create(1004, "For the one that is left");
  stream.changed(2);
  await expect(tabs[1].bell.badge).toHaveText("17");
});

test("hidden, offline, removed, or with push=off there is none", async ({ context, page, bell, embed, stream }) => {
  await embed(through(stream));
  await expect.poll(() => stream.open).toBe(1);
  await setHidden(page, true);
  await expect.poll(() => stream.open).toBe(0);
  await setHidden(page, false);
  await expect.poll(() => stream.open).toBe(1);
  await context.setOffline(true);
  await expect.poll(() => bell.get("status")).toBe("offline");
  await context.setOffline(false);
  await expect.poll(() => stream.open).toBe(1);
  await bell.attribute("push", "off");
  await expect.poll(() => stream.open).toBe(0);
  await bell.attribute("push", null);
  await expect.poll(() => stream.open).toBe(1);
  await bell.element.evaluate((element) => element.remove());
  await expect.poll(() => stream.open).toBe(0);
});
