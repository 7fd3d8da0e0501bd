import { bellOf, test, expect } from "../support/test.mjs";

test("more than 10: the panel asks once, and Keep keeps them", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await bell.dismissAllButton.click();
  await expect(bell.panel).toContainText("Dismiss all 15 notifications?");
  await bell.panel.getByRole("button", { name: "Keep" }).click();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-dismiss")).toEqual([]);
});

test("asked and confirmed, all go; Undo brings all back", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.open();
  await bell.dismissAllButton.click();
  await bell.part("confirm").getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(bell.badge).toHaveCount(0);
  await expect(bell.empty).toBeVisible();
  await expect(bell.undo).toContainText("15 notifications dismissed");
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("15");
  await clock.pass(10_000);
  expect(await sandbox.writes()).toEqual([]);
});

test("10 or fewer: no question", async ({ bell, embed }) => {
  await embed(bellOf(1004, { types: "blog,survey,course" }));
  await bell.open();
  await bell.dismissAllButton.click();
  await expect(bell.badge).toHaveCount(0);
  expect((await bell.hears("cn-dismiss"))[0].ids).toHaveLength(3);
});

test("called by script it does not ask, and means all on the server, loaded or not", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "page-size": 5 }));
  await bell.ready();
  await bell.call("dismissAll");
  expect(await bell.ids()).toEqual([]);
  expect(await bell.get("unreadCount")).toBe(0);
  expect((await bell.hears("cn-dismiss"))[0].ids).toHaveLength(15);
  await clock.pass(6_500);
  await expect.poll(async () => (await sandbox.writes()).length).toBe(15);
  await expect.poll(() => sandbox.undismissed(1004)).toEqual([]);
});

test("no more than 4 writes at a time, with progress; what fails stays", async ({ page, bell, embed, sandbox }) => {
  await page.clock.install();
  let [now, most] = [0, 0];
  page.on("request", (request) => request.method() === "PUT" && (most = Math.max(most, ++now)));
  for (const end of ["requestfinished", "requestfailed"]) {
    page.on(end, (request) => request.method() === "PUT" && now--);
  }
  await embed(bellOf(1004));
  await bell.open();
  await bell.call("dismissAll");
  await sandbox.faults({ delayMs: 300, applyTo: "writes" });
  await page.clock.runFor(6_500);
  await expect(bell.part("progress")).toContainText(/Dismissing: \d+ of 15/);
  await sandbox.faults({ status: 500, applyTo: "writes", remaining: 2 });
  await expect(bell.badge).toHaveText("2");
  await expect(bell.items).toHaveCount(2);
  await expect(bell.items.first()).toContainText("Couldn’t be dismissed.");
  expect(most).toBe(4);
});

test("only what matches the types that are shown", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { types: "blog,survey" }));
  await bell.ready();
  await bell.call("dismissAll");
  await clock.pass(6_500);
  await expect.poll(async () => (await sandbox.writes()).length).toBe(2);
  await expect.poll(async () => (await sandbox.undismissed(1004)).length).toBe(13);
});
