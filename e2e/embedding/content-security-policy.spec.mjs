import { blockFor } from "../../samples/support/blocks.mjs";
import { bellOf, Sandbox, test as base, expect } from "../support/test.mjs";

// What the documentation tells pages to copy.
const POLICY = blockFor("csp").trim();

/** A sandbox whose pages come with the strict policy. */
const test = base.extend({
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder, "--csp", POLICY);
    await use(server);
    await server.stop();
  },
});

test("everything works under a strict policy, and nothing violates it", async ({
  page,
  clock,
  bell,
  embed,
  site,
  sandbox,
}) => {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) =>
      window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  void site;
  const response = await embed(bellOf(1004, { "title-badge": true, links: '{"blog":"#blog"}' }));
  expect(await response.headerValue("content-security-policy")).toBe(POLICY);

  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  // The styles apply.
  expect(await bell.panel.evaluate((panel) => getComputedStyle(panel).position)).toBe("fixed");
  await bell.dismissButton(bell.items.first()).click();
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toHaveLength(1);
  await bell.attribute("locale", "de");
  await expect(bell.part("title")).toHaveText("Mitteilungen");
  await bell.attribute("variant", "inline");
  await bell.items.last().scrollIntoViewIfNeeded();
  await bell.attribute("api-base", "http://elsewhere.example");
  await expect(bell.error).toBeVisible();

  expect(await page.evaluate("violations")).toEqual([]);
});
