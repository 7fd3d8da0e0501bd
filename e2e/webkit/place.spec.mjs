// The list in pages that scroll, zoom and hide it, in the engine that keeps no reading place of its own.

import { bellOf, test, expect } from "./support/test.mjs";

const settled = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** The first row that begins in view below `edge`, and where. */
const readingPlace = (bell, edge) =>
  bell.items.evaluateAll(
    (rows, edge) =>
      rows
        .map((row) => ({ id: Number(row.dataset.id), top: row.getBoundingClientRect().top }))
        .find(({ top }) => top > edge),
    edge,
  );

const topOf = (bell, id) => bell.item(id).evaluate((row) => row.getBoundingClientRect().top);

/** How many places down the middle of the window show neither a row nor a heading of the list. */
const blanks = (bell) =>
  bell.element.evaluate(({ shadowRoot }) => {
    const { left, right } = shadowRoot.querySelector("[part=list]").getBoundingClientRect();
    let blank = 0;
    for (let y = 1; y < innerHeight; y += 10) {
      const at = shadowRoot.elementFromPoint((left + right) / 2, y);
      if (at?.matches("[part=list], section, [role=feed], .space")) blank += 1;
    }
    return blank;
  });

for (const [what, attributes, scroll] of [
  ["in the panel", {}, (top) => `document.querySelector("coworker-notifications").shadowRoot.querySelector(".scroller").scrollTop = ${top}`],
  ["inline", { variant: "inline" }, (top) => `document.scrollingElement.scrollTop = ${top}`],
]) {
  test(`${what}: what arrives above does not move what is read`, async ({ page, bell, embed, sandbox }) => {
    await embed(bellOf(1003, { "page-size": 100, ...attributes }));
    await bell.ready();
    if (!attributes.variant) await bell.open();
    await expect.poll(() => bell.items.count()).toBeGreaterThan(0);
    await page.evaluate((script) => void new Function(script)(), scroll(2_500));
    await settled(page);
    await expect.poll(() => blanks(bell)).toBe(0);
    const read = await readingPlace(bell, 200);
    for (const message of ["One arrives above", "Another, with more to say: ".repeat(20)]) {
      await sandbox.create(1003, message);
      await bell.call("refresh");
      await settled(page);
      expect(Math.abs((await topOf(bell, read.id)) - read.top)).toBeLessThan(2);
    }
  });
}

test("a page at half its size: rows all over the panel and the inline list", async ({ page, bell, embed }) => {
  await embed(bellOf(1003, { "page-size": 100, variant: "inline" }), { head: "<style>body { zoom: 0.5 }</style>" });
  await bell.ready();
  await expect.poll(() => blanks(bell)).toBe(0);
  await page.evaluate(() => void (document.scrollingElement.scrollTop = 1_500));
  await settled(page);
  await expect.poll(() => blanks(bell)).toBe(0);
});

test("inline in closed details: one list and few rows", async ({ page, bell, embed, sandbox }) => {
  const inline = bellOf(1003, { variant: "inline", "page-size": 100 });
  await embed(`<details><summary>More</summary>${inline}</details><div style="height: 9000px"></div>`);
  await bell.ready();
  for (let top = 0; top < 4_000; top += 400) {
    await page.evaluate((top) => void (document.scrollingElement.scrollTop = top), top);
    await settled(page);
  }
  expect(await sandbox.lists()).toHaveLength(1);
  expect(await bell.items.count()).toBeLessThan(20);
});

test("opened by mouse, the row that the keyboard comes to has a focus ring", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.keyboard.press("ArrowDown");
  await expect
    .poll(() => bell.element.evaluate(({ shadowRoot }) => shadowRoot.activeElement?.matches("[part=item]:focus-visible")))
    .toBe(true);
});

test("Arabic: the badge and the bell's name have the same digits", async ({ bell, embed }) => {
  await embed(bellOf(1004), { lang: "ar" });
  await bell.ready();
  await expect
    .poll(() =>
      bell.element.evaluate(({ shadowRoot }) => {
        const name = shadowRoot.querySelector("[part=bell]").getAttribute("aria-label");
        return /الإشعارات/.test(name) && name.includes(shadowRoot.querySelector("[part=badge]").textContent);
      }),
    )
    .toBe(true);
});
