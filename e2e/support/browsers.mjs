// The system's browsers, as Playwright starts them. It brings none of its own.

import { existsSync } from "node:fs";
import { devices } from "@playwright/test";

const there = (...paths) => paths.find((path) => existsSync(path));

const isRoot = process.getuid?.() === 0;

/** Keeps a browser under test from talking to anyone but the tests. */
const QUIET_CHROMIUM = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // Chrome's sandbox refuses to work for root.
  ...(isRoot ? ["--no-sandbox"] : []),
];

export const chromium = {
  ...devices["Desktop Chrome"],
  launchOptions: {
    executablePath: process.env.CHROME || there("/usr/bin/chromium", "/usr/bin/google-chrome"),
    args: QUIET_CHROMIUM,
  },
};

/** Firefox as it is published, driven by WebDriver BiDi: Playwright's own build of Firefox is not needed. */
export const firefox = {
  ...devices["Desktop Firefox"],
  // The version of the device would stand in the user agent of another Firefox.
  userAgent: undefined,
  channel: "moz-firefox",
  launchOptions: {
    executablePath: process.env.FIREFOX || there("/usr/bin/firefox-esr", "/usr/bin/firefox"),
    firefoxUserPrefs: {
      // A page without an icon is asked for one, which a strict policy forbids: no fault of the bell's.
      "browser.chrome.site_icons": false,
    },
  },
};
