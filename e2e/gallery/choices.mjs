// The states of what a member can choose: a row's menu, snooze, the dismissed view, preferences, arrivals.

import { expect } from "@playwright/test";

const MEMBER = { "coworker-id": 1004, token: "member-1004" };

async function openList({ bell, go }) {
  await go();
  await bell.openList();
}

/** Opens the menu of a row, and goes on to these pages of it. */
async function openMenu(stage, { row = 1, pages = [] } = {}) {
  await openList(stage);
  await stage.bell.items.nth(row).locator("[part~=menu-button]").click();
  for (const page of pages) {
    await stage.bell.part("menu-item").filter({ hasText: page }).click();
  }
  await expect(stage.bell.part("menu").locator("[role=menuitem], input").first()).toBeFocused();
}

/** Opens the dismissed view, with some dismissed and one snoozed, while the server has these faults. */
async function openDismissed({ bell, go, sandbox }, { dismissed = 0, faults } = {}) {
  await go();
  await bell.ready();
  const ids = await bell.ids();
  for (const id of ids.slice(0, dismissed)) await bell.call("dismiss", id);
  if (dismissed) {
    const tomorrow = () => new Date().setHours(33, 0, 0, 0);
    await bell.element.evaluate((element, [id, until]) => element.snooze(id, until), [ids[dismissed], tomorrow()]);
  }
  await bell.open();
  if (faults) await sandbox.faults(faults);
  await bell.part("view").last().click();
}

/** Has so many arrive while the panel is closed. */
async function arrive({ bell, sandbox, go }, count) {
  await go();
  await bell.ready();
  const messages = [
    ["blog", "Five minutes with Giulia Conti of Lantern Legal: this month's member story is out."],
    ["salto-locker", "Locker 34 was left open."],
    ["community-message", "Amina Kone wrote to you: “Is the blue bicycle by the stairs yours? It has been there for days.”"],
    ["coworkerinvoice", "Invoice 2026-118 is ready."],
    ["survey", "How was the breakfast with the harbour pilot?"],
  ];
  for (const [type, message] of messages.slice(0, count)) await sandbox.create(1004, message, { type });
  await bell.call("refresh");
  await expect(bell.part("toast")).toHaveCount(Math.min(count, 3));
}

const toast = (count, hold = () => {}) => ({
  attributes: { ...MEMBER, toasts: true },
  async arrange(stage) {
    // They go by themselves.
    await stage.page.clock.install();
    await arrive(stage, count);
    await hold(stage);
  },
});

/** In the words of any language: which item of the menu is pressed. */
const first = (stage) => stage.bell.part("menu-item").first().click();
const last = (stage) => stage.bell.part("menu-item").last().click();

export const CHOICES = {
  menu: { attributes: MEMBER, arrange: (stage) => openMenu(stage) },
  "menu-below": {
    attributes: MEMBER,
    async arrange(stage) {
      await openList(stage);
      await stage.page.keyboard.press("End");
      await stage.page.keyboard.press("Shift+F10");
      await expect(stage.bell.part("menu-item").first()).toBeFocused();
      await stage.page.keyboard.press("ArrowDown");
    },
  },
  snooze: {
    attributes: MEMBER,
    async arrange(stage) {
      await openMenu(stage);
      await first(stage);
      await expect(stage.bell.part("menu-item").first()).toBeFocused();
    },
  },
  "snooze-date": {
    attributes: MEMBER,
    async arrange(stage) {
      await openMenu(stage);
      await first(stage);
      await last(stage);
      await expect(stage.bell.part("menu").locator("input")).toBeFocused();
    },
  },
  snoozed: {
    attributes: MEMBER,
    async arrange(stage) {
      await stage.page.clock.install();
      await openMenu(stage);
      await first(stage);
      await first(stage);
      await expect(stage.bell.undo).toBeVisible();
    },
  },
  muted: {
    attributes: MEMBER,
    async arrange(stage) {
      await stage.page.clock.install();
      await openMenu(stage);
      await stage.bell.part("menu-item").nth(2).click();
      await expect(stage.bell.badge).toHaveText(/^(14|١٤)$/);
    },
  },
  dismissed: {
    attributes: { ...MEMBER, "dismiss-mode": "local" },
    async arrange(stage) {
      await stage.page.clock.install();
      await openDismissed(stage, { dismissed: 2 });
      await expect(stage.bell.part("restore")).toHaveCount(3);
      await stage.page.clock.runFor(7_000);
      await expect(stage.bell.undo).toHaveCount(0);
    },
  },
  "dismissed-empty": {
    attributes: { ...MEMBER, types: "survey" },
    async arrange(stage) {
      await openDismissed(stage);
      await expect(stage.bell.empty).toBeVisible();
    },
  },
  "dismissed-error": {
    attributes: MEMBER,
    async arrange(stage) {
      await openDismissed(stage, { faults: { status: 500 } });
      await expect(stage.bell.error).toBeVisible();
    },
  },
  "dismissed-loading": {
    attributes: MEMBER,
    async arrange(stage) {
      await openDismissed(stage, { faults: { delayMs: 8_000 } });
      await expect(stage.bell.element.locator(".skeleton")).toBeVisible();
    },
  },
  preferences: {
    attributes: { ...MEMBER, toasts: true, "desktop-alerts": true },
    async arrange(stage) {
      await openList(stage);
      await stage.bell.part("preferences-button").click();
      const switches = stage.bell.part("preferences").getByRole("switch");
      await switches.nth(2).click();
      await switches.nth(4).click();
      await switches.nth(3).focus();
    },
  },
  toast: toast(1),
  toasts: toast(3, ({ bell }) => bell.part("toast").nth(1).hover()),
  "toasts-more": toast(5, async ({ bell, page }) => {
    await bell.button.focus();
    await page.keyboard.press("Tab");
  }),
};
