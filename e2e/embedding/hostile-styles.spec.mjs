import { bellOf, test, expect } from "../support/test.mjs";

const HOSTILE = `<style>
  html { font-size: 40px; }
  body, body * {
    cursor: wait; direction: ltr; font: italic 900 7px/9 cursive !important;
    letter-spacing: 1em !important; line-break: anywhere; list-style: square; quotes: none; tab-size: 1;
    text-align: center; text-indent: 99px !important; text-shadow: 0 0 9px red; text-transform: uppercase !important;
    white-space: pre !important; word-break: break-all; word-spacing: 2em !important; pointer-events: none;
  }
  button, div, span, p, ul, li, svg, a, h2, [part], [part="panel"], .root {
    background: red !important; border: 9px solid red !important; display: block !important;
    margin: 50px !important; opacity: 0.1 !important; position: fixed !important; transform: rotate(45deg) !important;
  }
</style>`;

/** How the parts, once they stand still, of an open bell look, as far as a page could meddle. */
const looks = (bell) =>
  bell.element.evaluate(async ({ shadowRoot }) => {
    await Promise.all(shadowRoot.getAnimations().map((animation) => animation.finished));
    const properties = [
      ...["background-color", "border-top-width", "display", "margin-top", "opacity", "position", "transform"],
      ...["font-family", "font-size", "font-style", "font-weight", "letter-spacing", "line-height", "text-align"],
      ...["text-indent", "text-shadow", "text-transform", "white-space", "word-break", "word-spacing", "pointer-events"],
    ];
    const parts = ["bell", "badge", "panel", "title", "item", "label", "message", "time", "dismiss"];
    return Object.fromEntries(
      parts.map((part) => {
        const style = getComputedStyle(shadowRoot.querySelector(`[part~="${part}"]`));
        return [part, properties.map((property) => `${property}: ${style.getPropertyValue(property)}`)];
      }),
    );
  });

test("a page that styles everything does not reach into the bell", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.call("show");
  await expect(bell.items.first()).toBeVisible();
  const plain = await looks(bell);

  await embed(HOSTILE + bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.call("show");
  await expect(bell.items.first()).toBeVisible();
  expect(await looks(bell)).toEqual(plain);
  await expect(page.locator("coworker-notifications")).toHaveCount(1);
});
