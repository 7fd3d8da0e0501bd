// Pages that their own scripts, names and markup make strange.

import { bellOf, test, expect } from "./support/test.mjs";

/** Notes what the page hears of errors. */
const NOTES = `<script>
  window.errors = [];
  addEventListener("error", ({ message }) => errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
</script>`;

const script = (text) => `<script>${text}</script>`;
const later = (name) => `window.${name} = class extends ${name} {
  constructor(call, options) {
    super((...values) => setTimeout(() => call(...values), 30), options);
  }
};`;

/** Each is put before the bell. The driver's own scripts need `Map` and lists as they are. */
const STRANGE = {
  "frames called as what a document has": `<iframe name="hidden"></iframe><iframe name="body"></iframe>`,
  "links that open elsewhere": `<base target="elsewhere" />`,
  "promises that lack allSettled": script("delete Promise.allSettled"),
  "MooTools' elements": script("window.Window = window.Element = function () {}"),
  "variables by names of the browser": script(`
    class AbortController {}
    class ResizeObserver {}
    var URL = "https://api.example", origin = { lat: 51.5 }, performance = { score: 9 };`),
  "shadow roots that are closed": script(`
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function () { return attachShadow.call(this, { mode: "closed" }); }`),
  "observers that call late": script(["ResizeObserver", "IntersectionObserver", "MutationObserver"].map(later).join("")),
  "a fetch of its own": script(`
    const { fetch } = window;
    window.fetch = (...values) => fetch(...values).then((response) => new Proxy(response, {
      get(response, name) {
        const value = response[name];
        return typeof value === "function" ? value.bind(response) : value;
      },
    }));`),
};

/** The bell works from the first press to a dismissal, and the page hears of no error. */
async function works(page, bell) {
  await expect(bell.badge).toHaveText("15");
  await bell.openList();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.badge).toHaveText("14");
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
  expect(await page.evaluate("errors")).toEqual([]);
}

for (const [what, markup] of Object.entries(STRANGE)) {
  test(`a page with ${what}`, async ({ page, bell, embed }) => {
    await embed(bellOf(1004), { head: NOTES + markup, record: false });
    await works(page, bell);
  });
}

test("lists and objects that write themselves as text are read", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  // Only for a moment: the driver writes lists and objects, too.
  const read = await bell.element.evaluate((element) => {
    Array.prototype.toJSON = Object.prototype.toJSON = function () {
      return `"${this}"`;
    };
    element.preferences = { mutedTypes: ["blog"] };
    element.labels = { title: "Inbox" };
    delete Array.prototype.toJSON;
    delete Object.prototype.toJSON;
    return { preferences: element.preferences, labels: element.labels };
  });
  expect(read.preferences).toMatchObject({ mutedTypes: ["blog"] });
  expect(read.labels).toEqual({ title: "Inbox" });
  await expect.poll(() => bell.get("unreadCount")).toBeLessThan(15);
});

test("in a form whose fields are called as what an element has", async ({ page, bell, embed }) => {
  const fields = ["parentNode", "host", "style", "contains"].map((name) => `<input type="hidden" name="${name}" />`);
  await embed(`<form>${fields.join("")}${bellOf(1004)}</form>`, { head: NOTES, record: false });
  await works(page, bell);
});

test("in a link no press is the link's, whatever the button", async ({ page, bell, embed }) => {
  await embed(`<a href="/elsewhere.html">Menu ${bellOf(1004)}</a>`, { head: NOTES, record: false });
  await works(page, bell);
  const kept = await bell.button.evaluate((button) => {
    const press = new MouseEvent("auxclick", { bubbles: true, composed: true, cancelable: true, button: 1 });
    button.dispatchEvent(press);
    return press.defaultPrevented;
  });
  expect(kept).toBe(true);
  expect(await page.evaluate("location.pathname")).not.toContain("elsewhere");
});
