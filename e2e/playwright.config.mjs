// The end-to-end tests: the built bundle on pages, with sandboxes behind them, in the system's browser.
//
// `cargo xtask test --only e2e` builds what is needed and says where it is. By hand, after it ran once:
// `npx playwright test`.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

const chrome = process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  outputDir: fileURLToPath(new URL("../target/e2e", import.meta.url)),
  // Each worker has a sandbox of its own.
  workers: 2,
  // A test that needed its second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: chrome,
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Chrome's sandbox refuses to work for root.
        ...(isRoot ? ["--no-sandbox"] : []),
      ],
    },
  },
});
