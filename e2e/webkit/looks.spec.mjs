import { bellOf, test, expect } from "./support/test.mjs";

const GAP = 8;

for (const locale of ["ar", "ar-EG"]) {
  test(`in Arabic (${locale}) the panel runs from right to left, and badge and name count with the same digits`, async ({
    bell,
    embed,
  }) => {
    await embed(bellOf(1004, { locale }), { lang: locale });
    await bell.openList();
    await expect(bell.panel).toHaveAttribute("dir", "rtl");
    await expect(bell.part("title")).toHaveText("الإشعارات");
    const digits = await bell.badge.textContent();
    expect(await bell.button.getAttribute("aria-label")).toContain(digits);
    const first = bell.items.first();
    const [icon, button] = [await first.locator("[part~=icon]").boundingBox(), await bell.dismissButton(first).boundingBox()];
    expect(icon.x).toBeGreaterThan(button.x);
  });
}

test("inline: what is read stays where it is when something arrives above", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1001, { variant: "inline", "page-size": 60 }));
  await bell.items.first().waitFor();
  const third = (await bell.ids())[8];
  const top = () => bell.item(third).evaluate((row) => row.getBoundingClientRect().top);
  await page.evaluate(() => scrollTo(0, 400));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const before = await top();
  await sandbox.create(1001, "One");
  await sandbox.create(1001, "Two");
  await bell.call("refresh");
  await expect.poll(async () => (await bell.ids()).length).toBe(31);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(1);
});

for (const zoom of [0.5, 1.25, 2]) {
  test(`on a page that is zoomed to ${zoom} the panel stands at its bell`, async ({ page, bell, embed }) => {
    await page.setViewportSize({ width: 1200, height: 900 });
    await embed(`<div style="position: fixed; top: 20px; right: 40px">${bellOf(1004)}</div>`, {
      head: `<style>html { zoom: ${zoom} }</style>`,
    });
    await bell.ready();
    // The driver does not know where a press has to go on such a page.
    await bell.call("show");
    await bell.items.first().waitFor();
    const distance = async () => {
      const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
      return [panel.y - button.y - button.height, panel.x + panel.width - button.x - button.width];
    };
    await expect.poll(async () => Math.abs((await distance())[1])).toBeLessThanOrEqual(1);
    const [below] = await distance();
    expect(below).toBeGreaterThan(0);
    expect(below).toBeLessThanOrEqual(GAP * Math.max(zoom, 1) + 1);
  });
}
