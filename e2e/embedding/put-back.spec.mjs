import { setHidden } from "../support/page.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

/** Ways in which pages take an element out and put it back; each runs in the page. */
const WAYS = {
  "after a microtask": (element, place) => {
    element.remove();
    return Promise.resolve().then(() => place.append(element));
  },
  "after a task": async (element, place) => {
    element.remove();
    await new Promise((done) => setTimeout(done));
    place.append(element);
  },
  "after a frame": async (element, place) => {
    element.remove();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    place.append(element);
  },
  "after half a second": async (element, place) => {
    element.remove();
    await new Promise((done) => setTimeout(done, 500));
    place.append(element);
  },
  "with another body, as Turbo does": async (element) => {
    const body = document.createElement("body");
    body.innerHTML = "<i id=placeholder></i>";
    document.body.replaceWith(body);
    await null;
    document.querySelector("#placeholder").replaceWith(element);
  },
  "by moveBefore": async (element, place) => (place.moveBefore ?? place.insertBefore).call(place, element, null),
  "twice in a row": async (element, place) => {
    for (let times = 0; times < 2; times++) {
      element.remove();
      await new Promise((done) => setTimeout(done, 300));
      place.append(element);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  },
};

for (const [way, move] of Object.entries(WAYS)) {
  test(`${way}: as if nothing had happened`, async ({ page, bell, embed, sandbox }) => {
    await page.addInitScript(`window.move = ${move}`);
    await embed(`<header>${bellOf(1003, { "poll-interval": 0 })}</header><main></main>`);
    await bell.openList();
    const scroller = bell.element.locator(".scroller");
    await bell.dismissButton(bell.items.first()).click();
    await expect(bell.undo).toBeVisible();
    await scroller.evaluate(
      (node) => new Promise((done) => (node.addEventListener("scroll", done, { once: true }), (node.scrollTop = 600))),
    );
    await bell.undoButton.focus();
    const place = () => scroller.evaluate((node) => node.scrollTop);
    const before = await place();
    const { length } = await sandbox.lists();
    const told = await page.evaluate(() => window.bellEvents.length);

    await bell.element.evaluate((element) => window.move(element, document.querySelector("main")));

    await expect(bell.panel).toBeVisible();
    // A row that is measured anew may move the rest by a fraction of a pixel.
    await expect.poll(async () => Math.abs((await place()) - before)).toBeLessThanOrEqual(1);
    await expect(bell.undoButton).toBeFocused();
    await expect(bell.items.first()).toBeVisible();
    expect(await page.evaluate((told) => window.bellEvents.slice(told), told)).toEqual([]);
    expect(await sandbox.writes()).toEqual([]);
    expect(await sandbox.lists()).toHaveLength(length);
    await bell.undoButton.click();
    await expect(bell.undo).toHaveCount(0);
    expect(await sandbox.writes()).toEqual([]);
    await page.keyboard.press("Escape");
    await expect(bell.panel).toHaveCount(0);
  });
}

test("who has taken the focus meanwhile keeps it", async ({ page, bell, embed }) => {
  await embed(`<header>${bellOf(1004)}</header><main><input /></main>`);
  await bell.openList();
  await bell.items.first().focus();
  await bell.element.evaluate(async (element) => {
    const place = element.parentNode;
    element.remove();
    await new Promise((done) => setTimeout(done, 50));
    document.querySelector("input").focus();
    place.append(element);
  });
  await expect(page.locator("input")).toBeFocused();
});

test("a bell that is taken out before its program has come gets it when it is back", async ({ page, bell, embed }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => (await held, route.continue()));
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.element.evaluate((element) => {
    element.remove();
    window.back = new Promise((done) => setTimeout(done, 500)).then(() => document.body.append(element));
  });
  release();
  await page.evaluate("back");
  await bell.ready();
  await bell.hears("cn-ready");
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
});

test("a bell that stays away for a second is gone, and sends what waits", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.element.evaluate((element) => {
    window.bell = element;
    element.remove();
  });
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  await page.evaluate("document.body.append(bell)");
  await expect(bell.badge).toHaveText("14");
  await bell.hears("cn-ready", 2);
});

test("a page that is left while its bell is out sends what waits at once", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.element.evaluate((element) => {
    element.remove();
    location.href = "about:blank";
  });
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
});

test("a bell that is out of a hidden page comes back, too", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const { length } = await sandbox.lists();
  await setHidden(page, true);
  await bell.element.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => setTimeout(done, 200));
    document.body.append(element);
  });
  await expect(bell.badge).toHaveText("15");
  await bell.hears("cn-ready");
  expect(await sandbox.lists()).toHaveLength(length);
});
