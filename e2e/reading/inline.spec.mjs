import { bellOf, test, expect } from "../support/test.mjs";

test("inline: the list without the bell, a region of the page", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { variant: "inline" }));
  await expect(page.getByRole("region", { name: "Notifications" })).toBeVisible();
  await expect(bell.button).toHaveCount(0);
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.heard("cn-open")).toEqual([]);
});

test("inline: scrolling the page near the end loads the next page", async ({ page, bell, embed }) => {
  await embed(bellOf(1003, { variant: "inline", "page-size": 20 }));
  await expect(bell.items.first()).toBeVisible();
  await page.mouse.wheel(0, 100_000);
  await expect.poll(async () => (await bell.get("notifications")).length).toBeGreaterThan(20);
});

test("inline: focus is not taken, and a press elsewhere closes nothing", async ({ page, bell, embed }) => {
  await embed(`<input id="search" autofocus />${bellOf(1004, { variant: "inline" })}`);
  await expect(bell.items.first()).toBeVisible();
  await expect(page.locator("#search")).toBeFocused();
  await page.mouse.click(5, 5);
  await page.keyboard.press("Escape");
  await expect(bell.items.first()).toBeVisible();
});

/** Scrolls `scroller` (or else the page) to the middle of the longest group, and tells how far below its top the group's heading is. */
const headingInTheMiddle = (bell, scroller = null) =>
  bell.part("group").evaluateAll(async (headings, scroller) => {
    const root = headings[0].getRootNode();
    const moving = (scroller && root.querySelector(scroller)) ?? document.scrollingElement;
    const groups = headings.map((heading) => heading.parentElement);
    const longest = groups.sort((a, b) => b.offsetHeight - a.offsetHeight)[0];
    const top = Math.max(moving.getBoundingClientRect().top, 0);
    moving.scrollTop += longest.getBoundingClientRect().top - top + longest.offsetHeight / 2;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return longest.firstElementChild.getBoundingClientRect().top - top;
  }, scroller);

test("inline: while the page scrolls, the heading of what is read stays at its top, and Undo at its end", async ({
  bell,
  embed,
}) => {
  await embed(bellOf(1003, { variant: "inline", "page-size": 100 }));
  await expect(bell.items.first()).toBeVisible();
  await bell.dismissButton(bell.items.first()).click();
  expect(await headingInTheMiddle(bell)).toBeCloseTo(0, 0);
  await expect(bell.undo).toBeInViewport({ ratio: 1 });
});

test("inline: the list keeps to a height that the page sets, and scrolls within", async ({ page, bell, embed }) => {
  await embed(bellOf(1003, { variant: "inline", "page-size": 100 }), {
    head: "<style>coworker-notifications { --cn-panel-max-height: 400px }</style>",
  });
  await expect(bell.items.first()).toBeVisible();
  expect((await bell.panel.boundingBox()).height).toBe(400);
  expect(await headingInTheMiddle(bell, ".scroller")).toBeCloseTo(0, 0);
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBeLessThanOrEqual(0);
});
