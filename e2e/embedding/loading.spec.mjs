// `loading`: when the program is fetched.

import { setHidden } from "../support/page.mjs";
import { bellOf, tag, test, expect } from "../support/test.mjs";

/** Counts what the page fetches of the bell's program. */
function watchProgram(page) {
  const asked = [];
  page.on("request", (request) => /_bg[^/]*\.(js|wasm)/.test(request.url()) && asked.push(request));
  return asked;
}

/** A bell in the middle of a page that has room around it. */
const lonely = (attributes) =>
  `<style>body { margin: 0; height: 2000px } coworker-notifications { position: absolute; left: 600px; top: 400px }</style>
   ${bellOf(1004, { loading: "intent", ...attributes })}`;

test("intent: nobody comes near the bell, and a page view costs the count alone", async ({ page, bell, embed, sandbox }) => {
  const program = watchProgram(page);
  const bytes = [];
  page.on("requestfinished", async (request) => {
    if (/coworker/.test(request.url())) bytes.push((await request.sizes()).responseBodySize);
  });
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  await expect(bell.button).toHaveAccessibleName("Notifications, 15 unread");
  expect(await bell.hears("cn-change")).toEqual([{ count: 15 }]);
  await bell.get("updateComplete");
  await page.waitForLoadState("networkidle");
  await page.mouse.move(10, 10);
  await page.mouse.move(600, 200);
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
  expect(program).toEqual([]);
  expect(await sandbox.lists()).toHaveLength(1);
  test.info().annotations.push({ type: "measured", description: `${bytes} bytes` });
});

for (const [what, come] of [
  ["a pointer comes near", (page) => page.mouse.move(560, 390)],
  ["the focus comes near", (page) => page.locator("#beside").focus()],
  ["it is focused", (page) => page.locator("coworker-notifications [part=bell]").focus()],
  ["it is opened", (page) => page.evaluate(() => document.querySelector("coworker-notifications").show())],
  ["it is asked", (page) => page.evaluate(() => void document.querySelector("coworker-notifications").refresh())],
  ["alerts are switched on", (page) => page.evaluate(() => (document.querySelector("coworker-notifications").desktopAlerts = true))],
  ["loading changes", (page) => page.evaluate(() => (document.querySelector("coworker-notifications").loading = "eager"))],
]) {
  test(`intent: ${what}, and the program is fetched`, async ({ page, bell, embed, sandbox }) => {
    const program = watchProgram(page);
    await embed(`${lonely()}<button id="beside" style="position: absolute; left: 660px; top: 400px">Beside</button>`);
    await expect(bell.badge).toHaveText("15");
    expect(program).toEqual([]);
    await come(page);
    await bell.ready();
    await expect(bell.badge).toHaveText("15");
    expect(await bell.heard("cn-change")).toEqual([{ count: 15 }]);
    expect(await sandbox.lists()).toHaveLength(what === "it is asked" ? 2 : 1);
  });
}

test("intent: the next poll needs the program, once the page is seen", async ({ page, clock, bell, embed, sandbox }) => {
  const program = watchProgram(page);
  await embed(lonely({ "poll-interval": 30 }));
  await expect(bell.badge).toHaveText("15");
  await setHidden(page, true);
  await clock.pass(60_000);
  expect(program).toEqual([]);
  await sandbox.create(1004, "Another");
  await setHidden(page, false);
  await expect(bell.badge).toHaveText("16");
});

test("intent: poll-interval 0 never needs it", async ({ page, clock, bell, embed }) => {
  const program = watchProgram(page);
  await embed(lonely({ "poll-interval": 0 }));
  await expect(bell.badge).toHaveText("15");
  await clock.pass(120_000);
  expect(program).toEqual([]);
});

test("intent: a write that an earlier visit left needs the program", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  await sandbox.faults({ status: 503, applyTo: "writes" });
  await bell.call("dismiss", first);
  await page.goto("about:blank");
  await sandbox.faults({});
  await embed(lonely());
  await expect.poll(() => sandbox.writes()).toContainEqual([first, true]);
});

