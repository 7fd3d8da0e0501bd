// What arrives while the panel is closed is shown for a moment beside the bell.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { setHidden } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const toasts = (bell) => bell.part("toast");
const card = (bell) => bell.element.locator(".arrivals");
const closeOf = (toast) => toast.locator(`[part~="toast-close"]`);

/** Opens a page with a bell that shows arrivals. */
async function start({ bell, embed }, attributes = {}, options = {}) {
  await embed(bellOf(1004, { toasts: true, ...attributes }), options);
  await bell.ready();
}

/** Has these arrive at once; their ids. */
async function arrive({ bell, sandbox }, ...messages) {
  const ids = [];
  for (const message of messages) ids.push(await sandbox.create(1004, message));
  await bell.call("refresh");
  return ids;
}

test("an arrival is shown beside the bell, and said once", async ({ bell, embed, sandbox }) => {
  await start({ bell, embed });
  await expect(toasts(bell)).toHaveCount(0);
  const [id] = await arrive({ bell, sandbox }, "The lift works again");
  const toast = toasts(bell);
  await expect(toast).toHaveCount(1);
  await expect(toast).toContainText("The lift works again");
  await expect(toast).toHaveAttribute("data-id", `${id}`);
  await expect(toast).toHaveAccessibleName("Announcement");
  await expect(toast).toHaveAccessibleDescription("The lift works again");
  await expect(card(bell)).toHaveAccessibleName("Notifications");
  expect(await card(bell).evaluate((node) => node.matches(":popover-open"))).toBe(true);
  await expect(bell.live).toHaveText("1 new notification");
  expect(await card(bell).evaluate((node) => node.closest("[role=status],[role=alert],[aria-live]"))).toBe(null);
  await expect(card(bell).locator("[role=status],[role=alert],[aria-live]")).toHaveCount(0);
  await expect(bell.button).not.toBeFocused();
  const [above, below] = [await bell.button.boundingBox(), await card(bell).boundingBox()];
  expect(below.y - above.y - above.height).toBeCloseTo(8, 0);
});

test("without the attribute, with the panel open, or as a list of its own there is none", async ({ bell, embed, sandbox }) => {
  await start({ bell, embed }, { toasts: null });
  await arrive({ bell, sandbox }, "One");
  await bell.hears("cn-arrive");
  await expect(toasts(bell)).toHaveCount(0);

  await start({ bell, embed });
  await bell.openList();
  const [id] = await arrive({ bell, sandbox }, "Two");
  await expect(bell.item(id).first()).toBeVisible();
  await expect(toasts(bell)).toHaveCount(0);

  await start({ bell, embed }, { variant: "inline" });
  const [other] = await arrive({ bell, sandbox }, "Three");
  await expect(bell.item(other)).toBeVisible();
  await expect(toasts(bell)).toHaveCount(0);
});

test("the newest three are shown and the others counted in one line, which opens the panel", async ({ bell, embed, sandbox }) => {
  await start({ bell, embed });
  const ids = await arrive({ bell, sandbox }, "One", "Two", "Three", "Four", "Five");
  await expect(toasts(bell)).toHaveCount(3);
  const shown = await toasts(bell).evaluateAll((all) => all.map(({ dataset }) => Number(dataset.id)));
  expect(shown).toEqual(ids.toReversed().slice(0, 3));
  await expect(bell.part("toast-more")).toHaveText("2 more");
  await bell.part("toast-more").click();
  await expect(bell.panel).toBeVisible();
  await expect(card(bell)).toHaveCount(0);
});

test("it goes after six seconds", async ({ clock, bell, embed, sandbox }) => {
  await start({ bell, embed });
  await arrive({ bell, sandbox }, "One");
  await expect(toasts(bell)).toHaveCount(1);
  await clock.pass(4_000);
  await expect(toasts(bell)).toHaveCount(1);
  await clock.pass(4_000);
  await expect(toasts(bell)).toHaveCount(0);
});

for (const [how, hold, release] of [
  ["the pointer is on it", (toast) => toast.hover(), (page) => page.mouse.move(5, 500)],
  ["the keyboard is on it", (_, page) => page.keyboard.press("Tab"), (page) => page.keyboard.press("Shift+Tab")],
]) {
  test(`it stays while ${how}`, async ({ page, clock, bell, embed, sandbox }) => {
    await start({ bell, embed });
    await arrive({ bell, sandbox }, "One");
    await expect(toasts(bell)).toHaveCount(1);
    await page.keyboard.press("Tab");
    await expect(bell.button).toBeFocused();
    await hold(toasts(bell), page);
    await clock.pass(20_000);
    await expect(toasts(bell)).toHaveCount(1);
    await release(page);
    await clock.pass(4_000);
    await expect(toasts(bell)).toHaveCount(0);
  });
}

