// Tabs share one text in the browser's storage, which has no lock: browsers let each tab read a text that another has just
// replaced. What one tab overwrites, the others store again.

import { tabsOf } from "../support/tabs.mjs";
import { Bell, bellOf, test, expect } from "../support/test.mjs";

const LOCAL = { "dismiss-mode": "local" };
const KEY = "coworker-notifications:intents:";

const stored = (page) =>
  page.evaluate((key) => Object.entries(localStorage).find(([name]) => name.startsWith(key))?.[1], KEY);
const store = (page, text) =>
  page.evaluate(
    ([key, text]) => {
      const name = Object.keys(localStorage).find((name) => name.startsWith(key));
      if (text === undefined) localStorage.removeItem(name);
      else localStorage.setItem(name, text);
    },
    [KEY, text],
  );
const idsIn = (text) => JSON.parse(text ?? '{"intents":[]}').intents.map(([id]) => id);

test("what tabs dismiss in one moment is all stored", async ({ context, embed }) => {
  const tabs = await tabsOf(context, embed, 3, LOCAL);
  const dismissed = (await tabs[0].bell.ids()).slice(0, 12);
  await Promise.all(dismissed.map((id, index) => tabs[index % 3].bell.call("dismiss", id)));
  for (const { bell } of tabs) await expect(bell.badge).toHaveText("3");
  const lacking = async () => {
    const there = idsIn(await stored(tabs[0].page));
    return dismissed.filter((id) => !there.includes(id));
  };
  await expect.poll(lacking).toEqual([]);
});

test("what another tab overwrites is stored again, and kept for the next visit", async ({ context, embed }) => {
  const [one, two] = await tabsOf(context, embed, 2, LOCAL);
  const [first, second] = await one.bell.ids();
  await one.bell.call("dismiss", first);
  await expect.poll(async () => idsIn(await stored(two.page))).toEqual([first]);
  const old = await stored(two.page);
  await one.bell.call("dismiss", second);
  await expect(two.bell.badge).toHaveText("13");
  await expect.poll(async () => idsIn(await stored(two.page))).toHaveLength(2);
  await store(two.page, old);
  await expect.poll(async () => idsIn(await stored(two.page))).toEqual(expect.arrayContaining([first, second]));
  await one.page.close();
  await two.page.reload();
  await two.bell.ready();
  await expect(two.bell.badge).toHaveText("13");
});

test("what is stored is shown without a message from the tab that stored it", async ({ context, embed }) => {
  const [one] = await tabsOf(context, embed, 1, LOCAL);
  const [first] = await one.bell.ids();
  const page = await context.newPage();
  await page.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await embed(bellOf(1004, LOCAL), { on: page });
  const silent = new Bell(page.locator("coworker-notifications"));
  await silent.ready();
  await silent.call("dismiss", first);
  await expect(one.bell.badge).toHaveText("14");
});

test("without messages between tabs each writes what was done in it, once", async ({ context, clock, embed, sandbox }) => {
  await context.addInitScript(() => delete window.BroadcastChannel);
  const [one, two] = await tabsOf(context, embed, 2);
  const [first, second] = await one.bell.ids();
  await one.bell.call("dismiss", first);
  await expect(two.bell.badge).toHaveText("14");
  await two.bell.call("dismiss", second);
  await expect(one.bell.badge).toHaveText("13");
  await clock.pass(7_000);
  await expect.poll(async () => (await sandbox.writes()).length).toBe(2);
  await clock.pass(7_000);
  expect(new Map(await sandbox.writes())).toEqual(new Map([[first, true], [second, true]]));
  expect(await sandbox.writes()).toHaveLength(2);
});

for (const [what, text] of [
  ["what the page removes", undefined],
  ["over a text of a later version", '{"v":9}'],
]) {
  test(`${what}: nothing is stored again`, async ({ context, embed }) => {
    const [one, two] = await tabsOf(context, embed, 2, LOCAL);
    const [first] = await one.bell.ids();
    await one.bell.call("dismiss", first);
    await expect.poll(async () => idsIn(await stored(two.page))).toEqual([first]);
    await one.page.evaluate(() => {
      window.heard = new Promise((resolve) => addEventListener("storage", () => setTimeout(resolve)));
    });
    await store(two.page, text);
    await one.page.evaluate(() => window.heard);
    expect(await stored(one.page)).toBe(text);
  });
}
