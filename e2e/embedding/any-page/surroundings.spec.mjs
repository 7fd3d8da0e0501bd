// A bell in something that acts on presses itself: a press in the bell is the bell's alone.

import { bellOf, test, expect } from "../../support/test.mjs";

/** What is around the bell, and what shows that it has acted. */
const AROUND = {
  "a link": [`<a href="/elsewhere.html">Menu `, `</a>`],
  "a label": [`<label>Option <input type="checkbox" id="acted" /> `, `</label>`],
  "a label for something else": [`<input type="checkbox" id="acted" /><label for="acted">Option `, `</label>`],
  "a summary": [`<details id="acted"><summary>Summary `, `</summary></details>`],
  "a button that sends a form": [`<form action="/elsewhere.html"><button>Send `, `</button></form>`],
};

/** Whether what is around the bell has done what it does when it is pressed. */
const hasActed = (page) =>
  page.evaluate(() => {
    const it = document.querySelector("#acted");
    return location.pathname.includes("elsewhere") || Boolean(it?.checked || it?.open);
  });

/** Time enough for what a press may lead to. */
const settle = (page) => page.evaluate(() => new Promise((done) => setTimeout(done, 150)));

for (const [name, [before, after]] of Object.entries(AROUND)) {
  const inIt = (attributes = {}, content = "") =>
    before + bellOf(1004, attributes).replace("</", `${content}</`) + after;

  test(`in ${name} presses open the bell, and do what its parts say`, async ({ page, bell, embed }) => {
    await embed(inIt());
    await bell.openList();
    await bell.part("title").click();
    await bell.messages.first().click();
    await bell.dismissButton(bell.items.first()).click();
    await expect(bell.badge).toHaveText("14");
    await bell.part("filter").nth(1).click();
    await expect(bell.part("filter").nth(1)).toHaveAttribute("aria-checked", "true");
    await bell.part("preferences-button").click();
    const [toggle, label] = [bell.part("preferences").locator("input").first(), bell.part("preferences").locator("label").first()];
    const before = await toggle.isChecked();
    await toggle.click();
    expect(await toggle.isChecked()).toBe(!before);
    await label.locator("span").click();
    expect(await toggle.isChecked()).toBe(before);
    await page.keyboard.press("Escape");
    await bell.button.click();
    await expect(bell.panel).toBeHidden();
    await settle(page);
    expect(await hasActed(page)).toBe(false);
    expect((await bell.heard("cn-select")).length).toBe(1);
  });

  test(`in ${name} keys are the bell's`, async ({ page, bell, embed }) => {
    await embed(inIt());
    await bell.ready();
    for (const key of ["Enter", " "]) {
      await bell.button.focus();
      await page.keyboard.press(key);
      await expect(bell.items.first()).toBeFocused();
      await page.keyboard.press(" ");
      await page.keyboard.press("Enter");
      await settle(page);
      expect(await hasActed(page)).toBe(false);
      await page.keyboard.press("Escape");
      await expect(bell.panel).toBeHidden();
    }
    expect((await bell.heard("cn-select")).length).toBe(2);
  });

  test(`in ${name} a bell without its program, and one with the page's own icon, keep presses`, async ({
    page,
    bell,
    embed,
  }) => {
    await page.route("**/*.wasm", (route) => route.abort());
    await embed(inIt({ loading: "intent" }, `<b slot="bell">Bell</b>`));
    await expect(bell.badge).toHaveText("15");
    await page.locator("b").click();
    // A pointer that comes near fetches the program, too.
    await expect.poll(async () => (await bell.heard("cn-error")).length).toBeGreaterThan(0);
    await bell.button.click();
    await settle(page);
    expect(await hasActed(page)).toBe(false);
  });
}

test("in a link the middle button opens nothing but a row's own link", async ({ page, context, bell, embed }) => {
  await embed(`<a href="/around.html">Menu ${bellOf(1004, { links: '{"*":"/row.html"}' })}</a>`);
  await bell.openList();
  for (const part of [bell.button, bell.part("title"), bell.dismissButton(bell.items.first())]) {
    await part.click({ button: "middle" });
  }
  await bell.messages.first().click({ button: "middle" });
  await expect.poll(() => context.pages().length).toBe(2);
  await settle(page);
  const paths = context.pages().map((page) => new URL(page.url()).pathname);
  expect(paths).toHaveLength(2);
  expect(paths[1]).toBe("/row.html");
});

test("in a link a row's own link is followed", async ({ page, bell, embed }) => {
  await embed(`<a href="#around">${bellOf(1004, { links: '{"*":"#row"}' })}</a>`);
  await bell.openList();
  await bell.messages.first().click();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#row");
});

test("what the page has slotted in keeps its presses", async ({ page, bell, embed }) => {
  const footer = `<span slot="footer"><a href="#all">All</a> <label><input type="checkbox" id="own" />Own</label></span>`;
  await embed(`<div>${bellOf(1004).replace("</", `${footer}</`)}</div>`);
  await bell.openList();
  await page.getByText("Own").click();
  await expect(page.locator("#own")).toBeChecked();
  await page.getByText("All", { exact: true }).click();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#all");
});

test("a fallback link within a link leads where it says", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await embed(`<a href="#around">${bellOf(1004, { "fallback-href": "#list", loading: "eager" })}</a>`);
  await bell.hears("cn-error");
  await bell.button.click();
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#list");
});
