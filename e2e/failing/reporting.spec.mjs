import { bellOf, test, expect } from "../support/test.mjs";

test("every cn-error has a kind, a status, a message and a time of the next try", async ({
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  for (const fault of [
    { status: 500 },
    { body: "html" },
    { drop: true },
    { status: 403 },
    { status: 429, retryAfter: "0" },
  ]) {
    await sandbox.faults(fault);
    await bell.call("refresh");
    await clock.pass(100);
  }
  const errors = await bell.heard("cn-error");
  expect(errors.length).toBeGreaterThanOrEqual(5);
  for (const error of errors) {
    expect(Object.keys(error).sort()).toEqual(["kind", "message", "retryAt", "status"]);
    expect(error.message).not.toContain("member-1004");
  }
});

test("nothing is written to the console, whatever goes wrong", async ({ page, bell, embed, sandbox }) => {
  const lines = [];
  // What the browser itself says of failed requests is not the bell's.
  page.on("console", (line) => line.text().startsWith("Failed to load resource") || lines.push(line.text()));
  page.on("pageerror", (error) => lines.push(error.message));
  await embed(bellOf(1004, { theme: "mauve" }));
  await bell.ready();
  for (const fault of [{ status: 500 }, { body: "garbage" }, { badRecord: true }]) {
    await sandbox.faults(fault);
    await bell.call("refresh");
  }
  await bell.attribute("token", null);
  await bell.element.evaluate((element) => element.remove());
  expect(lines).toEqual([]);
});
