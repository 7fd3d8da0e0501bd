import { bellOf, test, expect } from "../support/test.mjs";

for (const dir of ["one-is-descending", "one-is-ascending", "words", "ignored"]) {
  test(`newest first where dir is taken as ${dir}`, async ({ bell, embed, sandbox }) => {
    await sandbox.faults({ dir });
    await embed(bellOf(1004, { "page-size": 5 }));
    await bell.ready();
    await sandbox.faults({});
    const newest = (await sandbox.undismissed(1004)).map(({ Id }) => Id);
    await sandbox.faults({ dir });
    expect((await bell.ids()).slice(0, 5)).toEqual(newest.slice(0, 5));
    await bell.call("loadMore");
    await bell.call("loadMore");
    expect(await bell.ids()).toEqual(newest);

    const id = await sandbox.create(1004, "The newest");
    await bell.call("refresh");
    expect((await bell.ids())[0]).toBe(id);
    expect(await bell.get("unreadCount")).toBe(16);
  });
}

test("what was learnt of the server is remembered for the session", async ({ page, bell, embed, sandbox }) => {
  await sandbox.faults({ dir: "ignored" });
  await embed(bellOf(1003));
  await bell.ready();
  await sandbox.forget();
  await page.reload();
  await bell.ready();
  // Once to hear how many pages there are, once for the last.
  expect((await sandbox.lists()).length).toBeLessThanOrEqual(3);
});

test("a server that gives smaller pages than asked for loses nothing", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ maxPageSize: 4 });
  await embed(bellOf(1004));
  await bell.ready();
  for (let page = 0; page < 4; page += 1) {
    await bell.call("loadMore");
  }
  expect(await bell.get("notifications")).toHaveLength(15);
});
