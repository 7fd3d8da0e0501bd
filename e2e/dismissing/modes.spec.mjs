import { bellOf, test, expect } from "../support/test.mjs";

const dismissFirst = async (clock, bell) => {
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await clock.pass(6_500);
  return first;
};

test("local: kept in this browser, over reloads, and never sent", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.ready();
  const first = await dismissFirst(clock, bell);
  await expect(bell.badge).toHaveText("14");
  await page.reload();
  await expect(bell.badge).toHaveText("14");
  expect(await bell.ids()).not.toContain(first);
  await clock.pass(30_000);
  expect(await sandbox.writes()).toEqual([]);
});

for (const refuseWrites of [403, 404, 405, 501]) {
  test(`auto: where writes are refused with ${refuseWrites}, kept in this browser, and not tried again in the session`, async ({
    page,
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await sandbox.faults({ refuseWrites });
    await embed(bellOf(1004));
    await bell.ready();
    const first = await dismissFirst(clock, bell);
    await expect.poll(() => sandbox.writes()).toHaveLength(1);
    const second = await dismissFirst(clock, bell);
    await clock.pass(60_000);
    expect(await sandbox.writes()).toHaveLength(1);
    expect(await bell.heard("cn-error")).toEqual([]);
    await expect(bell.badge).toHaveText("13");

    await page.reload();
    await expect(bell.badge).toHaveText("13");
    const third = await dismissFirst(clock, bell);
    await clock.pass(60_000);
    expect(await sandbox.writes()).toHaveLength(1);
    for (const id of [first, second, third]) {
      expect(await bell.ids()).not.toContain(id);
    }
  });

  test(`api: a write refused with ${refuseWrites} brings the row back with an error`, async ({
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await sandbox.faults({ refuseWrites });
    await embed(bellOf(1004, { "dismiss-mode": "api" }));
    await bell.open();
    await expect(bell.badge).toHaveText("15");
    const first = await dismissFirst(clock, bell);
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ status: refuseWrites, retryAt: null });
    await expect(bell.item(first).locator(`[part="error"]`)).toContainText("Couldn’t be dismissed.");
    await expect(bell.badge).toHaveText("15");

    await sandbox.faults({});
    await bell.item(first).locator(`[part="retry"]`).click();
    await expect(bell.item(first)).toHaveCount(0);
    await expect.poll(async () => (await sandbox.writes()).length).toBe(2);
    await expect(bell.badge).toHaveText("14");
  });
}

test("a token that may not write: dismissals are local", async ({ page, clock, bell, embed }) => {
  await embed(bellOf(1004, { token: "reader-1004" }));
  await bell.ready();
  await dismissFirst(clock, bell);
  await expect(bell.badge).toHaveText("14");
  await page.reload();
  await expect(bell.badge).toHaveText("14");
  expect(await bell.heard("cn-error")).toEqual([]);
});

for (const [what, fault, kind] of [
  ["500", { status: 500, applyTo: "writes" }, "server"],
  ["WasSuccessful: false under HTTP 200", { envelopeFailure: true }, "server"],
  ["a cut connection", { drop: true, applyTo: "writes" }, "network"],
]) {
  test(`auto: a write that fails with ${what} brings the row back with an error`, async ({
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await sandbox.faults(fault);
    await embed(bellOf(1004));
    await bell.open();
    await expect(bell.badge).toHaveText("15");
    const first = await dismissFirst(clock, bell);
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind, retryAt: null });
    await expect(bell.item(first)).toContainText("Couldn’t be dismissed.");
    await expect(bell.badge).toHaveText("15");
    expect(await bell.ids()).toContain(first);
  });
}
