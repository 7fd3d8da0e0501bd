// The open panel stays at its bell and in view, whatever the page does around it.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

/** Why tests are left out there that ask about a bell in another document than it was made in. */
const ADOPTED = "Playwright's Firefox never ends a script about an element that has changed its document";

const VIEW = { width: 1000, height: 700 };

test.beforeEach(async ({ page }) => {
  await page.setViewportSize(VIEW);
  await page.emulateMedia({ reducedMotion: "reduce" });
});

/** Bell and panel as they are after so many frames, in pixels of the screen, and what one of the bell's own is. */
const measure = (bell, frames = 2) =>
  bell.element.evaluate(async (element, frames) => {
    const view = element.ownerDocument.defaultView;
    for (let left = frames; left > 0; left -= 1) await new Promise((done) => view.requestAnimationFrame(done));
    const find = (part) => element.shadowRoot.querySelector(`[part~=${part}]`);
    // It comes by way of a transition, unless the window wants less motion: one that the page has opened does not.
    await Promise.all(find("panel").getAnimations().map(({ finished }) => finished));
    // Browsers that do not tell an element's zoom measure in its own pixels.
    let factor = 1;
    if (find("panel").currentCSSZoom === undefined) {
      for (let node = find("panel"); node; node = node.parentElement ?? node.getRootNode().host) {
        factor *= Number(view.getComputedStyle(node).zoom);
      }
    }
    const box = (node) => {
      const { left, top, right, bottom } = node.getBoundingClientRect();
      return { left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor };
    };
    return { button: box(find("bell")), panel: box(find("panel")), unit: find("panel").currentCSSZoom ?? factor };
  }, frames);

/** The panel is at the bell, with an edge in common where there is room, and in view. */
async function expectInPlace(bell, { frames, edge = "right", side = "below", view = VIEW, where = "" } = {}) {
  const { button, panel, unit } = await measure(bell, frames);
  if (side === "below") expect(Math.abs(panel.top - button.bottom - 8 * unit), `gap ${where}`).toBeLessThanOrEqual(1);
  else expect(Math.abs(button.top - panel.bottom - 8 * unit), `gap ${where}`).toBeLessThanOrEqual(1);
  if (edge) expect(Math.abs(panel[edge] - button[edge]), `${edge} ${where}`).toBeLessThanOrEqual(1);
  expect(panel.left).toBeGreaterThanOrEqual(0);
  expect(panel.top).toBeGreaterThanOrEqual(0);
  expect(panel.right).toBeLessThanOrEqual(view.width + 0.5);
  expect(panel.bottom).toBeLessThanOrEqual(view.height + 0.5);
}

const PAGE = `<div id="above"></div>
  <header id="around" style="display: flex; margin: 0 0 0 300px">
    <span id="neighbour" style="width: 200px; flex: none">Neighbour</span>${bellOf(1004)}
  </header>
  <footer id="other" style="margin: 40px 0 0 600px"></footer>`;

for (const [name, change] of [
  ["something comes above it", () => document.body.prepend(Object.assign(document.createElement("div"), { style: "height: 120px" }))],
  ["a neighbour grows", () => (neighbour.style.width = "300px")],
  ["the bell grows", () => around.lastElementChild.style.setProperty("--cn-bell-size", "80px")],
  ["the panel gets wider", () => around.lastElementChild.style.setProperty("--cn-panel-width", "480px")],
  ["the page is turned right to left", () => (document.dir = "rtl")],
  ["what is around it is transformed", () => (around.style.transform = "translate(60px, 40px) scale(0.8)")],
  ["the bell is moved", () => other.append(document.querySelector("coworker-notifications"))],
  ["the words become larger", () => (document.documentElement.style.fontSize = "30px")],
  ["what is around it is zoomed", () => (around.style.zoom = "1.25")],
]) {
  test(`when ${name} the panel is in place within two frames`, async ({ page, bell, embed }) => {
    await embed(PAGE);
    await bell.openList();
    await expectInPlace(bell);
    await page.evaluate(() => {
      window.errors = [];
      window.addEventListener("error", ({ message }) => window.errors.push(message));
    });
    await page.evaluate(change);
    await expectInPlace(bell, { edge: name.includes("right to left") ? null : "right" });
    expect(await page.evaluate(() => window.errors), "no loop of a ResizeObserver").toEqual([]);
  });
}

