import { bellOf, test, expect } from "./support/test.mjs";

/** What has focus, through shadow roots: a row's id, a part's name or an element's id. */
const focus = (page) =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.dataset?.id ?? active?.getAttribute("part") ?? active?.id ?? null;
  });

const focused = (page) => expect.poll(() => focus(page));

test("by keyboard alone: opened, walked, a row dismissed, closed, and focus is where it began", async ({
  page,
  bell,
  embed,
}) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.button.focus();
  await page.keyboard.press("Enter");
  await expect(bell.panel).toBeVisible();
  const ids = (await bell.ids()).map(String);
  await focused(page).toBe(ids[0]);
  for (const [key, row] of [
    ["ArrowDown", 1],
    ["ArrowUp", 0],
    ["End", 14],
    ["ArrowDown", 14],
    ["Home", 0],
    ["ArrowDown", 1],
  ]) {
    await page.keyboard.press(key);
    await focused(page).toBe(ids[row]);
  }
  await page.keyboard.press("Delete");
  await expect(bell.item(Number(ids[1]))).toHaveCount(0);
  await focused(page).toBe(ids[2]);
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
  await focused(page).toBe("bell");
});

test("Enter activates a row", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { links: '{"*":"#{Id}"}' }));
  await bell.openList();
  const [first] = await bell.ids();
  await focused(page).toBe(String(first));
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate("location.hash")).toBe(`#${first}`);
  await expect(bell.panel).toBeHidden();
});

test("opened by mouse and gone on with by keyboard, the row with focus can be told from the others", async ({
  page,
  bell,
  embed,
}) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [, second, third] = await bell.ids();
  const outline = (id) => bell.item(id).evaluate((row) => getComputedStyle(row).outlineStyle);
  for (const id of [second, third]) {
    await page.keyboard.press("ArrowDown");
    await focused(page).toBe(String(id));
    expect(await outline(id)).not.toBe("none");
  }
});
