import { bellOf, test, expect } from "../support/test.mjs";

const VIEW = { width: 1000, height: 700 };
const GAP = 8;

/** A bell in a corner of the viewport: `top` or `bottom`, `left` or `right`. */
const corner = (side, edge, placement, more = {}) =>
  `<div style="position: fixed; ${side}: 20px; ${edge}: 20px">${bellOf(1001, { placement, ...more })}</div>`;

async function boxes(bell) {
  await bell.openList();
  return { panel: await bell.panel.boundingBox(), button: await bell.button.boundingBox() };
}

test.beforeEach(async ({ page }) => {
  await page.setViewportSize(VIEW);
  // Where it comes to rest is what counts, not how it gets there.
  await page.emulateMedia({ reducedMotion: "reduce" });
});

// Where each placement has its room, it opens as asked: side of the bell, and the edge that it shares with it.
for (const [placement, side, edge] of [
  ["bottom-end", "top", "right"],
  ["bottom-start", "top", "left"],
  ["top-end", "bottom", "right"],
  ["top-start", "bottom", "left"],
]) {
  test(`${placement} opens beside the bell, edge to edge`, async ({ bell, embed }) => {
    await embed(corner(side, edge, placement));
    const { panel, button } = await boxes(bell);
    if (side === "top") expect(panel.y).toBeCloseTo(button.y + button.height + GAP, 0);
    else expect(panel.y + panel.height).toBeCloseTo(button.y - GAP, 0);
    if (edge === "right") expect(panel.x + panel.width).toBeCloseTo(button.x + button.width, 0);
    else expect(panel.x).toBeCloseTo(button.x, 0);
  });

  const [other, far] = [side === "top" ? "bottom" : "top", edge === "right" ? "left" : "right"];
  test(`${placement} at the wrong edges flips and shifts, and stays in view`, async ({ bell, embed }) => {
    await embed(corner(other, far, placement));
    const { panel, button } = await boxes(bell);
    if (other === "top") expect(panel.y).toBeCloseTo(button.y + button.height + GAP, 0);
    else expect(panel.y + panel.height).toBeCloseTo(button.y - GAP, 0);
    expect(panel.x).toBeGreaterThanOrEqual(GAP);
    expect(panel.y).toBeGreaterThanOrEqual(GAP);
    expect(panel.x + panel.width).toBeLessThanOrEqual(VIEW.width - GAP);
    expect(panel.y + panel.height).toBeLessThanOrEqual(VIEW.height - GAP);
  });
}

test("a panel follows its bell when the page is scrolled", async ({ page, bell, embed }) => {
  await embed(`<div style="height: 3000px; padding: 300px">${bellOf(1001)}</div>`);
  await bell.openList();
  await page.evaluate(() => scrollTo(0, 200));
  await expect
    .poll(async () => {
      const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
      return Math.round(panel.y - button.y - button.height);
    })
    .toBe(GAP);
});

test("opening does not move the page", async ({ page, bell, embed }) => {
  await embed(`<div style="height: 3000px; padding: 900px 300px">${bellOf(1001)}</div>`);
  await bell.ready();
  await page.evaluate(() => scrollTo(0, 700));
  // Playwright's own click may scroll, too.
  const { x, y, width, height } = await bell.button.boundingBox();
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(bell.items.first()).toBeVisible();
  expect(await page.evaluate(() => [scrollX, scrollY])).toEqual([0, 700]);
});

test("nothing of the page lies over the panel", async ({ page, bell, embed }) => {
  await embed(
    `${corner("top", "right", "bottom-end")}
     <div style="position: fixed; inset: 0; top: 100px; background: red; z-index: 2147483647"></div>`,
  );
  await bell.openList();
  const hit = await page.evaluate(() => {
    const panel = document.querySelector("coworker-notifications").shadowRoot.querySelector("[part=panel]");
    const { x, y, width, height } = panel.getBoundingClientRect();
    return document.elementFromPoint(x + width / 2, y + height / 2).localName;
  });
  expect(hit).toBe("coworker-notifications");
});

test("a parent that clips its content does not clip the panel", async ({ bell, embed }) => {
  await embed(`<div style="width: 60px; height: 60px; overflow: hidden; transform: scale(1)">${bellOf(1001)}</div>`);
  await bell.openList();
  await expect(bell.items.first()).toBeInViewport({ ratio: 1 });
});
