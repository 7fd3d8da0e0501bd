// The end-to-end tests: the built bundle on the page, with the sandbox behind it, in the system's browser.
//
// `cargo xtask test --only e2e` builds what is needed and says where it is. By hand, after it ran once:
// `npx playwright test`.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, devices } from "@playwright/test";

const inCheckout = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const sandbox = process.env.SANDBOX ?? inCheckout("target/debug/sandbox");
const site = process.env.SITE ?? inCheckout("target/site");
const port = process.env.SANDBOX_PORT ?? "8799";
const chrome =
  process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: ".",
  outputDir: inCheckout("target/e2e"),
  // The tests share one sandbox, whose faults and data they change.
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 30_000,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    baseURL: `http://127.0.0.1:${port}`,
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
  webServer: {
    command: `"${sandbox}" --port ${port} --site "${site}"`,
    url: `http://127.0.0.1:${port}/sandbox/info`,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 2_000 },
  },
});
