import { bellOf, test, expect } from "../support/test.mjs";

test("while the write waits: taken back, nothing is sent", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const ids = await bell.ids();
  await bell.call("dismiss", ids[3]);
  await bell.call("restore", ids[3]);
  expect(await bell.ids()).toEqual(ids);
  await clock.pass(10_000);
  expect(await sandbox.writes()).toEqual([]);
});

test("of one already written: a PUT with IsDismissed false", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const ids = await bell.ids();
  await bell.call("dismiss", ids[3]);
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toEqual([[ids[3], true]]);
  await expect.poll(async () => (await sandbox.record(ids[3])).IsDismissed).toBe(true);

  await bell.call("restore", ids[3]);
  expect(await bell.ids()).toEqual(ids);
  await expect
    .poll(() => sandbox.writes())
    .toEqual([
      [ids[3], true],
      [ids[3], false],
    ]);
  await bell.call("refresh");
  expect(await bell.ids()).toEqual(ids);
  await expect(bell.badge).toHaveText("15");
});

test("of a local dismissal: for good", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.ready();
  const ids = await bell.ids();
  await bell.call("dismiss", ids[0]);
  await clock.pass(7_000);
  await bell.call("restore", ids[0]);
  expect(await bell.ids()).toEqual(ids);
  await page.reload();
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.writes()).toEqual([]);
});

test("restored by a call, it is neither announced nor told as an arrival", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  const said = await bell.live.textContent();
  await bell.call("restore", first);
  await expect(bell.badge).toHaveText("15");
  await clock.pass(70_000);
  expect(await bell.live.textContent()).toBe(said);
  expect(await bell.heard("cn-arrive")).toEqual([]);
});

test("of one dismissed before the page was opened: one read, one PUT", async ({ clock, bell, embed, sandbox }) => {
  const [, { Id: id }] = await sandbox.undismissed(1004);
  await sandbox.dismissElsewhere(id);
  await embed(bellOf(1004));
  await bell.ready();
  const before = await bell.ids();
  expect(before).not.toContain(id);
  await sandbox.forget();

  await bell.call("restore", id);
  await expect(bell.badge).toHaveText("15");
  const after = await bell.ids();
  expect([after[1], after.length]).toEqual([id, before.length + 1]);
  await expect.poll(async () => (await sandbox.record(id)).IsDismissed).toBe(false);
  const ids = (await sandbox.lists()).map(({ query }) => new URLSearchParams(query).get("id"));
  expect(ids.filter((some) => some !== null)).toEqual([`[${id}]`]);
  await clock.pass(70_000);
  expect(await bell.ids()).toEqual(after);
  expect(await sandbox.writes()).toEqual([[id, false]]);
  expect(await bell.heard("cn-arrive")).toEqual([]);
});