for (const [what, attributes] of [
  ["a filter", { types: "blog" }],
  ["a count in the title", { "title-badge": true }],
  ["an open panel", { open: true }],
  ["an inline list", { variant: "inline" }],
]) {
  test(`intent: ${what} needs the program`, async ({ bell, embed }) => {
    await embed(lonely(attributes));
    await bell.ready();
  });
}

test("intent: without a token nothing is fetched, and the page is told in the end", async ({ page, clock, bell, embed, sandbox }) => {
  const program = watchProgram(page);
  await embed(tag({ "api-base": "/", "coworker-id": 1004, loading: "intent" }));
  await expect(bell.button).toBeVisible();
  await clock.pass(20_000);
  expect(program).toEqual([]);
  expect(await bell.heard("cn-error")).toEqual([]);
  await clock.pass(11_000);
  // However long the program takes to come, the half minute is over.
  const told = async () => {
    await clock.pass(100);
    return bell.heard("cn-error");
  };
  await expect.poll(told).toHaveLength(1);
  const [error] = await bell.heard("cn-error");
  expect(error.kind).toBe("config");
  expect(await sandbox.requests()).toEqual([]);
});

test("idle: the program waits until the page has loaded", async ({ page, bell, embed }) => {
  const program = watchProgram(page);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/picture.png", async (route) => (await held, route.fulfill({ status: 404 })));
  const opened = embed(`${lonely({ loading: null })}<img src="/picture.png" />`);
  await expect(bell.badge).toHaveText("15");
  await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestIdleCallback(done))));
  expect(program).toEqual([]);
  release();
  await opened;
  await bell.ready();
});

test("eager: the program comes with the module", async ({ page, bell, embed }) => {
  await page.route("**/coworkernotifications?*", () => {});
  await embed(lonely({ loading: "eager" }));
  await expect.poll(() => bell.element.evaluate((element) => element.shadowRoot.querySelector(".root") !== null)).toBe(true);
  await bell.open();
  await expect(bell.panel).toBeVisible();
});

test("a bell that is pressed before its program has come says that it is busy, and opens", async ({ page, bell, embed }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => (await held, route.continue()));
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  await expect(bell.live).toHaveText("");
  await bell.button.click();
  await expect(bell.button).toHaveAttribute("aria-busy", "true");
  await expect(bell.live).toHaveText("Loading notifications…");
  await bell.button.click();
  await expect(bell.button).toHaveAttribute("aria-busy", "false");
  await expect(bell.live).toHaveText("");
  await bell.button.click();
  release();
  await expect(bell.panel).toBeVisible();
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.button).not.toHaveAttribute("aria-busy", "true");
});

test("a press that begins before the program has come and ends afterwards opens the panel", async ({ page, bell, embed }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => (await held, route.continue()));
  await page.addInitScript(() => {
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const instantiate = WebAssembly[name];
      WebAssembly[name] = async (...values) => {
        const program = await instantiate.apply(WebAssembly, values);
        // By then the program would have taken the painted bell's place.
        let frames = 10;
        const frame = () => (frames-- ? requestAnimationFrame(frame) : (window.isProgramThere = true));
        frame();
        return program;
      };
    }
  });
  await embed(lonely({ loading: "eager" }));
  await expect(bell.badge).toHaveText("15");
  await bell.button.hover();
  await page.mouse.down();
  release();
  await page.waitForFunction(() => window.isProgramThere);
  await page.mouse.up();
  await expect(bell.panel).toBeVisible();
  await expect(bell.items.first()).toBeVisible();
});

test("intent: a bell that is removed leaves nothing that listens", async ({ page, bell, embed }) => {
  const program = watchProgram(page);
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  await bell.element.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => setTimeout(done, 1_200));
  });
  await page.mouse.move(600, 400);
  await page.mouse.click(610, 410);
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  expect(program).toEqual([]);
});
