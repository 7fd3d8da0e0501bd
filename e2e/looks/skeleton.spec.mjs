import { bellOf, test, expect } from "../support/test.mjs";

test("rows come where the grey ones were: neither panel nor header nor first row moves", async ({ page, bell, embed }) => {
  let letCome;
  const come = new Promise((resolve) => (letCome = resolve));
  await page.route("**/api/spaces/coworkernotifications?*", async (route) => {
    await come;
    await route.continue();
  });
  await page.emulateMedia({ reducedMotion: "reduce" });
  await embed(bellOf(1001));
  await bell.open();
  const bone = bell.element.locator(".bone > i");
  await expect(bone.first()).toBeVisible();
  const before = {
    panel: await bell.panel.boundingBox(),
    title: await bell.part("title").boundingBox(),
    icon: await bone.first().boundingBox(),
  };
  letCome();
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.panel.boundingBox()).toEqual(before.panel);
  expect((await bell.part("title").boundingBox()).y).toBeCloseTo(before.title.y, 0);
  const icon = await bell.part("icon").first().boundingBox();
  expect(icon.x).toBeCloseTo(before.icon.x, 0);
  expect(Math.abs(icon.y - before.icon.y)).toBeLessThan(1);
});