for (const [name, style] of [
  ["margin", "margin-top: 150px"],
  ["transform", "transform: translateX(150px)"],
]) {
  test(`while a transition of ${name} runs the panel is in place all the time`, async ({ page, bell, embed }) => {
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await embed(PAGE);
    await bell.openList();
    await page.waitForFunction(() => document.getAnimations().length === 0);
    await bell.panel.evaluate((panel) => Promise.all(panel.getAnimations().map(({ finished }) => finished)));
    const worst = await bell.element.evaluate(async (element, style) => {
      const [button, panel] = ["bell", "panel"].map((part) => element.shadowRoot.querySelector(`[part~=${part}]`));
      around.style.cssText += `; transition: all 600ms ease-in; ${style}`;
      let worst = 0;
      const before = button.getBoundingClientRect();
      for (let frame = 0, still = 0; still < 10 && frame < 300; frame += 1) {
        await new Promise(requestAnimationFrame);
        const [to, at] = [button.getBoundingClientRect(), panel.getBoundingClientRect()];
        still = around.getAnimations().length === 0 ? still + 1 : 0;
        // What it lags behind is one frame's way.
        if (still > 2) worst = Math.max(worst, Math.abs(at.right - to.right), Math.abs(at.top - to.bottom - 8));
        else worst = Math.max(worst, (Math.abs(at.right - to.right) + Math.abs(at.top - to.bottom - 8)) / 60);
      }
      const after = button.getBoundingClientRect();
      return { worst, moved: Math.abs(after.left - before.left) + Math.abs(after.top - before.top) };
    }, style);
    expect(worst.moved).toBeGreaterThan(100);
    expect(worst.worst).toBeLessThanOrEqual(1);
    await expectInPlace(bell);
  });
}

test("hidden and shown elsewhere, the panel is at the bell again", async ({ page, bell, embed }) => {
  await embed(PAGE);
  await bell.openList();
  await page.evaluate(() => (around.style.display = "none"));
  await expect(bell.panel).toBeHidden();
  await page.evaluate(() => (around.style.cssText = "display: flex; margin: 60px 0 0 400px"));
  await expectInPlace(bell);
});

test("words that come late turn the panel to the other edge of the bell", async ({ page, bell, embed }) => {
  let letCome;
  const come = new Promise((resolve) => (letCome = resolve));
  await page.route("**/locales/ar.json", async (route) => {
    await come;
    await route.continue();
  });
  await embed(PAGE.replace("<coworker-notifications", '<coworker-notifications locale="ar"'));
  await bell.openList();
  await expectInPlace(bell);
  letCome();
  await expect(bell.panel).toHaveAttribute("dir", "rtl");
  await expectInPlace(bell, { edge: "left" });
});

test("at rest nothing runs, nor after the panel has closed", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    const { requestAnimationFrame } = window;
    window.frames = 0;
    window.requestAnimationFrame = (callback) => {
      window.asked = (window.asked ?? 0) + 1;
      return requestAnimationFrame.call(window, callback);
    };
  });
  await embed(PAGE);
  await bell.openList();
  const asked = () => page.evaluate(() => window.asked);
  const rests = async () => {
    await expect
      .poll(async () => {
        const before = await asked();
        await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
        return (await asked()) - before;
      })
      .toBe(0);
  };
  await rests();
  await page.evaluate(() => (neighbour.style.width = "300px"));
  await expectInPlace(bell);
  await rests();
  await page.keyboard.press("Escape");
  await expect(bell.panel).toHaveCount(0);
  await rests();
});

const CORNERS = [
  ["bottom-end", "top", "right", "below"],
  ["bottom-start", "top", "left", "below"],
  ["top-end", "bottom", "right", "above"],
  ["top-start", "bottom", "left", "above"],
];

/** The wrapper goes into each corner, and the panel opens by each placement. */
async function expectInEachCorner(page, bell) {
  for (const [, top, left, side] of CORNERS) {
    await page.evaluate(
      ([top, left]) => (wrapper.style.cssText = `${wrapper.style.cssText.replace(/inset.*?;/g, "")}; inset: auto; ${top}: 20px; ${left}: 20px`),
      [top, left],
    );
    for (const [placement, , edge] of CORNERS) {
      await bell.attribute("placement", placement);
      await expectInPlace(bell, { side, edge: edge === left ? edge : null, frames: 3, where: `${placement} ${top} ${left}` });
    }
  }
}

