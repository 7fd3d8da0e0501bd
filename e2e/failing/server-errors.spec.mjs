import { bellOf, test, expect } from "../support/test.mjs";

for (const { fault, kind, status, words } of [
  { fault: { status: 500 }, kind: "server", status: 500, words: "The server has a problem." },
  { fault: { status: 503 }, kind: "server", status: 503, words: "The server has a problem." },
  { fault: { body: "html" }, kind: "decode", status: 200, words: "The server’s answer can’t be read." },
  { fault: { body: "empty" }, kind: "decode", status: 200, words: "The server’s answer can’t be read." },
  { fault: { body: "truncated" }, kind: "decode", status: 200, words: "The server’s answer can’t be read." },
  { fault: { body: "garbage" }, kind: "decode", status: 200, words: "The server’s answer can’t be read." },
  { fault: { drop: true }, kind: "network", status: null, words: "The server can’t be reached." },
]) {
  test(`${JSON.stringify(fault)}: said in words, the list stays, and Retry brings it back`, async ({
    page,
    bell,
    embed,
    sandbox,
  }) => {
    await page.clock.install();
    await embed(bellOf(1004));
    await expect(bell.badge).toHaveText("15");
    await page.clock.pauseAt(new Date(Date.now() + 3_600_000));
    await sandbox.faults(fault);
    await bell.call("refresh");

    const error = (await bell.heard("cn-error")).at(-1);
    expect(error).toMatchObject({ kind, status, retryAt: expect.any(Number) });
    expect(error.message).toMatch(/^[A-Z]/);
    expect(await bell.get("status")).toBe("error");
    await bell.call("show");
    await expect(bell.error).toContainText(words);
    await expect(bell.items.first()).toBeVisible();
    await expect(bell.badge).toHaveText("15");

    await sandbox.faults({});
    await bell.retry.click();
    await bell.ready();
    await expect(bell.error).toHaveCount(0);
  });
}

test("the first list that fails: the panel says so in place of rows", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ body: "html" });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.error).toContainText("The server’s answer can’t be read.");
  await expect(bell.items).toHaveCount(0);
  await expect(bell.empty).toHaveCount(0);
  await expect(bell.badge).toHaveCount(0);
  expect(await bell.heard("cn-ready")).toEqual([]);
});

test("retries come by themselves, further and further apart", async ({ clock, bell, embed, sandbox }) => {
  await sandbox.faults({ status: 500 });
  await embed(bellOf(1004));
  await bell.hears("cn-error");
  for (let tries = 2; tries < 6; tries += 1) {
    // The longest wait doubles from 1 s on.
    await clock.pass(1_000 * 2 ** (tries - 2) + 600);
    await expect.poll(async () => (await sandbox.lists()).length).toBeGreaterThanOrEqual(tries);
    await expect.poll(async () => (await bell.heard("cn-error")).length).toBeGreaterThanOrEqual(tries);
  }
  await sandbox.faults({});
  await clock.pass(300_000);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-ready")).toHaveLength(1);
});

test("no answer for 15 seconds: timeout, and the request is given up", async ({ page, bell, embed, sandbox }) => {
  await page.clock.install();
  await sandbox.faults({ delayMs: 25_000 });
  await embed(bellOf(1004));
  await bell.get("updateComplete");
  await page.clock.runFor(13_000);
  expect(await bell.heard("cn-error")).toEqual([]);
  await page.clock.runFor(2_500);
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "timeout", status: null, retryAt: expect.any(Number) });
  await bell.open();
  await expect(bell.error).toContainText("The server took too long to answer.");
  expect((await sandbox.lists())[0].status).toBeNull();
});

test("one record that cannot be read is skipped and told once; the others show", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ badRecord: true });
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "decode", retryAt: null });
  expect(error.message).toContain("could not be read");
  await bell.openList();
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.error).toHaveCount(0);
  expect((await bell.get("notifications")).length).toBeGreaterThanOrEqual(14);
  expect(await bell.get("status")).toBe("ready");
  await bell.call("refresh");
  expect(await bell.heard("cn-error")).toHaveLength(1);
});
