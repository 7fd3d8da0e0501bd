import { bellOf, test, expect } from "../support/test.mjs";

test("a dismissal is written 6 seconds later, with the whole record", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [record] = await bell.get("notifications");
  await bell.dismissButton(bell.item(record.Id)).click();
  await expect(bell.undo).toContainText("Notification dismissed");
  await clock.pass(5_000);
  expect(await sandbox.writes()).toEqual([]);
  await clock.pass(1_500);
  await expect.poll(() => sandbox.writes()).toEqual([[record.Id, true]]);
  await expect(bell.undo).toHaveCount(0);

  const [{ body }] = await sandbox.requests(({ method }) => method === "PUT");
  expect(body).toEqual({
    Id: record.Id,
    CoworkerId: 1004,
    Message: record.Message,
    NotificationType: record.NotificationType,
    EntityId: record.EntityId,
    IsDismissed: true,
  });
});

test("each row has undo time of its own", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first, second] = await bell.ids();
  await bell.call("dismiss", first);
  await clock.pass(4_000);
  await bell.call("dismiss", second);
  await clock.pass(2_500);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await clock.pass(2_000);
  expect(await sandbox.writes()).toEqual([[first, true]]);
  await clock.pass(2_000);
  await expect
    .poll(() => sandbox.writes())
    .toEqual([
      [first, true],
      [second, true],
    ]);
});

test("Undo of one leaves the other dismissed", async ({ clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first, second] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await bell.dismissButton(bell.item(second)).click();
  await expect(bell.undo).toHaveCount(2);
  await bell.undoButton.first().click();
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.item(second)).toHaveCount(0);
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toEqual([[second, true]]);
});

test("a refresh while undo time runs does not bring the row back", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.call("refresh");
  expect(await bell.ids()).not.toContain(first);
  await expect(bell.badge).toHaveText("14");
});
