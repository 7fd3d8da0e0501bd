// What Playwright expects of elements, for elements in WebKit.

import { expect as base } from "@playwright/test";

import { PATIENCE } from "./page.mjs";

/** A matcher that looks again until what it reads is as expected, or time is up. */
const matcher = (read, isAsExpected) =>
  async function (locator, ...expected) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await read(locator, ...expected);
      const pass = isAsExpected(found, ...expected);
      if (pass !== this.isNot || Date.now() > end) {
        const what = `${locator}\nexpected${this.isNot ? " not" : ""}: ${expected.map(String).join(" ")}\nfound: ${JSON.stringify(found)}`;
        return { pass, message: () => what };
      }
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };

const isLike = (text, expected) => (expected instanceof RegExp ? expected.test(text) : text === expected);
const isVisible = (locator) => locator.isVisible();
const text = (locator) => locator.evaluateAll(([element]) => element?.textContent.replace(/\s+/g, " ").trim());
const attribute = (locator, name) => locator.evaluateAll(([element], name) => element?.getAttribute(name), name);
const isFocused = (locator) =>
  locator.evaluateAll(([element]) => element !== undefined && element.getRootNode().activeElement === element);
const css = (locator, name) =>
  locator.evaluateAll(([element], name) => element && getComputedStyle(element).getPropertyValue(name), name);

export const expect = base.extend({
  toBeVisible: matcher(isVisible, (found) => found),
  toBeHidden: matcher(isVisible, (found) => !found),
  toBeFocused: matcher(isFocused, (found) => found),
  toHaveCount: matcher((locator) => locator.count(), (found, expected) => found === expected),
  toHaveText: matcher(text, isLike),
  toContainText: matcher(text, (found, expected) => found?.includes(expected) ?? false),
  toHaveAttribute: matcher(attribute, (found, _, expected) => isLike(found, expected)),
  toHaveCSS: matcher(css, (found, _, expected) => isLike(found, expected)),
});
