import { bellOf, test, expect } from "../support/test.mjs";

/** Remembers what the application's icon was told to show. */
function rememberBadge() {
  window.appBadges = [];
  Object.defineProperty(Navigator.prototype, "setAppBadge", {
    configurable: true,
    value: async (count) => void window.appBadges.push(count),
  });
}

const shown = (page) => page.evaluate(() => window.appBadges.at(-1));

test("title-badge puts the count on the application's icon, too", async ({ page, bell, embed }) => {
  await page.addInitScript(rememberBadge);
  await embed(bellOf(1004, { "title-badge": true }));
  await expect.poll(() => shown(page)).toBe(15);
  await bell.call("dismiss", (await bell.ids())[0]);
  await expect.poll(() => shown(page)).toBe(14);
});

for (const [what, end] of [
  ["is switched off", (element) => (element.titleBadge = false)],
  ["goes with its bell", (element) => element.remove()],
]) {
  test(`when title-badge ${what}, the count leaves the icon`, async ({ page, bell, embed }) => {
    await page.addInitScript(rememberBadge);
    await embed(bellOf(1004, { "title-badge": true }));
    await expect.poll(() => shown(page)).toBe(15);
    await bell.element.evaluate(end);
    await expect.poll(() => shown(page)).toBe(0);
    await expect(page).toHaveTitle("A page");
  });
}

test("of two bells the one that has the title has the icon, too", async ({ page, bell, embed, sandbox }) => {
  await sandbox.create(1002, "One");
  await page.addInitScript(rememberBadge);
  await embed(bellOf(1004, { "title-badge": true }) + bellOf(1002, { "title-badge": true, id: "other" }));
  await expect(page.locator("#other [part=badge]")).toHaveText("1");
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle(/^\((15|1)\) A page$/);
  const [, count] = /^\((\d+)\)/.exec(await page.title());
  await expect.poll(() => shown(page)).toBe(Number(count));

  const other = count === "15" ? 1 : 15;
  await page.evaluate((id) => (document.querySelector(id).titleBadge = false), other === 1 ? "coworker-notifications:not(#other)" : "#other");
  await expect.poll(() => shown(page)).toBe(other);
});

test("without title-badge the icon is left alone", async ({ page, bell, embed }) => {
  await page.addInitScript(rememberBadge);
  await embed(bellOf(1004));
  await bell.ready();
  expect(await page.evaluate(() => window.appBadges)).toEqual([]);
});

for (const [how, init] of [
  ["is missing", () => delete Navigator.prototype.setAppBadge],
  [
    "refuses",
    () =>
      Object.defineProperty(Navigator.prototype, "setAppBadge", {
        value: () => Promise.reject(new DOMException("no", "NotAllowedError")),
      }),
  ],
  [
    "throws",
    () =>
      Object.defineProperty(Navigator.prototype, "setAppBadge", {
        value() {
          throw new TypeError("no");
        },
      }),
  ],
]) {
  test(`where setAppBadge ${how}, the bell does without`, async ({ page, bell, embed }) => {
    const wrong = [];
    page.on("pageerror", (error) => wrong.push(error.message));
    await page.addInitScript(init);
    await embed(bellOf(1004, { "title-badge": true }));
    await expect(page).toHaveTitle("(15) A page");
    await expect(bell.badge).toHaveText("15");
    expect(wrong).toEqual([]);
  });
}
