// What every journey in WebKit begins with: a screen and a driver for each worker; a sandbox and a
// browser for each test.

import { test as base } from "@playwright/test";

import { Bell, recordEvents } from "../../support/bell.mjs";
import { Sandbox } from "../../support/sandbox.mjs";
import { Site } from "../../support/site.mjs";
import { Driver } from "./driver.mjs";
import { expect } from "./expect.mjs";
import { Page } from "./page.mjs";
import { Screen } from "./screen.mjs";

export { Bell, expect };
export { bellOf, tag } from "../../support/markup.mjs";

const RECORD = `<script>(${recordEvents})();</script>`;

export const test = base.extend({
  /** The browser's program, where it is not WebKitGTK's own. */
  binary: [undefined, { option: true }],

  site: [
    async ({}, use) => {
      const site = new Site();
      await use(site);
      site.remove();
    },
    { scope: "worker" },
  ],

  /** A new process for each test: a request that a page has sent as it closed reaches no other test. */
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder);
    await use(server);
    await server.stop();
  },

  driver: [
    async ({}, use) => {
      const screen = await Screen.open();
      const driver = await Driver.start(screen.display);
      await use(driver);
      driver.stop();
      screen.close();
    },
    { scope: "worker" },
  ],

  sandbox: [({ server }, use) => use(server), { auto: true }],

  session: async ({ driver, binary }, use) => {
    const session = await driver.session(binary);
    await session.post("/timeouts", { script: 20_000, pageLoad: 20_000 });
    await use(session);
    // A window that is not the small browser's own is gone before its session is.
    await session.delete().catch(() => {});
  },

  page: async ({ session }, use) => {
    await use(new Page(session, await session.get("/window")));
  },

  /** Opens another window of the same browser. */
  another: async ({ session }, use) => {
    await use(async () => {
      const { handle } = await session.post("/window/new", { type: "window" });
      return new Page(session, handle);
    });
  },

  /** Opens a page with this markup in its body. Events are recorded unless the page's policy is what is tested. */
  embed: async ({ page, site, server }, use) => {
    await use((body, { on = page, head = "", record = true, ...options } = {}) =>
      on.goto(server.url + site.page(body, { head: (record ? RECORD : "") + head, ...options })),
    );
  },

  /** The first bell of the page. */
  bell: async ({ page }, use) => use(new Bell(page.locator("coworker-notifications").first())),
});
