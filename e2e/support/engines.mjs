// The only list of the features that tests cannot use in an engine, with the reasons. A test that needs such a feature
// has its tag, as in `test("…", { tag: "@touch" }, …)`, and is skipped in that engine with the reason.

const MISSING = {
  firefox: {
    "@touch": "WebDriver BiDi has fingers, but Playwright moves them in Chromium only, and a desktop Firefox has no coarse pointer",
    // looks/preferences.spec.mjs sets dark and less motion before it starts.
    "@media": "Firefox 153 cannot be told to prefer dark, forced colours or less motion while it runs (BiDi's emulation.setMediaFeaturesOverride)",
    "@devtools": "heap and listeners are counted by Chromium's DevTools protocol",
  },
};

/** Why a test with these tags cannot run in an engine; undefined where it can. */
export function hindrance(engine, tags) {
  const missing = MISSING[engine] ?? {};
  const tag = tags.find((tag) => tag in missing);
  return tag && `${tag}: ${missing[tag]}`;
}
