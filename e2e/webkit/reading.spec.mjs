import { LABELS } from "../support/types.mjs";
import { bellOf, test, expect } from "./support/test.mjs";

test("the bell counts, opens and lists; a press outside closes it", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<button id="outside" style="position: fixed; left: 10px; bottom: 10px">Outside</button>`);
  await expect(bell.badge).toHaveText("15");
  await bell.openList();
  await expect(bell.button).toHaveAttribute("aria-expanded", "true");
  await expect(bell.panel).toHaveAttribute("role", "dialog");
  await page.locator("#outside").click();
  await expect(bell.panel).toBeHidden();
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("all 15 types are listed, each with its icon and its label", async ({ page, bell, embed }) => {
  await page.setViewportSize({ width: 1200, height: 1000 });
  await embed(bellOf(1004), { head: "<style>coworker-notifications { --cn-panel-max-height: 1000px }</style>" });
  await bell.openList();
  const icons = new Set();
  for (const [type, label] of Object.entries(LABELS)) {
    const row = bell.element.locator(`[part~="item"][data-type="${type}"]`);
    await row.evaluate((row) => row.scrollIntoView({ block: "center" }));
    await expect(row.locator("[part~=label]")).toHaveText(label);
    icons.add(await row.locator("[part~=icon] svg").evaluate((icon) => icon.innerHTML));
  }
  // Two spellings each of "identity check failed" and "succeeded" look alike.
  expect(icons.size).toBe(13);
});

test("a filter shows the notifications of one type, and All shows all", async ({ bell, embed }) => {
  await embed(bellOf(1001));
  await bell.openList();
  const filter = bell.part("filter").nth(1);
  const [, label, count] = (await filter.textContent()).trim().match(/^(.*?)\s*(\d+)$/);
  await filter.click();
  await expect(bell.items).toHaveCount(Number(count));
  await expect(bell.labels.first()).toHaveText(label);
  await bell.part("filter").first().click();
  await expect.poll(() => bell.items.count()).toBeGreaterThan(Number(count));
});

test("10,000 loaded notifications: fewer than 60 rows in the DOM, wherever the list is scrolled", async ({
  bell,
  embed,
}) => {
  test.setTimeout(120_000);
  await embed(bellOf(1003, { "page-size": 100 }));
  await bell.openList();
  for (let tens = 0; tens < 10; tens += 1) {
    await bell.element.evaluate(async (element) => {
      for (let pages = 0; pages < 10; pages += 1) await element.loadMore();
    });
  }
  expect(await bell.ids()).toHaveLength(10_000);
  for (const top of [0, 200_000, 1e7, 12_345]) {
    await bell.element.locator(".scroller").evaluate((scroller, top) => void (scroller.scrollTop = top), top);
    await expect.poll(() => rowsInSight(bell)).toBeGreaterThan(2);
    expect(await bell.items.count()).toBeLessThan(60);
  }
});

/** How many rows can be seen, of those that should be there. */
const rowsInSight = (bell) =>
  bell.items.evaluateAll((rows) => {
    const scroller = rows[0]?.closest(".scroller").getBoundingClientRect();
    return rows.filter((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return bottom > scroller.top && top < scroller.bottom;
    }).length;
  });
