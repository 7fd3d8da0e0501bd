import { fileURLToPath } from "node:url";

import { bellOf, test, expect } from "./support/test.mjs";

test.use({ binary: fileURLToPath(new URL("support/narrow.py", import.meta.url)) });

test("320 px wide: everything can be reached, nothing sticks out", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { locale: "de" }), { lang: "de" });
  expect(await page.evaluate("innerWidth")).toBe(320);
  await bell.openList();
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const panel = await bell.panel.boundingBox();
  expect(panel.x).toBeGreaterThanOrEqual(0);
  expect(panel.x + panel.width).toBeLessThanOrEqual(320);
  const sideways = (node) => node.scrollWidth - node.clientWidth;
  expect(await bell.element.locator(".scroller").evaluate(sideways)).toBeLessThanOrEqual(0);
  const first = bell.items.first();
  await bell.dismissButton(first).click();
  await expect(bell.badge).toHaveText("14");
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("15");
});
