import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { bellOf, test, expect } from "../support/test.mjs";

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

const STATES = {
  closed: async () => {},
  open: async ({ bell }) => {
    await bell.open();
    await expect(bell.items.first()).toBeVisible();
  },
  "with Undo": async ({ bell }) => {
    await bell.open();
    await bell.dismissButton(bell.items.first()).click();
    await expect(bell.undo).toBeVisible();
  },
  asking: async ({ bell }) => {
    await bell.open();
    await bell.dismissAllButton.click();
    await expect(bell.part("confirm")).toBeVisible();
  },
  empty: async ({ bell }) => {
    await bell.attribute("coworker-id", "1002");
    await bell.set("token", "member-1002");
    await bell.open();
    await expect(bell.empty).toBeVisible();
  },
  failing: async ({ bell, sandbox }) => {
    await sandbox.faults({ status: 500 });
    await bell.call("refresh");
    await bell.open();
    await expect(bell.error).toBeVisible();
  },
  loading: async ({ bell, sandbox }) => {
    await sandbox.faults({ delayMs: 60_000 });
    await bell.attribute("page-size", "20");
    await bell.attribute("coworker-id", "1001");
    await bell.open();
    await expect(bell.panel).toContainText("Loading notifications…");
  },
  waiting: async ({ bell }) => {
    await bell.attribute("token", null);
    await bell.open();
    await expect(bell.panel).toContainText("Waiting");
  },
  "row in error": async ({ bell, sandbox, page }) => {
    await sandbox.faults({ status: 500, applyTo: "writes" });
    await bell.attribute("dismiss-mode", "api");
    await bell.open();
    await bell.dismissButton(bell.items.first()).click();
    await page.clock.runFor(7_000);
    await expect(bell.panel).toContainText("Couldn’t be dismissed.");
  },
  inline: async ({ bell }) => {
    await bell.attribute("variant", "inline");
    await expect(bell.items.first()).toBeVisible();
  },
};

for (const theme of ["light", "dark"]) {
  for (const [state, arrange] of Object.entries(STATES)) {
    test(`axe finds nothing wrong with a bell that is ${state}, ${theme}`, async ({ page, bell, embed, sandbox }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      await page.clock.install();
      await embed(`<main>${bellOf(1004, { theme, links: '{"blog":"#blog"}' })}</main>`, {
        head: theme === "dark" ? "<style>body { background: #111; color: #eee }</style>" : "",
      });
      await bell.ready();
      await arrange({ page, bell, sandbox });
      expect(await violations(page)).toEqual([]);
    });
  }
}