test("nothing is shown while the page is hidden", async ({ page, bell, embed, sandbox }) => {
  await start({ bell, embed });
  await arrive({ bell, sandbox }, "One");
  await expect(toasts(bell)).toHaveCount(1);
  await setHidden(page, true);
  await expect(toasts(bell)).toHaveCount(0);
});

test("a press selects as on a row, and follows the link", async ({ page, bell, embed, sandbox }) => {
  await start({ bell, embed }, { links: '{"*":"#{Id}"}' });
  const [first, second] = await arrive({ bell, sandbox }, "One", "Two");
  await toasts(bell).last().click();
  await expect(page).toHaveURL(new RegExp(`#${first}$`));
  await expect(toasts(bell)).toHaveCount(1);
  await toasts(bell).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`#${second}$`));
  const selected = await bell.hears("cn-select", 2);
  expect(selected.map(({ notification }) => notification.Id)).toEqual([first, second]);
  await expect(bell.badge).toHaveText("17");
});

test("what is closed stays in the list; the keyboard goes on from the next one, then from the bell", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await start({ bell, embed });
  await arrive({ bell, sandbox }, "One", "Two", "Three", "Four");
  await expect(toasts(bell)).toHaveCount(3);
  await expect(closeOf(toasts(bell).first())).toHaveAccessibleName("Close Announcement");
  await closeOf(toasts(bell).first()).click();
  await expect(toasts(bell)).toContainText(["Three", "Two", "One"]);
  await page.mouse.move(5, 500);
  await bell.button.focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Delete");
  await expect(toasts(bell)).toContainText(["Two", "One"]);
  await expect(toasts(bell).first()).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(toasts(bell)).toContainText(["One"]);
  await expect(toasts(bell)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(card(bell)).toHaveCount(0);
  await expect(bell.button).toBeFocused();
  await expect(bell.badge).toHaveText("19");
  expect(await bell.heard("cn-dismiss")).toEqual([]);
});

test("what is dismissed elsewhere goes", async ({ bell, embed, sandbox }) => {
  await start({ bell, embed });
  const [id] = await arrive({ bell, sandbox }, "One");
  await expect(toasts(bell)).toHaveCount(1);
  await bell.call("dismiss", id);
  await expect(toasts(bell)).toHaveCount(0);
});

for (const [where, attributes, head, size] of [
  ["320 px wide", {}, "", { width: 320, height: 480 }],
  ["from right to left", { locale: "ar" }, "<style>body { direction: rtl }</style>", { width: 320, height: 480 }],
  ["text at 200 %", {}, "<style>coworker-notifications { zoom: 2 }</style>", { width: 640, height: 640 }],
]) {
  test(`${where}: all of it is in view, and axe finds nothing wrong`, async ({ page, bell, embed, sandbox }) => {
    await page.setViewportSize(size);
    await start({ bell, embed }, attributes, { head });
    await arrive({ bell, sandbox }, "One", "Two ".repeat(60), "W".repeat(200), "Four");
    await expect(toasts(bell)).toHaveCount(3);
    await toasts(bell).first().hover();
    await expect
      .poll(() =>
        card(bell).evaluate((node) => {
          const { left, top, right, bottom } = node.getBoundingClientRect();
          return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        }),
      )
      .toBe(true);
    expect(await card(bell).evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => axe.run("coworker-notifications"));
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`)).toEqual([]);
  });
}

test("with reduced motion nothing moves, in forced colours the card has its outline", { tag: "@media" }, async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await page.emulateMedia({ reducedMotion: "reduce", forcedColors: "active" });
  await start({ bell, embed });
  await arrive({ bell, sandbox }, "One");
  await expect(toasts(bell)).toHaveCount(1);
  expect(await bell.element.evaluate((element) => element.shadowRoot.getAnimations().length)).toBe(0);
  await expect(card(bell)).toHaveCSS("border-top-style", "solid");
});

test.describe("by finger", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

  test("a swipe takes it away, and the notification stays", { tag: "@touch" }, async ({ page, bell, embed, sandbox }) => {
    await start({ bell, embed });
    await arrive({ bell, sandbox }, "One");
    await expect(toasts(bell)).toHaveCount(1);
    const { x, y, width, height } = await toasts(bell).boundingBox();
    const client = await page.context().newCDPSession(page);
    const touch = (type, ...touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
    const at = (step) => ({ x: x + width / 2 - step * 18, y: y + height / 2 });
    await touch("touchStart", at(0));
    for (let step = 1; step <= 10; step += 1) await touch("touchMove", at(step));
    await touch("touchEnd");
    await expect(toasts(bell)).toHaveCount(0);
    await expect(bell.badge).toHaveText("16");
    expect(await bell.heard("cn-select")).toEqual([]);
  });
});
