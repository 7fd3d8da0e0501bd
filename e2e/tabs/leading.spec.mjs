// Which of several tabs polls: one that can, and another as soon as it cannot.

import { Bell, bellOf, test, expect } from "../support/test.mjs";
import { setHidden } from "../support/page.mjs";

/** A tab with a ready bell. */
async function tab(context, embed, attributes) {
  const page = await context.newPage();
  await embed(bellOf(1004, attributes), { on: page });
  const bell = new Bell(page.locator("coworker-notifications"));
  await expect(bell.badge).toHaveText("15");
  return { page, bell };
}

const POLLS = { "poll-interval": 10 };

test("a tab that is set not to poll does not lead", async ({ context, clock, embed, sandbox }) => {
  await tab(context, embed, { "poll-interval": 0 });
  const other = await tab(context, embed, POLLS);
  await sandbox.create(1004, "For both");
  await clock.pass(12_000);
  await expect(other.bell.badge).toHaveText("16");
});

test("a tab whose token is refused does not lead, and takes over when it has a better one", async ({
  context,
  clock,
  embed,
  sandbox,
}) => {
  const one = await tab(context, embed, POLLS);
  const two = await tab(context, embed, POLLS);
  await one.bell.attribute("token", "wrong");
  await expect.poll(() => one.bell.get("status")).toBe("unauthorized");
  await sandbox.create(1004, "For the other");
  await clock.pass(12_000);
  await expect(two.bell.badge).toHaveText("16");
  await one.bell.attribute("token", "member-1004");
  await one.bell.ready();
  await two.page.close();
  await sandbox.create(1004, "For the one that is left");
  await clock.pass(12_000);
  await expect(one.bell.badge).toHaveText("17");
});

test("of two bells of one page the one with a good token polls", async ({ page, clock, embed, sandbox }) => {
  await embed(bellOf(1004, { token: "wrong", ...POLLS }) + bellOf(1004, { id: "good", ...POLLS }));
  const good = new Bell(page.locator("#good"));
  await expect(good.badge).toHaveText("15");
  await sandbox.create(1004, "For the good one");
  await clock.pass(12_000);
  await expect(good.badge).toHaveText("16");
});

test("a tab that is hidden lets the other poll at once, and leads again when the other goes", async ({
  context,
  clock,
  embed,
  sandbox,
}) => {
  const one = await tab(context, embed, POLLS);
  const two = await tab(context, embed, POLLS);
  await setHidden(one.page, true);
  await sandbox.create(1004, "For the one that is seen");
  await sandbox.forget();
  await clock.pass(11_500);
  await expect(two.bell.badge).toHaveText("16");
  expect(await sandbox.lists()).toHaveLength(1);
  await two.page.close();
  await setHidden(one.page, false);
  await sandbox.create(1004, "For the one that is left");
  await clock.pass(12_000);
  await expect(one.bell.badge).toHaveText("17");
});

test("a tab that hangs, as behind an open alert(), is replaced", async ({ context, clock, embed, sandbox }) => {
  const one = await tab(context, embed, POLLS);
  const two = await tab(context, embed, POLLS);
  // Its clock stands still: no timer runs, and nothing is asked for.
  await one.page.evaluate(() => {
    window.setTimeout = () => 0;
    window.fetch = () => new Promise(() => {});
    document.querySelector("coworker-notifications").refresh();
  });
  await sandbox.create(1004, "For the one that runs");
  await clock.pass(30_000);
  await expect(two.bell.badge).toHaveText("16");
});

test("no lock is held by a page that is hidden or about to be left", async ({ context, embed }) => {
  const one = await tab(context, embed);
  const held = () =>
    one.page.evaluate(async () => {
      const { held } = await navigator.locks.query();
      return held.filter(({ name }) => name.endsWith(":lead")).length;
    });
  await expect.poll(held).toBe(1);
  await setHidden(one.page, true);
  await expect.poll(held).toBe(0);
  await setHidden(one.page, false);
  await expect.poll(held).toBe(1);
  await one.page.evaluate(() => dispatchEvent(new Event("beforeunload")));
  await expect.poll(held).toBe(0);
});
