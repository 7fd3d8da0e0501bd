import { bellOf, test, expect } from "./support/test.mjs";

/** In the frame: how many rows there are, and how many of them the window around shows. */
const rows = (page) =>
  page.evaluate(() => {
    const frame = document.querySelector("iframe");
    const bell = frame.contentDocument.querySelector("coworker-notifications");
    const all = [...(bell?.shadowRoot.querySelectorAll("[part=item]") ?? [])];
    const { top } = frame.getBoundingClientRect();
    const inSight = all.filter((row) => {
      const place = top + row.getBoundingClientRect().top;
      return place > 0 && place < innerHeight;
    });
    return { all: all.length, inSight: inSight.length };
  });

test("in a frame as tall as its list, what the window shows is drawn and no more", async ({ page, embed, site, sandbox }) => {
  const inside = site.page(bellOf(1003, { variant: "inline", "page-size": 100 }));
  await embed(`<iframe src="${inside}" width="600" style="border: 0; height: 8000px"></iframe>`, { module: null });
  await expect.poll(async () => (await rows(page)).inSight).toBeGreaterThan(3);
  for (const top of [700, 2_500, 4_000, 0]) {
    await page.evaluate((top) => void (document.scrollingElement.scrollTop = top), top);
    await expect.poll(async () => (await rows(page)).inSight).toBeGreaterThan(3);
    expect((await rows(page)).all).toBeLessThan(60);
  }
  expect(await sandbox.lists()).toHaveLength(1);
});
