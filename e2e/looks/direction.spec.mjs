import { bellOf, test, expect } from "../support/test.mjs";

const ARABIC = { locale: "ar" };
const page = (attributes = {}) =>
  `<div dir="rtl" style="padding: 10px 500px">${bellOf(1004, { ...ARABIC, ...attributes })}</div>`;

const middle = async (locator) => {
  const { x, width } = await locator.boundingBox();
  return x + width / 2;
};

test("right to left: everything stands on the other side", async ({ bell, embed }) => {
  await embed(page(), { lang: "ar" });
  await bell.openList();
  const row = bell.items.first();
  const [icon, label, dismiss] = await Promise.all(
    ["icon", "label", "dismiss"].map((part) => middle(row.locator(`[part~=${part}]`))),
  );
  expect(icon).toBeGreaterThan(label);
  expect(label).toBeGreaterThan(dismiss);
  expect(await middle(bell.part("title"))).toBeGreaterThan(await middle(bell.dismissAllButton));
  expect(await middle(bell.part("filter").nth(0))).toBeGreaterThan(await middle(bell.part("filter").nth(1)));
  expect(await middle(bell.badge)).toBeLessThan(await middle(bell.button));
  const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
  expect(panel.x).toBeCloseTo(button.x, 0);
});

test("right to left: a message in English reads from left to right all the same", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1004, "The lift is being serviced.");
  await embed(page(), { lang: "ar" });
  await bell.openList();
  await expect(bell.messages.first()).toHaveCSS("direction", "ltr");
  await expect(bell.labels.first()).toHaveCSS("direction", "rtl");
});

test("right to left: arrow keys go the way they point", async ({ page: shown, bell, embed }) => {
  await embed(page(), { lang: "ar" });
  await bell.openList();
  const filters = bell.part("filter");
  await filters.first().focus();
  await shown.keyboard.press("ArrowLeft");
  await expect(filters.nth(1)).toBeFocused();
  await expect(filters.nth(1)).toHaveAttribute("aria-checked", "true");
  await shown.keyboard.press("ArrowRight");
  await expect(filters.first()).toBeFocused();
});

test("right to left: the list fits a phone", async ({ page: shown, bell, embed }) => {
  await shown.setViewportSize({ width: 320, height: 640 });
  await embed(bellOf(1004, ARABIC), { lang: "ar" });
  await bell.openList();
  const { x, width } = await bell.panel.boundingBox();
  expect([x, width]).toEqual([0, 320]);
  expect(await bell.panel.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
});
