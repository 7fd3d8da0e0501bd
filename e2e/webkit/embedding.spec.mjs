import { blockFor } from "../../samples/support/blocks.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { bellOf, test as base, expect } from "./support/test.mjs";

// What the documentation tells pages to copy.
const POLICY = blockFor("csp").trim();

/** Runs in the page before anything else does. */
const blockStorage = () => {
  const refuse = {
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  };
  Object.defineProperty(window, "localStorage", refuse);
  Object.defineProperty(window, "sessionStorage", refuse);
};

base("the bell works where storage is refused", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004), { head: `<script>(${blockStorage})();</script>` });
  await expect(bell.badge).toHaveText("15");
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect.poll(() => sandbox.writes(), { timeout: 9_000 }).toEqual([[first, true]]);
  expect(await bell.heard("cn-error")).toEqual([]);
});

/** A sandbox whose pages come with the strict policy. */
const test = base.extend({
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder, "--csp", POLICY);
    await use(server);
    await server.stop();
  },
});

test("everything works under a strict policy with Trusted Types, and nothing violates it", async ({
  page,
  bell,
  embed,
  site,
  sandbox,
}) => {
  const listen = `
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      // The browser asks for an icon of the page by itself.
      if (event.blockedURI.endsWith("/favicon.ico")) return;
      violations.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample);
    });`;
  const head = `<script src="${site.write("listen.js", listen)}"></script>`;
  await embed(bellOf(1004, { "title-badge": true }), { head, record: false });
  await expect(bell.badge).toHaveText("15");
  await bell.openList();
  // The styles apply.
  expect(await bell.panel.evaluate((panel) => getComputedStyle(panel).position)).toBe("fixed");
  await bell.dismissButton(bell.items.first()).click();
  await expect.poll(() => sandbox.writes(), { timeout: 9_000 }).toHaveLength(1);
  await bell.attribute("locale", "de");
  await expect(bell.part("title")).toHaveText("Mitteilungen");
  await bell.attribute("variant", "inline");
  await expect(bell.items.first()).toBeVisible();
  expect(await page.evaluate("violations")).toEqual([]);
});
