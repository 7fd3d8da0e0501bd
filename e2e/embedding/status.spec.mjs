import { bellOf, test, expect } from "../support/test.mjs";

test("loading, then ready", async ({ page, bell, embed }) => {
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  await page.route(/coworkernotifications\?/, async (route) => {
    await asked;
    await route.continue();
  });
  await embed(bellOf(1004));
  expect(await bell.get("status")).toBe("loading");
  await bell.open();
  await expect(bell.panel).toContainText("Loading notifications…");
  answer();
  await expect.poll(() => bell.get("status")).toBe("ready");
  await expect(page.getByText("Loading notifications…")).toHaveCount(0);
});

test("offline and back", async ({ context, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await context.setOffline(true);
  await expect.poll(() => bell.get("status")).toBe("offline");
  await bell.open();
  await expect(bell.error).toContainText("You’re offline.");
  await expect(bell.items.first()).toBeVisible();
  await sandbox.create(1004, "While you were away");
  await context.setOffline(false);
  await expect(bell.badge).toHaveText("16");
  expect(await bell.get("status")).toBe("ready");
  await expect(bell.error).toHaveCount(0);
});

for (const token of ["expired", "not-a-token"]) {
  test(`${token}: unauthorized, until a new token is set`, async ({ bell, embed }) => {
    await embed(bellOf(1004, { token }));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "unauthorized", status: 401, retryAt: null });
    expect(await bell.get("status")).toBe("unauthorized");
    await bell.call("refresh");
    expect(await bell.get("status")).toBe("unauthorized");
    await bell.set("token", "member-1004");
    await bell.ready();
    await expect(bell.badge).toHaveText("15");
    expect(await bell.heard("cn-ready")).toHaveLength(1);
  });
}

test("403: forbidden, told in words", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ status: 403 });
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "forbidden", status: 403, retryAt: null });
  expect(await bell.get("status")).toBe("forbidden");
  await bell.open();
  await expect(bell.error).toContainText("You don’t have access to notifications.");
  await sandbox.faults({});
  await bell.retry.click();
  await bell.ready();
  await expect(bell.error).toHaveCount(0);
});
