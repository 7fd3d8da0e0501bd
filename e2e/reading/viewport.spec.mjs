// The list in pages that zoom, shrink, hide, clip and scroll it.

import { blanks, drawn, expectNoBlanks } from "../support/list.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const scroller = (bell) => bell.element.locator(".scroller");
const loaded = async (bell) => (await bell.get("notifications")).length;

/** Turns the wheel over the list until so many notifications are loaded, and finds it without blanks each time. */
async function scrollOn(page, bell, at, until) {
  await page.mouse.move(at.x, at.y);
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 1_500);
        await expectNoBlanks(bell);
        return loaded(bell);
      },
      { timeout: 20_000, intervals: [20] },
    )
    .toBeGreaterThanOrEqual(until);
}

for (const zoom of [0.5, 0.75, 1.5]) {
  test(`a page at zoom ${zoom}: rows wherever the panel is scrolled, and the next page`, async ({ page, bell, embed }) => {
    await embed(bellOf(1003, { "page-size": 25 }), { head: `<style>body { zoom: ${zoom} }</style>` });
    await bell.openList();
    await expectNoBlanks(bell);
    const box = await scroller(bell).boundingBox();
    await scrollOn(page, bell, { x: box.x + box.width / 2, y: box.y + box.height / 2 }, 75);
    expect(await drawn(bell)).toBeLessThan(60);
  });
}

for (const [what, style] of Object.entries({
  "zoom: 0.5": "zoom: 0.5",
  "zoom: 1.5": "zoom: 1.5",
  "transform: scale(0.4)": "transform: scale(0.4); transform-origin: 0 0",
  "a flex container without a height": "display: flex",
  "a flex column": "display: flex; flex-direction: column",
})) {
  test(`inline under ${what}: rows wherever the page is scrolled, few of them, and the next page`, async ({ page, bell, embed }) => {
    await embed(`<div style="${style}">${bellOf(1003, { variant: "inline", "page-size": 60 })}</div>`);
    await expectNoBlanks(bell);
    expect(await loaded(bell)).toBe(60);
    expect(await drawn(bell)).toBeLessThan(60);
    await scrollOn(page, bell, { x: 100, y: 300 }, 120);
    expect(await drawn(bell)).toBeLessThan(60);
  });
}

/** Ways of not displaying what is in an element, and of showing it. */
const HIDDEN = {
  hidden: ["<div hidden>|</div>", (node) => (node.hidden = false)],
  "closed details": ["<details><summary>More</summary>|</details>", (node) => (node.open = true)],
  "content-visibility: hidden": [
    '<div style="content-visibility: hidden">|</div>',
    (node) => (node.style.contentVisibility = "visible"),
  ],
  "no height": ['<div style="height: 0; overflow: hidden">|</div>', (node) => (node.style.height = "auto")],
};

