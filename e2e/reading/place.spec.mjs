// What is read stays where it is.

import { expectNoBlanks, readingPlace, topOf } from "../support/list.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const settled = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Where a list can be read: markup around it, and what scrolls it. */
const PLACES = {
  "in the panel": { attributes: {}, scroller: (bell) => bell.element.locator(".scroller") },
  "inline, the page scrolling": { attributes: { variant: "inline" }, scroller: (bell) => bell.page.locator("html") },
  "inline, the page scrolling smoothly": {
    attributes: { variant: "inline" },
    head: "<style>html { scroll-behavior: smooth }</style>",
    scroller: (bell) => bell.page.locator("html"),
  },
  "inline, a zoomed page scrolling": {
    attributes: { variant: "inline" },
    head: "<style>body { zoom: 0.8 }</style>",
    scroller: (bell) => bell.page.locator("html"),
  },
  "inline in an element that scrolls": {
    attributes: { variant: "inline" },
    around: ['<div id="box" style="height: 500px; overflow: auto">', "</div>"],
    scroller: (bell) => bell.page.locator("#box"),
  },
  "inline, with a height of its own": {
    attributes: { variant: "inline" },
    head: "<style>coworker-notifications { --cn-panel-max-height: 500px }</style>",
    scroller: (bell) => bell.element.locator(".scroller"),
  },
};

for (const [what, { attributes, head, around = ["", ""], scroller }] of Object.entries(PLACES)) {
  test(`${what}: what arrives above does not move what is read`, async ({ page, bell, embed, sandbox }) => {
    await embed(around.join(bellOf(1003, { "page-size": 100, ...attributes })), { head });
    await bell.ready();
    if (!attributes.variant) await bell.open();
    await expectNoBlanks(bell);
    await scroller(bell).evaluate((node) => node.scrollTo({ top: 2_500, behavior: "instant" }));
    await settled(page);
    await expectNoBlanks(bell);
    const read = await readingPlace(bell, 150);
    const messages = ["Another arrives above, with more to say: ".repeat(20), ...Array(9).fill("One arrives above")];
    for (const message of messages) {
      await sandbox.create(1003, message);
      await bell.call("refresh");
      await settled(page);
      expect(Math.abs((await topOf(bell, read.id)) - read.top), message).toBeLessThan(2);
    }
    // Many: none of the rows around what is read is drawn where it was.
    for (let count = 0; count < 40; count += 1) {
      await sandbox.create(1003, "One of many");
    }
    await bell.call("refresh");
    await settled(page);
    expect(Math.abs((await topOf(bell, read.id)) - read.top)).toBeLessThan(2);
  });

  test(`${what}: scrolling up over rows of unknown heights goes steadily`, async ({ page, bell, embed, sandbox }) => {
    test.slow();
    for (let count = 1; count <= 30; count += 1) {
      await sandbox.create(1003, "Rows of several heights stand above each other. ".repeat(1 + ((count * 7) % 5)));
    }
    await embed(around.join(bellOf(1003, { "page-size": 100, ...attributes })), { head });
    await bell.ready();
    if (!attributes.variant) await bell.open();
    await expectNoBlanks(bell);
    const node = scroller(bell);
    await node.evaluate((node) => node.scrollTo({ top: 4_000, behavior: "instant" }));
    await settled(page);
    for (let step = 0; step < 35; step += 1) {
      const read = await readingPlace(bell, 200);
      await node.evaluate((node) => node.scrollBy({ top: -100, behavior: "instant" }));
      await settled(page);
      const moved = await bell.item(read.id).evaluateAll(([row]) => row?.getBoundingClientRect().top);
      if (moved !== undefined) expect(Math.abs(moved - read.top - 100), `step ${step}`).toBeLessThan(25);
    }
  });
}

test("moved because the list has become shorter, what is read stays at its new place", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.element.locator(".scroller").evaluate((node) => node.scrollTo(0, node.scrollHeight));
  await settled(page);
  const read = await readingPlace(bell, 20);
  const last = (await bell.ids()).slice(-3);
  for (const id of last) await sandbox.dismissElsewhere(id);
  await bell.call("refresh");
  await settled(page);
  const moved = await topOf(bell, read.id);
  expect(moved - read.top).toBeGreaterThan(20);
  for (const id of last) await bell.call("restore", id);
  await expect.poll(() => bell.ids()).toEqual(expect.arrayContaining(last));
  await settled(page);
  expect(Math.abs((await topOf(bell, read.id)) - moved)).toBeLessThan(2);
});

test("opened again the panel begins at the top, with focus in sight", async ({ page, bell, embed }) => {
  await embed(bellOf(1003, { "page-size": 60 }));
  await bell.openList();
  for (const wait of [0, 600]) {
    await bell.element.locator(".scroller").evaluate((node) => node.scrollTo(0, 1_500));
    await settled(page);
    await page.keyboard.press("Escape");
    await expect(bell.button).toBeFocused();
    if (wait) await expect(bell.panel).toHaveCount(0);
    await page.keyboard.press("Enter");
    await expect(bell.panel).toBeVisible();
    await expectNoBlanks(bell);
    await expect(bell.element.locator("[part=item]:focus")).toBeInViewport();
    expect(await bell.element.locator(".scroller").evaluate((node) => node.scrollTop)).toBe(0);
  }
});

test("opened by mouse, the row that the keyboard comes to has a focus ring", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.keyboard.press("ArrowDown");
  await expect(bell.element.locator("[part=item]:focus-visible")).toHaveCount(1);
});
