// A page with keyboard shortcuts of its own, which it does not want while somebody types.

import { bellOf, test, expect } from "../../support/test.mjs";

const SHORTCUTS = `<script>
  window.shortcuts = [];
  for (const type of ["keydown", "keypress", "keyup"])
    document.addEventListener(type, (event) => {
      if (event.target.matches("input, textarea")) return;
      window.shortcuts.push(event.key);
      if (/^\\d$|^Arrow/.test(event.key)) event.preventDefault();
    });
</script>`;

test("what is typed into the field for a moment is no shortcut", async ({ page, bell, embed }) => {
  await embed(bellOf(1004), { head: SHORTCUTS });
  await bell.openList();
  await bell.items.first().locator("[part~=menu-button]").click();
  await bell.part("menu-item").first().click();
  await bell.part("menu-item").last().click();
  const field = bell.element.locator("#cn-until");
  await field.focus();
  const before = await field.inputValue();
  await page.evaluate(() => void (window.shortcuts.length = 0));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("7");
  expect(await field.inputValue()).not.toBe(before);
  expect(await page.evaluate(() => window.shortcuts)).toEqual([]);
  // Escape is still one for everybody.
  await page.keyboard.press("Escape");
  await expect(bell.part("menu")).toHaveCount(0);
  expect(await page.evaluate(() => window.shortcuts)).toContain("Escape");
});
