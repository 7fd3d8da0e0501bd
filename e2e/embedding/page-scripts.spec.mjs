// Pages change what the language and the browser give everybody.

import { bellOf, test, expect } from "../support/test.mjs";

test("a fetch that takes addresses as strings alone will do", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (url, options) => (url.startsWith("/nothing") ? undefined : fetch(url, options));
  });
  await embed(bellOf(1004));
  await bell.openList();
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("what the page adds to all objects and lists is no attribute, and stops nothing", async ({ page, bell, embed }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(() => {
    Object.prototype["a b"] = 1;
    Object.prototype.extend = function () {};
    Object.prototype.value = "all";
    Object.prototype.open = true;
    Array.prototype.last = function () {};
  });
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.ready();
  await expect(bell.panel).toHaveCount(0);
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  const names = await bell.button.evaluate((button) => button.getAttributeNames());
  expect(names.filter((name) => /^(extend|value|last|open)$/.test(name))).toEqual([]);
  expect(errors).toEqual([]);
});

for (const names of [
  "class Element {} class Window {}",
  // As MooTools does.
  "window.Window = window.Element = function () {}",
  "class Map {} class Set {}",
  "class Promise {}",
  'const URL = "https://api.example"',
  'var URL = "https://api.example"',
  "var origin = { lat: 51.5, lng: -0.1 }",
  "var performance = { score: 9 }",
  "class CustomEvent {} class AbortController {} class DOMRect {}",
  "class ResizeObserver {} class MutationObserver {} class IntersectionObserver {}",
]) {
  // By locators alone: what Playwright evaluates needs some of these names itself.
  test(`a page that has other things by names of the browser: ${names}`, async ({ page, bell, embed }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await embed(bellOf(1004, { locale: "de" }), { head: `<script>${names}</script>` });
    await expect(bell.badge).toHaveText("15");
    await bell.open();
    await expect(bell.items.first()).toBeVisible();
    await expect(bell.part("title")).toHaveText("Mitteilungen");
    await bell.dismissButton(bell.items.first()).click();
    await expect(bell.badge).toHaveText("14");
    await expect(bell.error).toHaveCount(0);
    expect(errors).toEqual([]);
  });
}

test("lists that write themselves as text, as those of old libraries do, are read", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const count = await bell.get("unreadCount");
  const read = await bell.element.evaluate((element) => {
    const write = function () {
      return `"${this}"`;
    };
    Array.prototype.toJSON = Object.prototype.toJSON = write;
    element.preferences = { mutedTypes: ["blog"] };
    element.labels = { title: "Inbox", bellUnread: { other: "{count} new" } };
    element.links = { blog: "/news/{EntityId}", "*": "/all" };
    delete Array.prototype.toJSON;
    delete Object.prototype.toJSON;
    const { preferences, labels, links } = element;
    return { preferences, labels, links };
  });
  expect(read.preferences).toMatchObject({ mutedTypes: ["blog"] });
  expect(read.labels.bellUnread).toEqual({ other: "{count} new" });
  expect(read.links).toEqual({ blog: "/news/{EntityId}", "*": "/all" });
  await expect.poll(() => bell.get("unreadCount")).toBeLessThan(count);
  await bell.open();
  await expect(bell.part("title")).toHaveText("Inbox");
});

test("a page that has all shadow roots closed gets a bell", async ({ page, bell, embed }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      return attachShadow.call(this, { ...options, mode: "closed" });
    };
  });
  await embed(bellOf(1004));
  await expect.poll(() => bell.get("unreadCount")).toBe(15);
  await bell.call("show");
  await bell.hears("cn-open");
  const { x, y, width } = await bell.element.boundingBox();
  // On the panel, below the bell: inside is inside.
  await page.mouse.click(x + width / 2, y + 80);
  expect(await bell.get("open")).toBe(true);
  await page.mouse.click(x + width / 2, y + 20);
  await bell.hears("cn-close");
  expect(errors).toEqual([]);
});

/** Observers whose calls come a moment later than the browser's: pages have them so to silence "ResizeObserver loop". */
const LATE = `
  for (const name of ["ResizeObserver", "IntersectionObserver", "MutationObserver"]) {
    window[name] = class extends window[name] {
      constructor(call, options) {
        super((...values) => setTimeout(() => call(...values), 30), options);
      }
    };
  }`;

test("observers that call late are heard, and not missed when the panel has closed", async ({ page, bell, embed }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed(bellOf(1004, { "title-badge": true }), { head: `<script>${LATE}</script>` });
  await bell.openList();
  for (let times = 0; times < 3; times += 1) {
    await bell.call("hide");
    await expect(bell.panel).toHaveCount(0);
    await bell.openList();
  }
  await bell.items.first().press("End");
  await expect(bell.item((await bell.ids()).at(-1))).toBeFocused();
  await bell.element.evaluate((element) => element.remove());
  await page.evaluate(() => new Promise((done) => setTimeout(done, 100)));
  expect(errors).toEqual([]);
});