for (const where of ["html", "body", "wrapper", "host"]) {
  for (const zoom of [0.5, 0.75, 1.25, 1.5]) {
    test(`at zoom ${zoom} of the ${where}, in each corner, by each placement`, async ({ page, bell, embed }) => {
      await embed(`<div id="wrapper" style="position: fixed">${bellOf(1004)}</div>`);
      await bell.openList();
      await page.evaluate(
        ([where, zoom]) => {
          const places = { html: "html", body: "body", wrapper: "#wrapper", host: "coworker-notifications" };
          document.querySelector(places[where]).style.zoom = zoom;
        },
        [where, zoom],
      );
      await expectInEachCorner(page, bell);
    });
  }
}

for (const zooms of [
  [1.25, 0.8, 1.5],
  [0.5, 2, 0.75],
]) {
  test(`at zooms of page, wrapper and host one in the other (${zooms.join(", ")})`, async ({ page, bell, embed }) => {
    await embed(`<div id="wrapper" style="position: fixed">${bellOf(1004)}</div>`);
    await bell.openList();
    await page.evaluate((zooms) => {
      const places = [document.documentElement, wrapper, document.querySelector("coworker-notifications")];
      places.forEach((place, index) => (place.style.zoom = zooms[index]));
    }, zooms);
    await expectInEachCorner(page, bell);
  });
}

for (const zoom of [0.5, 1.5]) {
  test(`on a phone the sheet is at the bottom edge, as wide as the window, at zoom ${zoom}`, async ({
    page,
    bell,
    embed,
  }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await embed(bellOf(1004), { head: `<style>html { zoom: ${zoom} }</style>` });
    await bell.openList();
    const { panel } = await measure(bell);
    expect(panel.left).toBeCloseTo(0, 0);
    expect(panel.right).toBeCloseTo(360, 0);
    expect(panel.bottom).toBeCloseTo(640, 0);
    expect(panel.top).toBeGreaterThanOrEqual(640 * 0.119);
  });
}

test("in a frame that scrolls, the panel is placed and kept by the frame's window", async ({ browserName, page, bell, embed }) => {
  test.skip(browserName === "firefox", ADOPTED);
  await embed(`${bellOf(1004)}<iframe style="width: 700px; height: 500px; border: 0"
    srcdoc="<body style='margin: 0; height: 3000px'><p id=text>A frame</p>"></iframe>`);
  await bell.ready();
  await page.frameLocator("iframe").locator("#text").waitFor();
  await page.evaluate(() => {
    const place = document.querySelector("iframe").contentDocument.body;
    place.append(document.querySelector("coworker-notifications"));
    place.lastElementChild.style.marginLeft = "450px";
  });
  const inside = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await inside.open();
  await expect(inside.items.first()).toBeVisible();
  const view = { width: 700, height: 500 };
  await expectInPlace(inside, { view });
  await inside.element.evaluate((element) => element.ownerDocument.defaultView.scrollTo(0, 30));
  await expectInPlace(inside, { view });
});

test("in a window that the page has opened, the panel is placed and kept there", async ({ browserName, page, bell, embed }) => {
  test.skip(browserName === "firefox", ADOPTED);
  await embed(bellOf(1004));
  await bell.ready();
  const [popup] = await Promise.all([
    page.waitForEvent("popup"),
    page.evaluate(() => {
      const other = open("about:blank", "", "popup,width=600,height=500");
      other.document.body.append(document.querySelector("coworker-notifications"));
      other.document.body.style.paddingLeft = "430px";
    }),
  ]);
  await popup.setViewportSize({ width: 600, height: 500 });
  const inside = new Bell(popup.locator("coworker-notifications"));
  await inside.open();
  await expectInPlace(inside, { view: { width: 600, height: 500 } });
  await popup.evaluate(() => (document.body.style.paddingTop = "50px"));
  await expectInPlace(inside, { view: { width: 600, height: 500 } });
  await popup.keyboard.press("Escape");
  await expect(inside.panel).toBeHidden();
});
