// The text of a message can be selected, and selecting it activates nothing.

import { bellOf, test, expect } from "../support/test.mjs";

/** Draws the pointer over a message, as who wants to copy it does. */
async function drag(page, message) {
  const { x, y } = await message.boundingBox();
  await page.mouse.move(x + 30, y + 6);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 7, { steps: 4 });
  await page.mouse.move(x + 150, y + 6, { steps: 4 });
  await page.mouse.up();
}

const selected = (page) => page.evaluate(() => String(getSelection()));

for (const [rows, attributes] of [
  ["without links", {}],
  ["with links", { links: '{"*":"#{Id}"}' }],
]) {
  test(`rows ${rows}: text is selected by drawing over it, and no row is activated`, async ({ page, bell, embed }) => {
    await embed(bellOf(1004, attributes), { head: "<style>body { user-select: none }</style>" });
    await bell.openList();
    await drag(page, bell.messages.first());
    expect((await selected(page)).length).toBeGreaterThan(4);
    expect(await bell.heard("cn-select")).toEqual([]);
    await expect(bell.panel).toBeVisible();
    // What is selected elsewhere by then takes nothing from a press.
    await bell.messages.nth(1).click();
    expect(await bell.hears("cn-select")).toHaveLength(1);
  });
}

test("a double click activates once", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.messages.first().dblclick();
  await bell.hears("cn-select");
  await bell.panel.click({ position: { x: 5, y: 5 } });
  expect(await bell.heard("cn-select")).toHaveLength(1);
});

for (const [how, options] of [
  ["Control", { modifiers: ["ControlOrMeta"] }],
  ["the middle button", { button: "middle" }],
]) {
  test(`on a message, ${how} opens the row's link in another tab`, async ({ page, context, bell, embed }) => {
    await embed(bellOf(1004, { links: '{"*":"/elsewhere-{Id}"}' }));
    await bell.openList();
    const [first] = await bell.ids();
    const other = context.waitForEvent("page");
    await bell.messages.first().click(options);
    await (await other).waitForURL(`**/elsewhere-${first}`);
    expect(await bell.heard("cn-select")).toEqual([]);
    await expect(bell.panel).toBeVisible();
  });
}