for (const [what, [markup, show]] of Object.entries(HIDDEN)) {
  test(`inline in ${what}: one page and few rows; shown again it is drawn rightly`, async ({
    page,
    bell,
    embed,
    sandbox,
  }) => {
    const [before, after] = markup.split("|");
    await embed(
      `${before}${bellOf(1003, { variant: "inline", "page-size": 100 })}${after}<div style="height: 9000px"></div>`,
    );
    await bell.ready();
    await page.mouse.move(300, 300);
    for (let times = 0; times < 20; times += 1) {
      await page.mouse.wheel(0, 200);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    await page.evaluate(() => scrollTo(0, 0));
    expect(await sandbox.lists()).toHaveLength(1);
    expect(await drawn(bell)).toBeLessThan(20);
    await page.locator("body > :first-child").evaluate(show);
    await expect(bell.items.first()).toBeInViewport();
    await expectNoBlanks(bell);
    await page.evaluate(() => scrollTo(0, 3_000));
    await expectNoBlanks(bell);
    await page.evaluate(() => scrollTo(0, 0));
    await expect(bell.items.first()).toBeInViewport();
  });
}

test("an open panel in a wrapper that is hidden and shown again", async ({ page, bell, embed, sandbox }) => {
  await embed(`<div id="wrapper">${bellOf(1003, { "page-size": 40 })}</div><div style="height: 9000px"></div>`);
  await bell.openList();
  await page.evaluate(() => (document.querySelector("#wrapper").hidden = true));
  await page.mouse.move(300, 300);
  for (let times = 0; times < 20; times += 1) {
    await page.mouse.wheel(0, 200);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  expect(await sandbox.lists()).toHaveLength(1);
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(() => (document.querySelector("#wrapper").hidden = false));
  await expect(bell.panel).toBeVisible();
  await expectNoBlanks(bell);
  expect(await drawn(bell)).toBeLessThan(60);
});

const LONG = "A message that fits into three lines while there is room, and does not any more where there is little. ";

for (const [what, narrow] of Object.entries({
  "a container that narrows": (page) => page.evaluate(() => (document.querySelector("#box").style.width = "300px")),
  "a window that narrows": (page) => page.setViewportSize({ width: 360, height: 720 }),
  "text that grows": (page) =>
    page.addStyleTag({ content: "coworker-notifications::part(panel) { font-size: 40px }" }).then(() => {}),
})) {
  test(`inline in ${what}: what no longer fits is cut, and can be read on`, async ({ page, bell, embed, sandbox }) => {
    await sandbox.create(1004, LONG.repeat(3));
    await embed(`<div id="box" style="max-width: 900px">${bellOf(1004, { variant: "inline" })}</div>`);
    const row = bell.items.first();
    await expect(row).toBeVisible();
    const more = row.locator(".link[aria-expanded]");
    await expect(more).toHaveCount(0);
    await narrow(page);
    await expect(more).toBeVisible();
    await more.click();
    const message = row.locator("[part=message]");
    await expect.poll(() => message.evaluate((p) => p.scrollHeight - p.clientHeight)).toBeLessThanOrEqual(1);
  });
}

test("a container that widens: nothing is offered that shows no more", async ({ page, bell, embed, sandbox }) => {
  await sandbox.create(1004, LONG.repeat(3));
  await embed(`<div id="box" style="width: 300px">${bellOf(1004, { variant: "inline" })}</div>`);
  const more = bell.items.first().locator(".link[aria-expanded]");
  await expect(more).toBeVisible();
  await page.evaluate(() => (document.querySelector("#box").style.width = "1100px"));
  await expect(more).toHaveCount(0);
});

// At its end such an element keeps the wheel: while the next page is on its way, the page must not scroll the list away.
for (const [what, build] of Object.entries({
  "an element that scrolls": (markup) => {
    const box = document.querySelector("#box");
    box.style = "height: 400px; overflow: auto; overscroll-behavior: contain";
    box.innerHTML = markup;
  },
  "an element that scrolls, in a shadow root": (markup) => {
    const root = document.querySelector("#box").attachShadow({ mode: "open" });
    root.innerHTML = `<div id="moves" style="height: 400px; overflow: auto; overscroll-behavior: contain"><slot></slot></div>`;
    document.querySelector("#box").innerHTML = markup;
  },
  "an element that scrolls, in a closed shadow root": (markup) => {
    const root = document.querySelector("#box").attachShadow({ mode: "closed" });
    root.innerHTML = `<div style="height: 400px; overflow: auto; overscroll-behavior: contain"><slot></slot></div>`;
    document.querySelector("#box").innerHTML = markup;
  },
  "a fixed element in one that clips": (markup) => {
    const box = document.querySelector("#box");
    box.style = "height: 10px; overflow: hidden";
    box.innerHTML = `<div style="position: fixed; inset: 50px 0 100px 0; overflow: auto; overscroll-behavior: contain">${markup}</div>`;
  },
})) {
  test(`inline in ${what}: rows wherever it is scrolled, few of them, and the next page`, async ({
    page,
    bell,
    embed,
  }) => {
    await embed(`<p style="height: 60px">Above</p><div id="box"></div><div style="height: 3000px"></div>`);
    await page.evaluate(
      ([markup, build]) => new Function(`return (${build})`)()(markup),
      [bellOf(1003, { variant: "inline", "page-size": 40 }), build.toString()],
    );
    await expectNoBlanks(bell);
    expect(await drawn(bell)).toBeLessThan(30);
    await scrollOn(page, bell, { x: 300, y: 250 }, 80);
    expect(await drawn(bell)).toBeLessThan(30);
  });
}

test("inline in a frame that scrolls: rows wherever it is scrolled", async ({ page, bell, embed, site }) => {
  const inner = site.page(bellOf(1003, { variant: "inline", "page-size": 40 }));
  await embed(`<iframe src="${inner}" style="width: 500px; height: 400px"></iframe>`);
  const framed = new bell.constructor(page.frameLocator("iframe").locator("coworker-notifications"));
  await expectNoBlanks(framed);
  expect(await drawn(framed)).toBeLessThan(30);
  await scrollOn(page, framed, { x: 200, y: 200 }, 80);
});

test("what moves an inline list without any scrolling brings its rows", async ({ page, bell, embed }) => {
  await embed(
    `<div id="above" style="height: 6000px"></div>${bellOf(1003, { variant: "inline", "page-size": 100 })}`,
  );
  await bell.ready();
  await page.evaluate(() => (document.querySelector("#above").style.marginTop = "-9000px"));
  await expectNoBlanks(bell);
  expect(await blanks(bell)).toEqual([]);
});

test("on paper an open panel covers nothing of the page", async ({ page, bell, embed, browserName }) => {
  test.skip(browserName === "firefox", "its driver does not print");
  await embed(`${bellOf(1003)}<p>${"Words of the page. ".repeat(200)}</p>`);
  await bell.ready();
  await page.emulateMedia({ media: "print" });
  const clip = { x: 0, y: 60, width: 600, height: 400 };
  const before = await page.screenshot({ clip });
  await bell.openList();
  const after = await page.screenshot({ clip });
  expect(after.equals(before)).toBe(true);
  await expect(bell.items.first()).toBeFocused();
  await page.emulateMedia({ media: "screen" });
  expect((await page.screenshot({ clip })).equals(before)).toBe(false);
});

test("on paper there is no blank space in place of rows", async ({ page, bell, embed, browserName }) => {
  test.skip(browserName === "firefox", "its driver does not print");
  await embed(bellOf(1003, { variant: "inline", "page-size": 100 }));
  await expectNoBlanks(bell);
  await page.emulateMedia({ media: "print" });
  const [list, rows] = await Promise.all([
    bell.part("list").evaluate((list) => list.offsetHeight),
    bell.items.evaluateAll((rows) => rows.reduce((sum, row) => sum + row.offsetHeight, 0)),
  ]);
  expect(list - rows).toBeLessThan(200);
});
