import { bellOf, test, expect } from "../support/test.mjs";

test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

/** A finger that goes down in the middle of an element, moves in small steps, and goes up. */
async function swipe(page, element, { across = 0, along = 0 }) {
  const { x, y, width, height } = await element.boundingBox();
  const client = await page.context().newCDPSession(page);
  const [startX, startY] = [x + width / 2, y + height / 2];
  const touch = (type, points) => client.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [{ x: startX, y: startY }]);
  for (let step = 1; step <= 10; step += 1) {
    await touch("touchMove", [{ x: startX + (across * step) / 10, y: startY + (along * step) / 10 }]);
  }
  await touch("touchEnd", []);
  await client.detach();
}

for (const [way, across] of [
  ["to the left", -180],
  ["to the right", 180],
]) {
  test(`a swipe ${way} dismisses a row, and it can be taken back`, { tag: "@touch" }, async ({ page, bell, embed }) => {
    await embed(bellOf(1004));
    await bell.openList();
    const [first] = await bell.ids();
    await swipe(page, bell.item(first), { across });
    await expect(bell.item(first)).toHaveCount(0);
    await expect(bell.badge).toHaveText("14");
    expect(await bell.heard("cn-dismiss")).toEqual([{ ids: [first] }]);
    expect(await bell.heard("cn-select")).toEqual([]);
    await bell.undoButton.click();
    await expect(bell.item(first)).toBeVisible();
  });
}

test("a short swipe changes nothing, and the row is back in its place", { tag: "@touch" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { links: '{"*":"#{Id}"}' }));
  await bell.openList();
  const row = bell.items.first();
  const before = await row.boundingBox();
  await swipe(page, row, { across: 60 });
  await expect.poll(async () => (await row.boundingBox()).x).toBe(before.x);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-dismiss")).toEqual([]);
  expect(await bell.heard("cn-select")).toEqual([]);
});

test("a finger that goes up or down scrolls the list", { tag: "@touch" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1001));
  await bell.openList();
  await swipe(page, bell.items.nth(3), { along: -200, across: -30 });
  await expect.poll(() => bell.element.locator(".scroller").evaluate((node) => node.scrollTop)).toBeGreaterThan(50);
  expect(await bell.heard("cn-dismiss")).toEqual([]);
});

test("a page that says no keeps the row", { tag: "@touch" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.evaluate(() => addEventListener("cn-dismiss", (event) => event.preventDefault()));
  const row = bell.items.first();
  const before = await row.boundingBox();
  await swipe(page, row, { across: 200 });
  await bell.hears("cn-dismiss");
  await expect.poll(async () => (await row.boundingBox()).x).toBe(before.x);
  await expect(bell.badge).toHaveText("15");
});

test("a tap activates", { tag: "@touch" }, async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.messages.first().tap();
  await bell.hears("cn-select");
});
