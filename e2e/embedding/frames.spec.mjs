import { Bell, bellOf, test, expect } from "../support/test.mjs";

test("in a frame without an origin there is no storage, no channel and no lock: the bell works and polls", async ({
  page,
  clock,
  embed,
  site,
  sandbox,
}) => {
  const inside = site.page(bellOf(1004, { "api-base": sandbox.url, "poll-interval": 10 }));
  await embed(`<iframe sandbox="allow-scripts" src="${inside}" width="600" height="600"></iframe>`, { module: null });
  const bell = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toHaveLength(1);
  await sandbox.create(1004, "One more");
  await clock.pass(11_500);
  await expect(bell.badge).toHaveText("15");
  await expect(bell.items.first()).toContainText("One more");
});

test("in a shadow root of the page's own the bell works", async ({ page, embed }) => {
  await embed(`<div id="host"></div>
    <script>
      document.querySelector("#host").attachShadow({ mode: "closed" }).innerHTML = ${JSON.stringify(bellOf(1004))};
    </script>`);
  await page.evaluate(() => {});
  await expect.poll(() => page.evaluate(() => window.bellEvents.some(({ type }) => type === "cn-ready"))).toBe(true);
});

test("where locks can be asked for in vain the bell is alone, and polls", async ({ page, clock, bell, embed, sandbox }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new Error("no locks here");
    };
    Object.defineProperty(navigator, "locks", { value: { request: refuse, query: refuse } });
  });
  await embed(bellOf(1004, { "poll-interval": 10 }));
  await bell.ready();
  await sandbox.create(1004, "One more");
  await clock.pass(11_500);
  await expect(bell.badge).toHaveText("16");
});
