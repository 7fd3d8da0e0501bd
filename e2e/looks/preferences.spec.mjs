// What a member prefers, set before the browser starts: so every engine can be told, not only those that can be told
// while they run (tag @media).

import { bellOf, test, expect } from "../support/test.mjs";

test.use({
  colorScheme: "dark",
  contextOptions: { reducedMotion: "reduce" },
  launchOptions: async ({ launchOptions, browserName }, use) => {
    const prefs = { "layout.css.prefers-color-scheme.content-override": 0, "ui.prefersReducedMotion": 1 };
    const firefoxUserPrefs = { ...launchOptions.firefoxUserPrefs, ...prefs };
    await use(browserName === "firefox" ? { ...launchOptions, firefoxUserPrefs } : launchOptions);
  },
});

test("who prefers dark gets a dark panel with light words, unless the page decides", async ({ bell, embed }) => {
  const lightness = (locator, property) =>
    locator.evaluate((node, property) => {
      const [red, green, blue] = getComputedStyle(node)[property].match(/[\d.]+/g).map(Number);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    }, property);
  await embed(bellOf(1004));
  await bell.openList();
  expect(await lightness(bell.panel, "backgroundColor")).toBeLessThan(60);
  expect(await lightness(bell.labels.first(), "color")).toBeGreaterThan(200);
  await bell.attribute("theme", "light");
  expect(await lightness(bell.panel, "backgroundColor")).toBeGreaterThan(200);
});

test("who prefers less motion sees none", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ delayMs: 20_000 });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.element.locator(".skeleton")).toBeVisible();
  await expect(bell.panel).toHaveCSS("transition-duration", "0s");
  const moving = () => bell.element.evaluate((element) => element.shadowRoot.getAnimations().length);
  await expect.poll(moving).toBe(0);
});
