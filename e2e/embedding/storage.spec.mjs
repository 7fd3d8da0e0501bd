import { bellOf, test, expect } from "../support/test.mjs";

test("neither a token nor a message is ever stored", async ({ page, clock, bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.openList();
  const message = (await bell.get("notifications"))[0].Message;
  await bell.dismissButton(bell.items.first()).click();
  await clock.pass(7_000);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).toContain("coworker-notifications:");
  expect(stored).not.toContain("member-1004");
  expect(stored).not.toContain(message.slice(0, 12));
  expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});

for (const [how, block] of [
  [
    "refused",
    () => {
      const refuse = {
        get() {
          throw new DOMException("denied", "SecurityError");
        },
      };
      Object.defineProperty(window, "localStorage", refuse);
      Object.defineProperty(window, "sessionStorage", refuse);
    },
  ],
  [
    "full",
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  ],
  [
    "absent",
    () => {
      Object.defineProperty(window, "localStorage", { value: null });
      Object.defineProperty(window, "sessionStorage", { value: null });
    },
  ],
]) {
  test(`the bell works where storage is ${how}`, async ({ page, clock, bell, embed, sandbox }) => {
    await page.addInitScript(block);
    await embed(bellOf(1004));
    await expect(bell.badge).toHaveText("15");
    await bell.open();
    await bell.dismissButton(bell.items.first()).click();
    await clock.pass(7_000);
    await expect.poll(() => sandbox.writes()).toHaveLength(1);
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

test("a local dismissal that cannot be stored is told once", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "storage", status: null });
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.badge).toHaveText("13");
  expect(await bell.heard("cn-error")).toHaveLength(1);
});

test("damaged storage costs what it held and nothing more", async ({ page, bell, embed }) => {
  const dismissLocally = bellOf(1004, { "dismiss-mode": "local" });
  await embed(dismissLocally);
  await bell.ready();
  await bell.call("dismiss", (await bell.ids())[0]);
  await embed("", { module: null });
  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) localStorage[key] = "{\u0000garbage";
  });
  await embed(dismissLocally);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-error")).toEqual([]);
});
