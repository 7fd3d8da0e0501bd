// The documentation's HTML, JavaScript and CSS, each on a page as a reader would have it.

import { blocks } from "../../samples/support/blocks.mjs";
import { answerExamples, listenForTrouble } from "../support/examples.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

/** Those that stand for no file, which a test of its own looks at. */
const of = (language) => blocks.filter((block) => block.language === language && !block.file);
const at = ({ text, line }) => `${text}:${line}`;

test.beforeEach(({ context, server, site }) => answerExamples(context, { server, site }));

for (const block of of("html")) {
  test(`HTML of ${at(block)}: the bell has its notifications`, async ({ page, bell, embed, site }) => {
    const trouble = await listenForTrouble(page);
    if (block.code.startsWith("<!doctype")) {
      await page.goto(site.write("documented.html", block.code));
    } else {
      await embed(block.code, { module: null });
    }
    await bell.ready();
    expect(await bell.get("unreadCount")).toBeGreaterThan(0);
    expect(trouble).toEqual([]);
  });
}

for (const block of of("js")) {
  test(`JavaScript of ${at(block)}: it runs beside a bell`, async ({ page, bell, embed }) => {
    const trouble = await listenForTrouble(page);
    const ended = `<script type="module">${block.code}; window.ended = true;</script>`;
    await embed(`<b id="inbox-count"></b>${bellOf(1004)}${ended}`);
    await expect.poll(() => page.evaluate("window.ended")).toBe(true);
    await bell.ready();
    await bell.openList();
    expect(trouble).toEqual([]);
  });
}

for (const block of of("css")) {
  test(`CSS of ${at(block)}: the browser understands each line`, async ({ bell, embed }) => {
    await embed(`<style id="documented">${block.code}</style>${bellOf(1004)}`);
    await bell.openList();
    const written = [...block.code.matchAll(/^ +([-\w]+): /gm)].map(([, name]) => name);
    const unknown = await bell.page.evaluate((written) => {
      const styles = [];
      const collect = (rules) => {
        for (const rule of rules) rule.cssRules?.length ? collect(rule.cssRules) : styles.push(rule.style);
      };
      collect(document.querySelector("#documented").sheet.cssRules);
      return written.filter((name) => !styles.some((style) => style.getPropertyValue(name) !== ""));
    }, written);
    expect(unknown).toEqual([]);
  });
}
