import { setHidden } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

/** A browser that asks the member, and remembers what was shown. */
function stubNotifications(answer) {
  window.alerts = [];
  window.Notification = class {
    static permission = "default";
    static async requestPermission() {
      window.Notification.permission = answer;
      return answer;
    }
    constructor(title, options) {
      window.alerts.push({ title, ...options });
    }
  };
}

test("the panel offers them; granted, arrivals on a hidden page are shown", async ({ page, bell, embed, sandbox }) => {
  await page.addInitScript(stubNotifications, "granted");
  await embed(bellOf(1004, { "desktop-alerts": true }));
  await bell.open();
  await page.getByRole("button", { name: "Turn on desktop alerts" }).click();
  await expect(page.getByRole("button", { name: "Turn on desktop alerts" })).toHaveCount(0);

  await sandbox.create(1004, "Seen on the page");
  await bell.call("refresh");
  expect(await page.evaluate("alerts")).toEqual([]);

  await setHidden(page, true);
  const id = await sandbox.create(1004, "<b>Parcel</b>", { type: "salto-locker" });
  await bell.call("refresh");
  await expect
    .poll(() => page.evaluate("alerts"))
    .toEqual([{ title: "Locker", body: "<b>Parcel</b>", tag: expect.stringContaining(String(id)) }]);
});

test("denied, they are not offered again", async ({ page, bell, embed }) => {
  await page.addInitScript(stubNotifications, "denied");
  await embed(bellOf(1004, { "desktop-alerts": true }));
  await bell.open();
  await page.getByRole("button", { name: "Turn on desktop alerts" }).click();
  await expect(page.getByRole("button", { name: "Turn on desktop alerts" })).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
});

test("without the attribute nobody is asked", async ({ page, bell, embed }) => {
  await page.addInitScript(stubNotifications, "granted");
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Turn on desktop alerts" })).toHaveCount(0);
});

test("while the page is hidden it looks for them, less than once a minute", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await page.addInitScript(stubNotifications, "granted");
  await page.addInitScript(() => (window.Notification.permission = "granted"));
  await embed(bellOf(1004, { "desktop-alerts": true, "poll-interval": 5 }));
  await bell.ready();
  await setHidden(page, true);
  await sandbox.create(1004, "While nobody looked");
  await sandbox.forget();
  await clock.pass(60_000);
  expect(await sandbox.lists()).toEqual([]);
  await clock.pass(30_000);
  await expect.poll(() => page.evaluate("alerts.map(({ body }) => body)")).toEqual(["While nobody looked"]);
  expect(await sandbox.lists()).toHaveLength(1);
});

test("not allowed, a hidden page does not look", async ({ page, clock, bell, embed, sandbox }) => {
  await page.addInitScript(stubNotifications, "denied");
  await embed(bellOf(1004, { "desktop-alerts": true, "poll-interval": 5 }));
  await bell.ready();
  await setHidden(page, true);
  await sandbox.forget();
  await clock.pass(600_000);
  expect(await sandbox.lists()).toEqual([]);
});
