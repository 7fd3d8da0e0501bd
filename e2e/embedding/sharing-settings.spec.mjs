import { Bell, bellOf, test, expect } from "../support/test.mjs";

const both = (page) => [0, 1].map((n) => new Bell(page.locator("coworker-notifications").nth(n)));

test("elements of one member that show different types each show their own", async ({ page, embed }) => {
  await embed(bellOf(1004, { types: "blog" }) + bellOf(1004));
  const [one, two] = both(page);
  await expect(two.badge).toHaveText("15");
  await expect(one.badge).toHaveText("1");
  await one.attribute("types", "survey,course");
  await expect(one.badge).toHaveText("2");
  await expect(two.badge).toHaveText("15");
  await one.attribute("types", null);
  await expect(one.badge).toHaveText("15");
});

test("what is dismissed in one of them is gone from the other", async ({ page, embed }) => {
  await embed(bellOf(1004, { types: "blog" }) + bellOf(1004));
  const [one, two] = both(page);
  await expect(one.badge).toHaveText("1");
  await expect(two.badge).toHaveText("15");
  const [blog] = await one.ids();
  await two.call("dismiss", blog);
  await expect(two.badge).toHaveText("14");
  await expect(one.badge).toHaveCount(0, { timeout: 1_000 });
});

test("elements with different dismiss-modes keep to their own", async ({ page, clock, embed, sandbox }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }) + bellOf(1004, { "dismiss-mode": "api" }));
  const [local, api] = both(page);
  await expect(local.badge).toHaveText("15");
  await expect(api.badge).toHaveText("15");
  await expect.poll(() => local.ids()).toHaveLength(15);
  const [first, second] = await local.ids();
  await local.call("dismiss", first);
  await api.call("dismiss", second);
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toEqual([[second, true]]);
  await expect(local.badge).toHaveText("13");
  await expect(api.badge).toHaveText("13");
});

test("a change of types on the only element asks for nothing it has", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.attribute("types", "blog");
  await expect(bell.badge).toHaveText("1");
  expect(await sandbox.lists()).toHaveLength(1);
  expect(await bell.heard("cn-ready")).toHaveLength(1);
});
