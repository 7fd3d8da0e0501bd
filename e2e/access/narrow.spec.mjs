import { Bell, bellOf, test, expect } from "../support/test.mjs";

const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("320 px wide: everything can be reached, nothing sticks out", async ({ page, bell, embed }) => {
  await page.setViewportSize({ width: 320, height: 568 });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  const panel = await bell.panel.boundingBox();
  expect(panel.x).toBeGreaterThanOrEqual(0);
  expect(panel.x + panel.width).toBeLessThanOrEqual(320);
  expect(panel.y + panel.height).toBeLessThanOrEqual(568);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await bell.panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
  for (const part of ["dismiss", "dismiss-all", "close"]) {
    const box = await bell.part(part).first().boundingBox();
    expect(box.width, part).toBeGreaterThanOrEqual(24);
    expect(box.height, part).toBeGreaterThanOrEqual(24);
  }
  await bell.part("close").click();
  await expect(bell.panel).toBeHidden();
});

test("text at 200 %: nothing is cut off", async ({ page, bell, embed }) => {
  await embed(bellOf(1004), { head: "<style>html { font-size: 200% }</style>" });
  await bell.open();
  await page.evaluate(() => (document.body.style.zoom = 2));
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
});

test("with reduced motion nothing moves", async ({ page, bell, embed }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.element.evaluate((element) => element.shadowRoot.getAnimations().length)).toBe(0);
});

test("in forced colours the bell, badge and rows keep their outlines", async ({ page, bell, embed }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.badge).toBeVisible();
  await expect(bell.panel).not.toHaveCSS("border-top-width", "0px");
});

test("a finger finds the small buttons: what can be pressed is larger than what is seen", { tag: "@touch" }, async ({ browser, server, site }) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(server.url + site.page(bellOf(1004)));
  const bell = new Bell(page.locator("coworker-notifications"));
  await bell.openList();
  const [first] = await bell.ids();
  const { x, y, width } = await bell.dismissButton(bell.item(first)).boundingBox();
  await page.touchscreen.tap(x + width / 2, y - 4);
  await expect(bell.item(first)).toHaveCount(0);
  const chip = await bell.part("filter").first().boundingBox();
  expect(chip.height).toBeGreaterThanOrEqual(32);
  await context.close();
});
