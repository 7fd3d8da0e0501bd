// The panel while the program is on its way.

import { bellOf, test, expect } from "../support/test.mjs";

/** Holds the program back until `release` is called. */
const hold = test.extend({
  release: [
    async ({ page }, use) => {
      let release;
      const held = new Promise((resolve) => (release = resolve));
      await page.route("**/*.wasm", async (route) => (await held, route.continue()));
      await use(release);
      release();
    },
    { auto: true },
  ],

  /** What is shown of the panel before the program is there. */
  preview: ({ bell }, use) => use(bell.element.locator(".preview")),
});

const hasOpened = (preview) =>
  preview.evaluate((panel) => Promise.all(panel.getAnimations().map(({ finished }) => finished)));

const lonely = (attributes) =>
  `<style>body { margin: 0; height: 2000px } coworker-notifications { position: absolute; left: 600px; top: 40px }</style>
   ${bellOf(1004, { loading: "intent", ...attributes })}<button id="page" style="position: absolute; left: 20px; top: 60px">Page</button>`;

hold("what the early answer says can be read before the program is there, and stays where it is", async ({
  bell,
  embed,
  preview,
  release,
}) => {
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  const [newest] = await bell.get("notifications");
  await bell.button.click();
  await expect(preview).toHaveRole("dialog");
  await expect(preview).toHaveAccessibleName("Notifications");
  await expect(preview).toHaveAttribute("aria-busy", "true");
  await expect(preview.getByText(newest.Message)).toBeVisible();
  await expect(bell.button).toHaveAttribute("aria-expanded", "true");
  await expect(bell.button).toHaveAttribute("aria-busy", "true");
  await expect(preview).toBeFocused();
  await hasOpened(preview);
  const before = await preview.boundingBox();
  const text = await preview.getByText(newest.Message).boundingBox();
  release();
  await expect(bell.items.first()).toBeFocused();
  await expect(preview).toHaveCount(0);
  await expect(bell.panel).toHaveCount(1);
  const panel = await bell.panel.boundingBox();
  for (const side of ["x", "y", "width"]) {
    expect(Math.abs(panel[side] - before[side]), side).toBeLessThan(1);
  }
  const row = await bell.messages.first().boundingBox();
  expect(Math.abs(row.x - text.x)).toBeLessThan(1);
  expect(Math.abs(row.y - text.y)).toBeLessThan(8);
  expect(await bell.heard("cn-open")).toHaveLength(1);
});

for (const placement of ["bottom-start", "bottom-end", "top-start", "top-end"]) {
  hold(`${placement}: it stands at the bell where the panel will`, async ({ page, bell, embed, preview, release }) => {
    await page.setViewportSize({ width: 1300, height: 1000 });
    await embed(lonely({ placement }).replace("top: 40px", "top: 480px"));
    await expect(bell.badge).toHaveText("15");
    await bell.button.click();
    await expect(preview.locator("p").first()).toBeVisible();
    await hasOpened(preview);
    const edge = ({ y, height }) => (placement.startsWith("top") ? y + height : y);
    const before = await preview.boundingBox();
    // The page is scrolled, and the preview keeps at its bell.
    await page.evaluate(() => scrollBy(0, 10));
    await expect.poll(async () => edge(before) - edge(await preview.boundingBox())).toBeCloseTo(10, 0);
    await page.evaluate(() => scrollBy(0, -10));
    release();
    await expect(bell.items.first()).toBeFocused();
    const panel = await bell.panel.boundingBox();
    expect(Math.abs(panel.x - before.x)).toBeLessThan(1);
    expect(Math.abs(edge(panel) - edge(before))).toBeLessThan(1);
  });
}

hold("the early answer comes after the press: grey rows until then", async ({ page, bell, embed, preview }) => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  await page.route("**/coworkernotifications?*", async (route) => (await held, route.continue()));
  await embed(lonely());
  await bell.button.click();
  await expect(preview.locator(".bone").first()).toBeVisible();
  await expect(preview.locator("p")).toHaveCount(0);
  answer();
  await expect(preview.locator("p").first()).not.toBeEmpty();
});

for (const [how, close] of [
  ["a press on the bell", (page, bell) => bell.button.click()],
  ["a press outside", (page) => page.locator("#page").click()],
  ["hide()", (page, bell) => bell.call("hide")],
  ["Escape", (page) => page.keyboard.press("Escape")],
]) {
  hold(`${how} closes it, and the program opens nothing`, async ({ page, bell, embed, preview, release }) => {
    await page.addInitScript(() => {
      window.escapes = [];
      addEventListener("keydown", (event) => window.escapes.push(event.defaultPrevented));
    });
    await embed(lonely());
    await expect(bell.badge).toHaveText("15");
    await bell.button.click();
    await expect(preview.locator("p").first()).toBeVisible();
    await close(page, bell);
    await expect(preview).toHaveCount(0);
    await expect(bell.button).toHaveAttribute("aria-expanded", "false");
    if (how === "Escape") {
      await expect(bell.button).toBeFocused();
    }
    await expect(bell.button).toHaveAttribute("aria-busy", "false");
    // What was used up is not for the page; the next one is.
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => window.escapes)).toEqual(how === "Escape" ? [true, false] : [false]);
    release();
    await bell.ready();
    await expect(bell.panel).toHaveCount(0);
    expect(await bell.heard("cn-open")).toEqual([]);
  });
}

for (const [what, attributes, faults] of [
  ["the dismissed view", { view: "dismissed" }, {}],
  ["a server that lists the oldest first", {}, { dir: "one-is-ascending" }],
]) {
  hold(`${what}: grey rows, since what is known is something else`, async ({ bell, embed, preview, sandbox }) => {
    await sandbox.faults(faults);
    await embed(lonely(attributes));
    await expect(bell.badge).toHaveText("15");
    await bell.button.click();
    await expect(preview.locator(".bone").first()).toBeVisible();
    await expect(preview.locator("p")).toHaveCount(0);
  });
}

hold("of another member nothing is shown", async ({ bell, embed, preview }) => {
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  await bell.button.click();
  await expect(preview.locator("p").first()).toBeVisible();
  await bell.element.evaluate((element) => {
    element.token = null;
    element.coworkerId = 1002;
  });
  await expect(preview.locator("p")).toHaveCount(0);
  await expect(preview.locator(".bone").first()).toBeVisible();
});

hold("taken out and put back it is there again; taken away it is gone", async ({ bell, embed, preview }) => {
  await embed(lonely());
  await expect(bell.badge).toHaveText("15");
  await bell.button.click();
  await expect(preview.locator("p").first()).toBeVisible();
  await bell.element.evaluate((element) => document.body.append(element));
  await expect(preview.locator("p").first()).toBeVisible();
  const left = await bell.element.evaluate(async (element) => {
    element.remove();
    await new Promise((done) => setTimeout(done, 1_200));
    return element.shadowRoot.querySelectorAll("[part=panel]").length;
  });
  expect(left).toBe(0);
});

hold("a message is text", async ({ page, bell, embed, preview, sandbox }) => {
  await sandbox.create(1004, "<img src=x onerror=alert(1)> & <b>bold</b>");
  await embed(lonely());
  await expect(bell.badge).toHaveText("16");
  await bell.button.click();
  await expect(preview.getByText("<img src=x onerror=alert(1)> & <b>bold</b>")).toBeVisible();
  await expect(preview.locator("img")).toHaveCount(0);
});
