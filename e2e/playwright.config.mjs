// The end-to-end tests: the built bundle on pages, with sandboxes behind them, in the system's browsers.
//
// `cargo xtask test --only chromium` (or `firefox`) builds what is needed and says where it is. By hand, after it ran
// once: `npx playwright test --project=firefox tabs/back`.

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

import { chromium, firefox } from "./support/browsers.mjs";

const WEBKIT = "webkit/*.spec.mjs";

export default defineConfig({
  testDir: ".",
  outputDir: fileURLToPath(new URL("../target/e2e", import.meta.url)),
  // Each worker has a sandbox of its own. One more than cores: a test waits about as long as it works.
  workers: availableParallelism() + 1,
  // A test that needed its second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  reporter: [["list"]],
  use: { screenshot: "only-on-failure" },
  projects: [
    { name: "chromium", use: chromium, testIgnore: WEBKIT },
    { name: "firefox", use: firefox, testIgnore: WEBKIT },
    // Not Playwright's WebKit, which it would have to bring: the system's, driven by WebDriver.
    { name: "webkit", testMatch: WEBKIT, timeout: 90_000, expect: { timeout: 15_000 } },
  ],
});
