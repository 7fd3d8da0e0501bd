import { bellOf, tag, test, expect } from "../support/test.mjs";

const WRONG = [
  ["page-size", "1000", "from 1 to 100"],
  ["page-size", "few", "from 1 to 100"],
  ["poll-interval", "-1", "from 0 to"],
  ["max-badge", "0", "from 1 to"],
  ["coworker-id", "Mateo", "a whole number above 0"],
  ["dismiss-mode", "remote", "auto, api, local"],
  ["push", "on", "auto, off"],
  ["theme", "mauve", "auto, light, dark"],
  ["placement", "left", "bottom-end"],
  ["variant", "modal", "popover, inline"],
  ["links", "{", "a JSON object"],
];

for (const [name, value, right] of WRONG) {
  test(`${name}="${value}" is told with what would be right, once`, async ({ bell, embed }) => {
    await embed(bellOf(1004, { [name]: value }));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(error.message).toContain(name);
    expect(error.message).toContain(value);
    expect(error.message).toContain(right);
    await bell.attribute("max-badge", "98");
    await bell.get("updateComplete");
    expect(await bell.heard("cn-error")).toHaveLength(1);
  });
}

test("the bell works all the same", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "page-size": "1000", theme: "mauve", links: "[]" }));
  await expect(bell.badge).toHaveText("15");
});

test("a wrong coworker id asks for nobody's notifications, and is not told again when a missing one would be", async ({
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(tag({ "api-base": "/", token: "member-1004", "coworker-id": "1004; DROP" }));
  await bell.hears("cn-error");
  await bell.open();
  await expect(bell.panel).toContainText("Waiting to learn whose notifications to show.");
  await clock.pass(60_000);
  expect(await bell.heard("cn-error")).toHaveLength(1);
  expect(await sandbox.lists()).toEqual([]);

  await bell.attribute("coworker-id", null);
  await clock.pass(31_000);
  const [, missing] = await bell.hears("cn-error", 2);
  expect(missing.message).toContain("has waited 30 seconds for a coworker");
});
