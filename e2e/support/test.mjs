// The fixtures of every spec: a sandbox of its own and a bell on a page.

import { test as base, expect } from "@playwright/test";

import { Bell, recordEvents } from "./bell.mjs";
import { hindrance } from "./engines.mjs";
import { Sandbox } from "./sandbox.mjs";
import { Site } from "./site.mjs";

export { Bell, expect, Sandbox };
export { bellOf, tag } from "./markup.mjs";

/** A clock's longest step, in milliseconds: well below the time limit of a request. */
const STEP = 2_000;
/** The longest step when minutes pass: fewer steps take less time. */
const LONG_STEP = 5_000;

export const test = base.extend({
  /** Skips a test that cannot run in this engine, before anything is started for it. */
  able: [
    async ({}, use, info) => {
      const why = hindrance(info.project.name, info.tags);
      info.skip(why !== undefined, why);
      await use();
    },
    { auto: true },
  ],

  /** The folder that the worker's sandboxes serve. */
  site: [
    async ({}, use) => {
      const site = new Site();
      await use(site);
      site.remove();
    },
    { scope: "worker" },
  ],

  /** A new process for each test, so that a request from a closing page cannot reach the next test. */
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder);
    await use(server);
    await server.stop();
  },

  /** The test's sandbox, which every test has. */
  sandbox: [({ server }, use) => use(server), { auto: true }],

  baseURL: async ({ server }, use) => use(server.url),

  context: async ({ context }, use) => {
    await context.addInitScript(recordEvents);
    await use(context);
  },

  /** Opens a page with this markup in its body. */
  embed: async ({ page, site }, use) => {
    await use((body, { on = page, ...options } = {}) => on.goto(site.page(body, options)));
  },

  /**
   * A clock that replaces the clock of all pages. `pass(milliseconds)` lets time pass in steps. After each step it
   * waits until the open requests have ended, so that these do not seem to take minutes.
   */
  clock: async ({ context }, use) => {
    await context.clock.install();
    const underWay = new Set();
    const ends = (request) => request.url().includes("/api/") && !request.url().includes("/events");
    context.on("request", (request) => ends(request) && underWay.add(request));
    context.on("requestfinished", (request) => underWay.delete(request));
    context.on("requestfailed", (request) => underWay.delete(request));
    const pass = async (milliseconds) => {
      const step = milliseconds > 60_000 ? LONG_STEP : STEP;
      for (let left = milliseconds; left > 0; left -= step) {
        await context.clock.runFor(Math.min(left, step));
        await expect.poll(() => underWay.size, { intervals: [5, 10, 20, 50] }).toBe(0);
      }
    };
    await use({ pass });
  },

  /** The first bell of the page. */
  bell: async ({ page }, use) => use(new Bell(page.locator("coworker-notifications").first())),
});
