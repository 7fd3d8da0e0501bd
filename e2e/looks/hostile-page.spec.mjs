import { bellOf, test, expect } from "../support/test.mjs";

const HOSTILE = {
  "takes every style away": "* { all: unset }",
  "takes every style away and insists": "* { all: unset !important }",
  "writes very small":
    "html, body, body * { font-size: 8px; line-height: 9px; letter-spacing: 3px; word-spacing: 9px }",
  "hides buttons": "button, svg, p, h2 { display: none !important }",
  shouts: "* { text-transform: uppercase; font-weight: 900; font-style: italic; text-align: center; text-indent: 2em }",
  "paints everything": "* { color: lime; background: black; border: 9px solid red; outline: 5px dotted blue }",
  "turns and shrinks its parts":
    "[part], .root, .scroller, [data-id], [role], svg, path { transform: rotate(9deg); padding: 30px; margin: 30px }",
};

/** What can be seen of the panel, in numbers and names. */
const looks = (bell) =>
  bell.element.evaluate((element) => {
    const style = (part, ...names) => {
      const node = element.shadowRoot.querySelector(`[part~="${part}"]`);
      const { width, height } = node.getBoundingClientRect();
      const computed = getComputedStyle(node);
      return [part, Math.round(width), Math.round(height), ...names.map((name) => computed[name])];
    };
    const text = ["fontSize", "lineHeight", "letterSpacing", "textTransform", "fontWeight", "textAlign", "color"];
    return [
      style("bell", "display"),
      style("badge", ...text),
      style("panel", "display", "backgroundColor", "borderTopWidth"),
      style("title", "display", ...text),
      style("dismiss-all", "display", ...text),
      style("filter", "display", ...text),
      style("item", "display", "transform"),
      style("message", ...text),
      style("dismiss", "display"),
    ];
  });

const page = `<div style="position: absolute; top: 10px; left: 500px">${bellOf(1004)}</div>`;

for (const [what, css] of Object.entries(HOSTILE)) {
  test(`a page that ${what} does not reach into the bell`, async ({ bell, embed }) => {
    await embed(page);
    await bell.openList();
    const before = await looks(bell);
    await embed(page, { head: `<style>${css}</style>` });
    await bell.openList();
    // The bell itself has the colour of the page's text: that is meant.
    expect(await looks(bell)).toEqual(before);
  });
}

test("the bell does not reach out into the page", async ({ page, bell, embed }) => {
  const body = `<main><h2>Title</h2><button>Press</button><p>Text</p><a href="#">Link</a></main>`;
  const looks = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("html, body, main, main *")].map((node) => {
        const computed = getComputedStyle(node);
        return [...computed].map((name) => `${name}: ${computed[name]}`).join("; ");
      }),
    );
  // A hidden bell, so that it takes no room: what is compared is everything else.
  await embed(body, { module: null });
  const before = await looks();
  await embed(body + bellOf(1004, { hidden: true }));
  await bell.ready();
  expect(await looks()).toEqual(before);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length + document.styleSheets.length)).toBe(0);
});
