// One Escape closes one thing, the topmost, wherever the bell stands.

import { Bell, bellOf, test, expect } from "../../support/test.mjs";

/** Notes every Escape that a handler of the page hears, and whether something had taken it by then. */
const NOTES = `<script>
  window.escapes = [];
  addEventListener("keydown", (event) => event.key === "Escape" && escapes.push(event.defaultPrevented));
</script>`;

const escapes = (page) => page.evaluate(() => window.escapes);

/** Presses Escape: the panel goes, focus is on the bell, and the page sees that the key was taken. */
async function closesThePanel(page, bell) {
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
  await expect(bell.button).toBeFocused();
  expect((await escapes(page)).at(-1)).toBe(true);
}

for (const [name, around, show, isOpen] of [
  ["a modal dialog", `<dialog id="around">`, (around) => around.showModal(), (around) => around.open],
  [
    "a dialog that closes on any press",
    `<dialog id="around" closedby="any">`,
    (around) => around.showModal(),
    (around) => around.open,
  ],
  [
    "a popover",
    `<div popover="auto" id="around">`,
    (around) => around.showPopover(),
    (around) => around.matches(":popover-open"),
  ],
]) {
  test(`in ${name} the first Escape closes the panel, the second what is around it`, async ({ page, bell, embed }) => {
    await embed(`${NOTES}${around}${bellOf(1004)}`);
    await bell.ready();
    const outer = page.locator("#around");
    await outer.evaluate(show);
    await bell.openList();
    await closesThePanel(page, bell);
    expect(await outer.evaluate(isOpen)).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => outer.evaluate(isOpen)).toBe(false);
  });
}

