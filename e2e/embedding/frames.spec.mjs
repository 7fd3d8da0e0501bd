import { Bell, bellOf, test, expect } from "../support/test.mjs";

test("in a frame without an origin there is no storage, no channel and no lock: the bell works and polls", async ({
  page,
  clock,
  embed,
  site,
  sandbox,
}) => {
  const inside = site.page(bellOf(1004, { "api-base": sandbox.url, "poll-interval": 10 }));
  await embed(`<iframe sandbox="allow-scripts" src="${inside}" width="600" height="600"></iframe>`, { module: null });
  const bell = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toHaveLength(1);
  await sandbox.create(1004, "One more");
  await clock.pass(11_500);
  await expect(bell.badge).toHaveText("15");
  await expect(bell.items.first()).toContainText("One more");
});

test("in a srcdoc frame, which has its parent's origin and no address, api-base may be a path", async ({
  page,
  embed,
  sandbox,
}) => {
  const thrown = [];
  page.on("pageerror", ({ message }) => thrown.push(message));
  await embed(`<iframe width="600" height="600"></iframe>`, { module: null });
  await page.evaluate((inside) => (document.querySelector("iframe").srcdoc = inside), [
    `<!doctype html><script type="module" src="/coworker-notifications.js"></script>`,
    bellOf(1004),
  ].join(""));
  const bell = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.lists()).toHaveLength(1);
  expect(thrown).toEqual([]);
});

test("in a shadow root of the page's own the bell works", async ({ page, embed }) => {
  await embed(`<div id="host"></div>
    <script>
      document.querySelector("#host").attachShadow({ mode: "closed" }).innerHTML = ${JSON.stringify(bellOf(1004))};
    </script>`);
  await page.evaluate(() => {});
  await expect.poll(() => page.evaluate(() => window.bellEvents.some(({ type }) => type === "cn-ready"))).toBe(true);
});

test("moved into a frame of the page's own, and back, a bell keeps its looks and its list", async ({
  page,
  bell,
  embed,
}) => {
  await embed(`<main>${bellOf(1004)}</main><iframe width="600" height="600"></iframe>`);
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await page.evaluate(() => (window.moved = document.querySelector("coworker-notifications")));
  const looks = () =>
    page.evaluate(() => {
      const panel = moved.shadowRoot.querySelector("[part=panel]");
      const { display, borderTopWidth } = moved.ownerDocument.defaultView.getComputedStyle(panel);
      return [display, borderTopWidth, moved.unreadCount, moved.status];
    });
  const before = await looks();
  await page.evaluate(() => document.querySelector("iframe").contentDocument.body.append(moved));
  expect(await looks()).toEqual(before);
  await page.evaluate(() => document.querySelector("main").append(moved));
  expect(await looks()).toEqual(before);
});

test("a bell whose program is not there yet keeps its looks in a frame", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", () => {});
  await embed(`<main>${bellOf(1004)}</main><iframe width="600" height="600"></iframe>`);
  await expect(bell.button).toBeVisible();
  const looks = () =>
    page.evaluate(() => {
      const button = moved.shadowRoot.querySelector("[part=bell]");
      const { width, display, color } = moved.ownerDocument.defaultView.getComputedStyle(button);
      return [width, display, color];
    });
  await page.evaluate(() => (window.moved = document.querySelector("coworker-notifications")));
  const before = await looks();
  await page.evaluate(() => document.querySelector("iframe").contentDocument.body.append(moved));
  expect(await looks()).toEqual(before);
});

test("in a document that nobody sees a bell waits, and is itself again when it comes back", async ({
  page,
  bell,
  embed,
}) => {
  const wrong = [];
  page.on("pageerror", ({ message }) => wrong.push(message));
  await embed(`<main>${bellOf(1004)}</main>`);
  await bell.ready();
  await page.evaluate(() => {
    const moved = document.querySelector("coworker-notifications");
    document.implementation.createHTMLDocument().body.append(moved);
    document.querySelector("main").append(moved);
  });
  await bell.open();
  await expect(bell.panel).toHaveCSS("border-top-width", "1px");
  expect(wrong).toEqual([]);
});

test("style sheets that a page gives the bell itself count behind the bell's own", async ({ page, bell, embed }) => {
  await embed("<main></main>");
  await page.evaluate((markup) => {
    const main = document.createElement("main");
    main.innerHTML = markup;
    customElements.upgrade(main);
    const own = new CSSStyleSheet();
    own.replaceSync("[part=panel] { border-top-width: 3px }");
    main.firstElementChild.shadowRoot.adoptedStyleSheets.push(own);
    document.body.append(main);
  }, bellOf(1004));
  await bell.open();
  await expect(bell.panel).toHaveCSS("border-top-width", "3px");
  await expect(bell.panel).toHaveCSS("border-bottom-width", "1px");
});

test("a bell that is made here and put into a frame works there", async ({ page, embed }) => {
  await embed(`<main></main><iframe width="600" height="600"></iframe>`);
  await page.evaluate((markup) => {
    document.querySelector("main").innerHTML = markup;
    document.querySelector("iframe").contentDocument.body.append(document.querySelector("coworker-notifications"));
  }, bellOf(1004));
  const inside = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await expect(inside.badge).toHaveText("15");
  await inside.open();
});

test("where locks can be asked for in vain the bell is alone, and polls", async ({ page, clock, bell, embed, sandbox }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new Error("no locks here");
    };
    Object.defineProperty(navigator, "locks", { value: { request: refuse, query: refuse } });
  });
  await embed(bellOf(1004, { "poll-interval": 10 }));
  await bell.ready();
  await sandbox.create(1004, "One more");
  await clock.pass(11_500);
  await expect(bell.badge).toHaveText("16");
});
