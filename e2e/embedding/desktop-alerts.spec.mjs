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