test("in a modal dialog one Escape closes one thing: menu, preferences, panel, dialog", async ({ page, bell, embed }) => {
  await embed(`${NOTES}<dialog id="around">${bellOf(1004)}</dialog>`);
  const around = page.locator("#around");
  const isOpen = () => around.evaluate((dialog) => dialog.open);
  await around.evaluate((dialog) => dialog.showModal());
  await bell.openList();
  await bell.items.first().locator("[part~=menu-button]").click();
  await expect(bell.part("menu-item").first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(bell.part("menu")).toHaveCount(0);
  await bell.part("preferences-button").click();
  await page.keyboard.press("Escape");
  await expect(bell.part("preferences")).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await closesThePanel(page, bell);
  expect(await isOpen()).toBe(true);
  await page.keyboard.press("Escape");
  await expect.poll(isOpen).toBe(false);
});

test("Escape on what has arrived leaves the dialog around open", async ({ page, bell, embed, sandbox }) => {
  await embed(`<dialog id="around">${bellOf(1004, { toasts: true })}</dialog>`);
  const around = page.locator("#around");
  await around.evaluate((dialog) => dialog.showModal());
  await bell.ready();
  await sandbox.create(1004, "The lift works again");
  await bell.call("refresh");
  await bell.part("toast").focus();
  await page.keyboard.press("Escape");
  await expect(bell.part("toast")).toHaveCount(0);
  expect(await around.evaluate((dialog) => dialog.open)).toBe(true);
});

test("a question is on top of its panel, and gives focus back to what has asked it", async ({ page, bell, embed }) => {
  await embed(`${NOTES}<dialog id="around">${bellOf(1004)}</dialog>`);
  await bell.ready();
  await page.locator("#around").evaluate((around) => around.showModal());
  await bell.openList();
  await bell.dismissAllButton.click();
  await expect(bell.part("confirm")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(bell.part("confirm")).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await expect(bell.dismissAllButton).toBeFocused();
  expect(await escapes(page)).toEqual([true]);
  await closesThePanel(page, bell);
  expect(await page.locator("#around").evaluate((around) => around.open)).toBe(true);
});

for (const [name, markup, show] of [
  ["modal dialog", `<dialog id="above"><input /></dialog>`, (above) => above.showModal()],
  ["popover", `<div popover id="above"><input /></div>`, (above) => above.showPopover()],
  [
    "dialog in a shadow tree",
    `<div id="above"></div>
     <script>
       above.attachShadow({ mode: "open" }).innerHTML = "<dialog><input /></dialog>";
     </script>`,
    (above) => above.shadowRoot.querySelector("dialog").showModal(),
  ],
]) {
  test(`a ${name} of the page that was opened above the panel closes first`, async ({ page, bell, embed }) => {
    await embed(`${NOTES}${bellOf(1004)}${markup}`);
    await bell.openList();
    const above = page.locator("#above");
    await above.evaluate(show);
    const isOpen = () => above.getByRole("textbox").isVisible();
    expect(await isOpen()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(isOpen).toBe(false);
    await expect(bell.panel).toBeVisible();
    await closesThePanel(page, bell);
  });
}

test("a popover that was there before the panel is below it", async ({ page, bell, embed }) => {
  await embed(`${NOTES}${bellOf(1004)}<div popover id="below">Below</div>`);
  await bell.ready();
  await page.locator("#below").evaluate((below) => below.showPopover());
  await bell.call("show");
  await expect(bell.panel).toBeVisible();
  await expect(bell.items.first()).toBeFocused();
  await closesThePanel(page, bell);
  await expect(page.locator("#below")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator("#below")).toBeHidden();
});

test("a message of the page's that nobody is in takes no Escape", async ({ page, bell, embed }) => {
  await embed(`${NOTES}${bellOf(1004)}<div popover="manual" id="toast">Saved</div>`);
  await bell.openList();
  await page.locator("#toast").evaluate((toast) => toast.showPopover());
  await closesThePanel(page, bell);
});

test("a list of the page's own in the panel's footer keeps its Escape", async ({ page, bell, embed }) => {
  const footer = `<input slot="footer" role="combobox" aria-expanded="true" id="own" />`;
  await embed(`${NOTES}${bellOf(1004).replace("></", `>${footer}</`)}`);
  await bell.openList();
  await page.locator("#own").focus();
  await page.keyboard.press("Escape");
  expect(await escapes(page)).toEqual([false]);
  await expect(bell.panel).toBeVisible();
  await page.locator("#own").evaluate((own) => own.setAttribute("aria-expanded", "false"));
  await closesThePanel(page, bell);
});

test("of two open bells the one with focus closes, then the other", async ({ page, embed }) => {
  await embed(`${NOTES}${bellOf(1004)}${bellOf(1001)}`);
  const [first, second] = [0, 1].map((index) => new Bell(page.locator("coworker-notifications").nth(index)));
  await Promise.all([first.ready(), second.ready()]);
  await second.call("show");
  await expect(second.panel).toBeVisible();
  await first.call("show");
  await expect(first.items.first()).toBeFocused();
  await second.items.first().focus();
  await closesThePanel(page, second);
  await expect(first.panel).toBeVisible();
  await page.evaluate(() => document.activeElement.blur());
  await closesThePanel(page, first);
});

test("of two open bells without focus the one opened last closes first", async ({ page, embed }) => {
  await embed(`${NOTES}${bellOf(1004)}${bellOf(1001)}`);
  const [first, second] = [0, 1].map((index) => new Bell(page.locator("coworker-notifications").nth(index)));
  await Promise.all([first.ready(), second.ready()]);
  await first.call("show");
  await expect(first.items.first()).toBeFocused();
  await second.call("show");
  await expect(second.items.first()).toBeFocused();
  await page.evaluate(() => document.activeElement.blur());
  await closesThePanel(page, second);
  await expect(first.panel).toBeVisible();
});

for (const [where, keep] of [
  ["around the bell", `around.addEventListener("keydown", (event) => event.stopPropagation());`],
  ["on the document, on its way down", `document.addEventListener("keydown", (event) => event.stopPropagation(), true);`],
]) {
  test(`a page that keeps keys to itself ${where} does not make Escape deaf`, async ({ page, bell, embed }) => {
    await embed(`<div id="around">${bellOf(1004)}</div><script>${keep}</script>`);
    await bell.openList();
    await page.keyboard.press("Escape");
    await expect(bell.panel).toBeHidden();
    await expect(bell.button).toBeFocused();
  });
}

test("in a frame that the page has moved the bell to, Escape is heard there", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<iframe srcdoc="<p>A frame</p>" width="600" height="600"></iframe>`);
  await bell.ready();
  await page.frameLocator("iframe").locator("p").waitFor();
  await page.evaluate(() => {
    document.querySelector("iframe").contentDocument.body.append(document.querySelector("coworker-notifications"));
  });
  const inside = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await inside.open();
  await expect(inside.items.first()).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(inside.panel).toBeHidden();
  await expect(inside.button).toBeFocused();
});
