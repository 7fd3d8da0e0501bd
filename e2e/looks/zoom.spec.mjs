import { bellOf, test, expect } from "../support/test.mjs";

/** Sizes at which a page of 1280 by 800 is seen when it is enlarged (WCAG 1.4.4 Resize Text, 1.4.10 Reflow). */
const ENLARGED = {
  "200 %": { width: 640, height: 400 },
  "400 %": { width: 320, height: 200 },
};

/** The page can scroll neither sideways nor can anything in the panel. */
async function expectNoSidewaysScrolling(page, bell) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  for (const part of [bell.panel, bell.element.locator(".scroller")]) {
    expect(await part.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
  }
}

for (const [zoom, viewport] of Object.entries(ENLARGED)) {
  test(`enlarged to ${zoom}: everything is in view or can be scrolled to`, async ({ page, bell, embed }) => {
    await page.setViewportSize(viewport);
    await embed(bellOf(1001, { "page-size": 100 }));
    await bell.openList();
    await expectNoSidewaysScrolling(page, bell);
    const box = await bell.panel.boundingBox();
    expect(box.y).toBeGreaterThanOrEqual(0);
    expect(box.y + box.height).toBeLessThanOrEqual(viewport.height);
    await page.keyboard.press("End");
    const last = (await bell.ids()).at(-1);
    await expect(bell.item(last)).toBeInViewport({ ratio: 0.3 });
    await bell.dismissAllButton.click();
    await expect(bell.part("confirm").getByRole("button").first()).toBeInViewport({ ratio: 1 });
    await expect(bell.part("confirm").getByRole("button").last()).toBeInViewport({ ratio: 1 });
  });
}

test("a reader's larger text makes the panel larger, and nothing is cut", async ({ page, bell, embed }) => {
  // What "medium" is, is the reader's choice; a part's own rule stands in for it here.
  await embed(bellOf(1004), { head: "<style>coworker-notifications::part(panel) { font-size: 32px }</style>" });
  await bell.openList();
  await expectNoSidewaysScrolling(page, bell);
  const cut = await bell.element.evaluate((element) =>
    [...element.shadowRoot.querySelectorAll("[part~=label], [part~=time], [part~=title], [part~=filter]")]
      .filter((node) => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflowX !== "visible")
      .map((node) => node.textContent),
  );
  expect(cut).toEqual([]);
});

test("320 px wide, in the language with the longest words", async ({ page, bell, embed }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await embed(bellOf(1004, { locale: "de" }), { lang: "de" });
  await bell.openList();
  await expectNoSidewaysScrolling(page, bell);
  const title = await bell.part("title").boundingBox();
  const all = await bell.dismissAllButton.boundingBox();
  expect(title.x + title.width).toBeLessThanOrEqual(all.x);
});

for (const [zoom, viewport] of Object.entries({ "200 %": ENLARGED["200 %"], "100 %": { width: 1280, height: 700 } })) {
  test(`at ${zoom} Undo does not cover the row that the keyboard comes to`, async ({ page, bell, embed }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await embed(bellOf(1001, { "page-size": 100 }));
    await bell.openList();
    const covered = () =>
      bell.element.evaluate(({ shadowRoot }) => {
        const row = shadowRoot.activeElement;
        const { top, left } = row.getBoundingClientRect();
        return !row.contains(shadowRoot.elementFromPoint(left + 60, top + 20));
      });
    for (const key of ["Delete", "Delete", "Delete", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown"]) {
      await page.keyboard.press(key);
      await expect(bell.element.locator(":focus")).toHaveAttribute("part", "item");
      await expect.poll(covered, key).toBe(false);
    }
  });
}

test("with Undo offered, nothing that can be pressed is partly covered", async ({ page, bell, embed }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await embed(bellOf(1001, { "page-size": 100 }));
  await bell.openList();
  const covered = () =>
    bell.element.evaluate(({ shadowRoot }) => {
      const list = shadowRoot.querySelector(".scroller").getBoundingClientRect();
      const buttons = [...shadowRoot.querySelectorAll("[part=panel] button")].map((button) => {
        const { left, top, right, bottom } = button.getBoundingClientRect();
        return { button, left, top, right, bottom };
      });
      return buttons
        .filter(({ top, bottom, button }) => !button.closest(".scroller") || (top >= list.top && bottom <= list.bottom))
        .filter(({ left, right }) => left >= list.left && right <= list.right)
        .filter(({ button, left, top, right, bottom }) =>
          [top + 2, bottom - 2].some((y) => !button.contains(shadowRoot.elementFromPoint((left + right) / 2, y))),
        )
        .map(({ button }) => button.getAttribute("part") ?? button.textContent);
    });
  for (let dismissed = 1; dismissed <= 3; dismissed += 1) {
    await page.keyboard.press("Delete");
    await expect(bell.undo).toHaveCount(dismissed);
    expect(await covered()).toEqual([]);
    await expect(bell.undo.last()).toBeInViewport({ ratio: 1 });
  }
});
