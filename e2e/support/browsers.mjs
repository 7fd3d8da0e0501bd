// The system's browsers, started by Playwright, which is installed without browsers of its own.

import { existsSync } from "node:fs";
import { devices } from "@playwright/test";

const there = (...paths) => paths.find((path) => existsSync(path));

const isRoot = process.getuid?.() === 0;

/** Keeps a browser under test from connecting to anything but the tests. */
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

/** The published Firefox, driven by WebDriver BiDi. Playwright's own build of Firefox is not needed. */
export const firefox = {
  ...devices["Desktop Firefox"],
  // The device's user agent names another version than that of the running Firefox.
  userAgent: undefined,
  channel: "moz-firefox",
  launchOptions: {
    executablePath: process.env.FIREFOX || there("/usr/bin/firefox-esr", "/usr/bin/firefox"),
    firefoxUserPrefs: {
      // Firefox requests an icon even if a page names none, and a strict policy reports that as a violation.
      "browser.chrome.site_icons": false,
    },
  },
};
