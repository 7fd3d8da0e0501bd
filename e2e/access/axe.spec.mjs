import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { markup, style } from "../gallery/page.mjs";
import { STATES } from "../gallery/states.mjs";
import { test, expect } from "../support/test.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong, in a line each. */
async function violations(page) {
  await page.evaluate(AXE);
  return page.evaluate(async (levels) => {
    const { violations } = await axe.run("coworker-notifications", { runOnly: levels });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} ${target.join(" ")}`));
  }, LEVELS);
}

for (const theme of ["light", "dark"]) {
  for (const [state, { attributes, arrange, css = "", body, init }] of Object.entries(STATES)) {
    test(`axe finds nothing wrong: ${state}, ${theme}`, async ({ page, context, bell, embed, sandbox }) => {
      await page.emulateMedia({ reducedMotion: "reduce", colorScheme: theme });
      if (init) await page.addInitScript(init);
      const head = `<style>${style}${css}</style>`;
      const go = () => embed(markup({ ...attributes, theme }, { dir: "ltr", body }), { head });
      await arrange({ page, context, bell, sandbox, go });
      expect(await violations(page)).toEqual([]);
    });
  }
}
