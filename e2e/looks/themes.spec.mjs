import { bellOf, test, expect } from "../support/test.mjs";

const css = (locator, property) => locator.evaluate((node, name) => getComputedStyle(node)[name], property);

/** How light a colour is, from 0 to 255. */
const lightness = async (locator, property) => {
  const [red, green, blue] = (await css(locator, property)).match(/[\d.]+/g).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

test("the theme follows the system, unless the page says otherwise", { tag: "@media" }, async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await lightness(bell.panel, "backgroundColor")).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await lightness(bell.panel, "backgroundColor")).toBeLessThan(60);
  expect(await lightness(bell.labels.first(), "color")).toBeGreaterThan(200);
  await bell.attribute("theme", "light");
  expect(await lightness(bell.panel, "backgroundColor")).toBeGreaterThan(200);
  await page.emulateMedia({ colorScheme: "light" });
  await bell.attribute("theme", "dark");
  expect(await lightness(bell.panel, "backgroundColor")).toBeLessThan(60);
});

test("the bell is as dark as the text around it", async ({ bell, embed }) => {
  await embed(`<div style="color: rgb(200, 30, 90)">${bellOf(1002)}</div>`);
  await bell.ready();
  await expect(bell.button).toHaveCSS("color", "rgb(200, 30, 90)");
});

test("custom properties reach bell, badge and panel", async ({ bell, embed }) => {
  await embed(bellOf(1004), {
    head: `<style>coworker-notifications {
      --cn-accent: rgb(1, 2, 3); --cn-surface: rgb(4, 5, 6); --cn-text: rgb(240, 241, 242);
      --cn-muted: rgb(230, 231, 232); --cn-border: rgb(7, 8, 9); --cn-badge-bg: rgb(10, 11, 12);
      --cn-badge-text: rgb(220, 221, 222); --cn-radius: 3px; --cn-font: monospace; --cn-panel-width: 444px;
      --cn-panel-max-height: 333px; --cn-bell-size: 60px; --cn-z-index: 77 }</style>`,
  });
  await bell.openList();
  for (const [locator, property, value] of [
    [bell.dismissAllButton, "color", "rgb(1, 2, 3)"],
    [bell.panel, "background-color", "rgb(4, 5, 6)"],
    [bell.labels.first(), "color", "rgb(240, 241, 242)"],
    [bell.messages.first(), "color", "rgb(230, 231, 232)"],
    [bell.panel, "border-top-color", "rgb(7, 8, 9)"],
    [bell.badge, "background-color", "rgb(10, 11, 12)"],
    [bell.badge, "color", "rgb(220, 221, 222)"],
    [bell.panel, "border-top-left-radius", "3px"],
    [bell.panel, "font-family", "monospace"],
    [bell.panel, "width", "444px"],
    [bell.panel, "height", "333px"],
    [bell.button, "width", "60px"],
    [bell.button, "height", "60px"],
    [bell.panel, "z-index", "77"],
  ]) {
    await expect(locator, property).toHaveCSS(property, value);
  }
});

test("forced colours: what is chosen, focused or counted can be told from the rest", { tag: "@media" }, async ({ page, bell, embed }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await embed(bellOf(1004));
  await bell.ready();
  await bell.button.focus();
  await page.keyboard.press("Enter");
  await expect(bell.items.first()).toBeFocused();
  await expect(bell.items.first()).not.toHaveCSS("outline-style", "none");
  await expect(bell.badge).toBeVisible();
  const [chosen, other] = [bell.part("filter").nth(0), bell.part("filter").nth(1)];
  expect(await css(chosen, "backgroundColor")).not.toBe(await css(other, "backgroundColor"));
  expect(await css(bell.badge, "backgroundColor")).not.toBe(await css(bell.panel, "backgroundColor"));
  await expect(bell.panel).not.toHaveCSS("border-top-style", "none");
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.undo).not.toHaveCSS("border-top-width", "0px");
});

test("the panel fades in and out, unless motion is reduced", { tag: "@media" }, async ({ page, bell, embed }) => {
  const durations = () => css(bell.panel, "transitionDuration");
  await embed(bellOf(1004));
  await bell.open();
  expect(await durations()).toContain("0.12s");
  await page.emulateMedia({ reducedMotion: "reduce" });
  expect(await durations()).toBe("0s");
});

test("reduced motion: waiting rows stand still", { tag: "@media" }, async ({ page, bell, embed, sandbox }) => {
  await sandbox.faults({ delayMs: 20_000 });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.element.locator(".skeleton")).toBeVisible();
  const moving = () => bell.element.evaluate((element) => element.shadowRoot.getAnimations().length);
  await expect.poll(moving).toBeGreaterThan(0);
  await page.emulateMedia({ reducedMotion: "reduce" });
  await expect.poll(moving).toBe(0);
});
