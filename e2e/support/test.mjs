// What every spec begins with: a sandbox of its own for each worker, as new for each test, and a bell on a page.

import { test as base, expect } from "@playwright/test";

import { Bell, recordEvents } from "./bell.mjs";
import { Sandbox } from "./sandbox.mjs";
import { Site } from "./site.mjs";

export { Bell, expect, Sandbox };

export const test = base.extend({
  /** The folder that the worker's sandbox serves. */
  site: [
    async ({}, use) => {
      const site = new Site();
      await use(site);
      site.remove();
    },
    { scope: "worker" },
  ],

  server: [
    async ({ site }, use) => {
      const server = await Sandbox.start(site.folder);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  /** The worker's sandbox, as it was when it started. */
  sandbox: async ({ server }, use) => {
    await server.reset();
    await use(server);
  },

  baseURL: async ({ server }, use) => use(server.url),

  context: async ({ context }, use) => {
    await context.addInitScript(recordEvents);
    await use(context);
  },

  /** Opens a page with this markup in its body. */
  embed: async ({ page, site, sandbox: _ }, use) => {
    await use((body, { on = page, ...options } = {}) => on.goto(site.page(body, options)));
  },

  /** The first bell of the page. */
  bell: async ({ page }, use) => use(new Bell(page.locator("coworker-notifications").first())),
});

/** Markup of a bell for one of the sandbox's coworkers, signed in. */
export function bellOf(coworker, attributes = {}) {
  return tag({ "api-base": "/", "coworker-id": coworker, token: `member-${coworker}`, ...attributes });
}

/** Markup of a bell; `null` leaves an attribute out, `true` gives it no value. */
export function tag(attributes) {
  const escaped = (value) => String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return `<coworker-notifications${written.join("")}></coworker-notifications>`;
}
