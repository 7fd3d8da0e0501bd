// The states in which the bell is looked at. `arrange` opens the page with `go` and brings the bell there.

import { expect } from "@playwright/test";

import { CHOICES } from "./choices.mjs";

const signedIn = (coworker, more = {}) => ({ "coworker-id": coworker, token: `member-${coworker}`, ...more });

const LINKS = '{"blog":"/posts/{EntityId}","coworkerinvoice":"/invoices/{EntityId}"}';

/** One of each type, newest first. */
const TYPES = signedIn(1004, { links: LINKS });
const MANY = signedIn(1001, { links: LINKS, "page-size": 100 });

async function openList({ bell, go }) {
  await go();
  await bell.openList();
}

/** A panel in which a first look has failed. */
const failing = (faults, more = {}) => ({
  attributes: { ...MANY, ...more },
  async arrange({ bell, sandbox, go }) {
    await sandbox.faults(faults);
    await go();
    await bell.open();
    await expect(bell.error).toBeVisible();
  },
});

export const STATES = {
  closed: {
    attributes: MANY,
    async arrange({ bell, go }) {
      await go();
      await bell.ready();
    },
  },
  "closed-many": {
    attributes: signedIn(1003),
    async arrange({ bell, go }) {
      await go();
      await bell.ready();
      await bell.button.focus();
    },
  },
  open: { attributes: MANY, arrange: openList },
  types: { attributes: TYPES, arrange: openList },
  scrolled: {
    attributes: MANY,
    async arrange(stage) {
      await openList(stage);
      await stage.page.locator(".scroller").evaluate((node) => (node.scrollTop = 700));
      await stage.page.waitForFunction(() =>
        document.querySelector("coworker-notifications").shadowRoot.querySelector(".space"),
      );
    },
  },
  hover: {
    attributes: TYPES,
    async arrange(stage) {
      await openList(stage);
      await stage.bell.dismissButton(stage.bell.items.nth(2)).hover();
    },
  },
  keyboard: {
    attributes: TYPES,
    async arrange({ page, bell, go }) {
      await go();
      await bell.ready();
      await bell.button.focus();
      await page.keyboard.press("Enter");
      await expect(bell.items.first()).toBeFocused();
      await page.keyboard.press("ArrowDown");
    },
  },
  new: {
    attributes: signedIn(1004),
    async arrange({ bell, sandbox, go }) {
      await openList({ bell, go });
      await sandbox.create(1004, "Amina Kone wrote to you: “Is the blue bicycle by the stairs yours?”", {
        type: "community-message",
      });
      await sandbox.create(1004, "The lift is being serviced until noon. The stairs have the better view.");
      await bell.call("refresh");
      await expect(bell.badge).toHaveText("17");
      await bell.element.locator(".scroller").evaluate((node) => (node.scrollTop = 0));
    },
  },
  filtered: {
    attributes: TYPES,
    async arrange(stage) {
      await openList(stage);
      await stage.bell.part("filter").nth(3).click();
      await expect(stage.bell.items).toHaveCount(1);
    },
  },
  empty: {
    attributes: signedIn(1002),
    async arrange({ bell, go }) {
      await go();
      await bell.ready();
      await bell.open();
      await expect(bell.empty).toBeVisible();
    },
  },
  // Pressed before the program is there, which never comes.
  preview: {
    attributes: MANY,
    async arrange({ page, bell, go }) {
      await page.route("**/*.wasm", () => {});
      await go();
      await expect(bell.badge).toBeVisible();
      await bell.button.click();
      await expect(bell.element.locator(".preview p").first()).toBeVisible();
    },
  },
  loading: {
    attributes: MANY,
    async arrange({ bell, sandbox, go }) {
      await sandbox.faults({ delayMs: 8_000 });
      await go();
      await bell.open();
      await expect(bell.element.locator(".skeleton")).toBeVisible();
    },
  },
  undo: {
    attributes: MANY,
    async arrange(stage) {
      await stage.page.clock.install();
      await openList(stage);
      await stage.bell.dismissButton(stage.bell.items.first()).click();
      await expect(stage.bell.undo).toBeVisible();
    },
  },
  "undo-three": {
    attributes: MANY,
    async arrange(stage) {
      await stage.page.clock.install();
      await openList(stage);
      for (const count of [1, 2, 3]) {
        await stage.bell.dismissButton(stage.bell.items.first()).click();
        await expect(stage.bell.undo).toHaveCount(count);
      }
      await stage.bell.undoButton.last().focus();
    },
  },
  confirm: {
    attributes: MANY,
    async arrange(stage) {
      await openList(stage);
      await stage.bell.dismissAllButton.click();
      await expect(stage.bell.part("confirm")).toBeVisible();
    },
  },
  progress: {
    attributes: MANY,
    async arrange({ page, bell, sandbox, go }) {
      await page.clock.install();
      await openList({ bell, go });
      await bell.dismissAllButton.click();
      await bell.part("confirm").getByRole("button").first().click();
      await expect(bell.undo).toBeVisible();
      await sandbox.faults({ delayMs: 1_000, applyTo: "writes" });
      await page.clock.runFor(6_500);
      await expect(bell.element.locator("progress")).not.toHaveAttribute("value", "0");
    },
  },
  "row-failed": {
    attributes: signedIn(1004, { "dismiss-mode": "api" }),
    async arrange({ page, bell, sandbox, go }) {
      await page.clock.install();
      await sandbox.faults({ status: 500, applyTo: "writes" });
      await openList({ bell, go });
      await bell.dismissButton(bell.items.nth(1)).click();
      await page.clock.runFor(7_000);
      await expect(bell.element.locator(".failed")).toBeVisible();
    },
  },
  "error-network": failing({ drop: true }),
  "error-timeout": {
    attributes: MANY,
    async arrange({ page, bell, sandbox, go }) {
      await page.clock.install();
      await sandbox.faults({ delayMs: 40_000 });
      await go();
      await bell.open();
      await page.clock.runFor(16_000);
      await expect(bell.error).toBeVisible();
    },
  },
  "error-unauthorized": failing({ status: 401 }),
  "error-forbidden": failing({ status: 403 }),
  throttled: failing({ status: 429, retryAfter: "30" }),
  "error-server": failing({ status: 500 }),
  "error-decode": failing({ body: "html" }),
  "error-config": failing({}, { "api-base": "http://elsewhere.example" }),
  "error-over-list": {
    attributes: MANY,
    async arrange(stage) {
      await openList(stage);
      await stage.sandbox.faults({ status: 503, retryAfter: "300" });
      await stage.bell.call("refresh");
      await expect(stage.bell.error).toBeVisible();
    },
  },
  offline: {
    attributes: MANY,
    async arrange(stage) {
      await openList(stage);
      await stage.context.setOffline(true);
      await expect(stage.bell.error).toHaveAttribute("data-kind", "offline");
    },
  },
  "waiting-token": {
    attributes: { "coworker-id": 1001 },
    async arrange({ bell, go }) {
      await go();
      await bell.open();
      await expect(bell.part("waiting")).toBeVisible();
    },
  },
  "waiting-coworker": {
    attributes: { token: "member-1001" },
    async arrange({ bell, go }) {
      await go();
      await bell.open();
      await expect(bell.part("waiting")).toBeVisible();
    },
  },
  long: {
    attributes: signedIn(1002),
    async arrange({ bell, sandbox, go }) {
      await sandbox.create(1002, "A message of many words, one like the other. ".repeat(5_000), { type: "blog" });
      await sandbox.create(
        1002,
        "Your assembly minutes:\n\n1. The coffee machine stays.\n2. The second coffee machine goes, with our thanks.\n" +
          "3. Dogs are welcome on Fridays, cats whenever they please.\n4. The phone boxes get a lamp each.",
        { type: "community-thread" },
      );
      await openList({ bell, go });
      await bell.items.first().getByRole("button").first().click();
      await expect(bell.messages.first()).toContainText("lamp each");
    },
  },
  texts: {
    attributes: signedIn(1002),
    async arrange({ bell, sandbox, go }) {
      const texts = [
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(2),
        "Emoji: 👩🏽‍💻🎉🇵🇹 and a family 👨‍👩‍👧‍👦, and z̷a̷l̷g̷o̷",
        "مرحبا بكم في Harbour Works، الغرفة 12 جاهزة.",
        "The room “חדר הים” is booked for 12:30.",
        "<b>Not bold</b> <img src=x onerror=alert(1)> & so on",
        "https://example.com/a/very/long/address?with=a&query=that&never=ends&and=goes&on=and&on=1234567890",
      ];
      for (const text of texts) await sandbox.create(1002, text, { type: "community-message" });
      await openList({ bell, go });
      await expect(bell.items).toHaveCount(texts.length);
    },
  },
  alerts: {
    attributes: signedIn(1004, { "desktop-alerts": true }),
    init: () => Object.defineProperty(Notification, "permission", { get: () => "default" }),
    arrange: openList,
  },
  themed: {
    attributes: signedIn(1004),
    css: `coworker-notifications {
      --cn-accent: #7a2e8e; --cn-surface: #fff8ef; --cn-text: #2a1a10; --cn-muted: #6b5442; --cn-border: #e7d6c2;
      --cn-badge-bg: #7a2e8e; --cn-badge-text: #fff; --cn-radius: 2px; --cn-font: Georgia, serif;
      --cn-panel-width: 420px; --cn-panel-max-height: 500px; --cn-bell-size: 56px }`,
    arrange: openList,
  },
  slots: {
    attributes: signedIn(1002),
    async arrange({ page, bell, go }) {
      await go();
      await bell.element.evaluate((element) => {
        element.innerHTML = `<span slot="bell">📣</span><p slot="empty">Nobody wants anything from you.</p>
          <a slot="footer" href="#all">All notifications</a>`;
      });
      await bell.ready();
      await bell.open();
      await expect(page.getByText("Nobody wants")).toBeVisible();
    },
  },
  inline: {
    attributes: { ...MANY, variant: "inline" },
    body: (bell) => `<header><b>Harbour Works</b></header><main>${bell}</main>`,
    async arrange({ bell, go }) {
      await go();
      await expect(bell.items.first()).toBeVisible();
    },
  },
  "inline-scrolled": {
    attributes: { ...MANY, variant: "inline" },
    body: (bell) => `<header><b>Harbour Works</b></header><main>${bell}</main>`,
    async arrange({ page, bell, go }) {
      await page.clock.install();
      await go();
      await bell.dismissButton(bell.items.first()).click();
      await expect(bell.undo).toBeVisible();
      await page.evaluate(() => scrollTo(0, 900));
      await page.waitForFunction(() =>
        document.querySelector("coworker-notifications").shadowRoot.querySelector(".space"),
      );
    },
  },
  hostile: {
    attributes: MANY,
    css: `* { all: unset !important } body * { font-size: 8px; letter-spacing: .4em; text-transform: uppercase }
      button { display: none } div { color: lime; line-height: 3 } [part] { transform: rotate(9deg) } :host { display: none }`,
    arrange: openList,
  },
  "top-start": {
    attributes: { ...TYPES, placement: "top-start" },
    body: (bell) => `<div style="position: fixed; bottom: 16px; left: 80px">${bell}</div>`,
    arrange: openList,
  },
  broken: {
    attributes: { ...MANY, "fallback-href": "/notifications" },
    async arrange({ page, bell, go }) {
      await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
      await go();
      await expect(bell.element.locator("a[part=bell]")).toBeVisible();
    },
  },
  ...CHOICES,
};
