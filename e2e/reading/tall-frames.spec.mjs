// A list in a frame that is as tall as what it holds: the page around scrolls, and the frame does not know.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

const LIST = { "page-size": 25, variant: "inline", "poll-interval": 0 };

/** A frame that takes the height of its document, as libraries for that do. */
async function openFrame({ page, embed, site, sandbox }, origin = "") {
  const inside = site.page(`${bellOf(1003, { ...LIST, "api-base": sandbox.url })}
    <script>
      new ResizeObserver(([{ contentRect }]) => parent.postMessage(Math.ceil(contentRect.height) + 20, "*")).observe(document.documentElement);
    </script>`);
  await embed(
    `<h1>Above</h1><iframe src="${origin}${inside}" width="600" height="200" style="border: 0"></iframe><p style="height: 900px">Below</p>
    <script>
      addEventListener("message", ({ data }) => (document.querySelector("iframe").style.height = data + "px"));
    </script>`,
    { module: null },
  );
  const bell = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await expect(bell.items.first()).toBeVisible();
  return bell;
}

const settled = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 12; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  });

for (const [what, origin] of [
  ["of the page's origin", () => ""],
  ["of another origin", (url) => url.replace("127.0.0.1", "localhost")],
]) {
  test(`a frame ${what}: few rows and no page that nobody comes to; scrolled to, it has rows`, async ({
    page,
    embed,
    site,
    sandbox,
  }) => {
    const bell = await openFrame({ page, embed, site, sandbox }, origin(sandbox.url));
    await settled(page);
    await settled(page);
    expect(await bell.items.count()).toBeLessThan(25);
    expect((await sandbox.lists()).length).toBeLessThanOrEqual(2);
    for (let top = 150; top < 1_500; top += 150) {
      await page.evaluate((top) => scrollTo(0, top), top);
      await expect.poll(() => rowsInSight(page, bell)).toBeGreaterThan(5);
    }
    // At its end the list goes on.
    for (let times = 0; times < 4; times += 1) {
      const height = () => page.locator("iframe").evaluate((frame) => frame.offsetHeight);
      const before = await height();
      await page.evaluate((before) => scrollTo(0, before - 500), before);
      await expect.poll(height).toBeGreaterThan(before + 500);
      await expect.poll(() => rowsInSight(page, bell)).toBeGreaterThan(5);
      expect(await bell.items.count()).toBeLessThan(60);
    }
    await page.evaluate(() => scrollTo(0, 0));
    await expect.poll(() => rowsInSight(page, bell)).toBeGreaterThan(5);
  });
}

/** How many rows the window shows. */
async function rowsInSight(page, bell) {
  const height = await page.evaluate("innerHeight");
  const frame = await page.locator("iframe").boundingBox();
  const tops = await bell.items.evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().top));
  return tops.filter((top) => frame.y + top > 0 && frame.y + top < height).length;
}