test("with promises that lack allSettled the program comes by itself", async ({ page, bell, embed }) => {
  await page.addInitScript(() => delete Promise.allSettled);
  await embed(bellOf(1004));
  await bell.ready();
});

test("addresses may be objects", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.element.evaluate((element) => {
    element.apiBase = new URL(location.origin);
    element.fallbackHref = new URL("/list", location.href);
  });
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.get("fallbackHref")).toMatch(/^http.*\/list$/);
});

test("in a page with a frame called hidden the bell polls, and shows what arrives", async ({
  bell,
  clock,
  embed,
  sandbox,
}) => {
  await embed(`<iframe name="hidden"></iframe><iframe name="body"></iframe>${bellOf(1004, { toasts: true, push: "off" })}`);
  await bell.ready();
  await sandbox.create(1004, "Something new");
  for (let seconds = 0; seconds < 70 && !(await bell.part("toast").count()); seconds += 4) {
    await clock.pass(4_000);
  }
  await expect(bell.part("toast")).toContainText("Something new");
  await expect(bell.badge).toHaveText("16");
});

test("recorders of sessions hear of the bell's styles", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    // As rrweb does: it hears of a list that is set, and not of what is added to one.
    const { get, set } = Object.getOwnPropertyDescriptor(ShadowRoot.prototype, "adoptedStyleSheets");
    Object.defineProperty(ShadowRoot.prototype, "adoptedStyleSheets", {
      configurable: true,
      get,
      set(sheets) {
        set.call(this, sheets);
        window.recorded = [...sheets].map((sheet) => sheet.cssRules.length);
      },
    });
  });
  await embed(bellOf(1004));
  await bell.openList();
  const sheets = () => bell.element.evaluate((element) => [...element.shadowRoot.adoptedStyleSheets].map((sheet) => sheet.cssRules.length));
  expect(await sheets()).toHaveLength(2);
  expect(await page.evaluate(() => window.recorded)).toEqual(await sheets());
});

/** Events of the page around a bell, and of the bell, that scripts send as plain ones: without key, pointer or place. */
const EVENTS = [
  ...["keydown", "keyup", "pointerdown", "pointermove", "pointerup", "pointercancel", "mousedown", "click", "auxclick"],
  ...["contextmenu", "focusin", "focusout", "blur", "scroll", "wheel", "resize", "storage", "message", "online", "offline"],
  ...["pageshow", "visibilitychange", "transitionrun", "transitionend", "toggle", "input", "change", "languagechange"],
];

for (const when of ["before the program is there", "with the menu of a row open"]) {
  test(`events without what their kind has stop nothing, ${when}`, async ({ page, bell, embed }) => {
    const errors = [];
    page.on("pageerror", (error) => errors.push(error.message));
    const isEarly = when.startsWith("before");
    await embed(bellOf(1004, { loading: isEarly ? "intent" : "eager", toasts: true }));
    await expect(bell.badge).toHaveText("15");
    if (!isEarly) {
      await bell.openList();
      await bell.items.first().focus();
      await page.keyboard.press("Shift+F10");
      await bell.part("menu").waitFor();
    }
    for (const type of EVENTS) {
      await bell.element.evaluate((host, type) => {
        const parts = host.shadowRoot.querySelectorAll("[part~=bell], [part~=panel], [part~=item], [part~=menu]");
        for (const target of [window, document, document.body, host, ...parts]) {
          target.dispatchEvent(new Event(type, { bubbles: true, composed: true, cancelable: true }));
        }
      }, type);
    }
    await bell.call("show");
    await expect(bell.items.first()).toBeVisible();
    expect(errors).toEqual([]);
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

/** What the translators of browsers do with a text. */
function translate(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const font = document.createElement("font");
    font.textContent = text.data;
    text.replaceWith(font);
  }
}

test("a translated badge follows the count", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.badge.evaluate(translate);
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await expect(bell.badge).toHaveText("14");
});

test("a translated message is shown in full, and cut again", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1004, `${"Long words. ".repeat(100)}The end.`);
  await embed(bellOf(1004));
  await bell.openList();
  const row = bell.items.first();
  await row.evaluate(translate);
  await row.getByRole("button", { name: "Show more" }).click();
  await expect(row).toContainText("The end.");
  await row.evaluate(translate);
  await row.getByRole("button", { name: "Show less" }).click();
  await expect(row).not.toContainText("The end.");
  await expect(row.getByRole("button", { name: "Show more" })).toBeVisible();
});
