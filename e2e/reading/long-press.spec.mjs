import { bellOf, test, expect } from "../support/test.mjs";

test.use({ hasTouch: true, viewport: { width: 390, height: 800 } });

/** A finger on the first row. */
async function finger(page, bell) {
  const { x, y } = await bell.items.first().boundingBox();
  const client = await page.context().newCDPSession(page);
  const send = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  const at = (down = 0) => [{ x: x + 120, y: y + 20 + down }];
  return { down: () => send("touchStart", at()), move: () => send("touchMove", at(40)), up: () => send("touchEnd", []) };
}

test("a long press opens the row's menu, and is no press of the row", { tag: "@touch" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const { down, up } = await finger(page, bell);
  await down();
  await expect(bell.part("menu")).toBeVisible();
  await up();
  await expect(bell.part("menu-item").first()).toBeFocused();
  expect(await bell.heard("cn-select")).toEqual([]);
});

test("a finger that scrolls opens no menu", { tag: "@touch" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const { down, move, up } = await finger(page, bell);
  await down();
  await move();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
  await expect(bell.part("menu")).toHaveCount(0);
  await up();
});
