// The ways in which each state is looked at. A look with `states` shows only these.

const CHIEF = ["closed", "open", "empty", "error-server", "throttled", "undo", "confirm", "inline"];
const WORDY = ["open", "confirm", "undo", "error-unauthorized", "empty", "waiting-token"];

const language = (locale, dir = "ltr") => ({ attributes: { locale }, lang: locale, dir, states: WORDY });

const phone = { viewport: { width: 320, height: 640 } };

export const LOOKS = {
  light: { attributes: { theme: "light" } },
  dark: { attributes: { theme: "dark" }, context: { colorScheme: "dark" } },
  "forced-colours": { context: { forcedColors: "active" }, states: [...CHIEF, "filtered", "keyboard", "progress"] },
  "forced-colours-dark": {
    context: { forcedColors: "active", colorScheme: "dark" },
    states: ["closed", "open", "confirm", "keyboard"],
  },
  phone: { context: phone, states: [...CHIEF, "loading", "filtered", "long", "offline"] },
  // What a reader who sets the browser's text to twice its size sees: everything that is relative to it grows.
  "large-text": {
    css: "coworker-notifications::part(bell), coworker-notifications::part(panel) { font-size: 32px }",
    states: CHIEF,
  },
  // 200 % zoom halves the page's width in its own pixels.
  zoom: { context: { viewport: { width: 280, height: 350 }, deviceScaleFactor: 4 }, states: CHIEF },
  ar: { ...language("ar", "rtl"), states: [...new Set([...CHIEF, ...WORDY, "filtered", "long", "texts", "loading"])] },
  "ar-phone": { ...language("ar", "rtl"), context: phone, states: ["open", "confirm", "undo"] },
  ...Object.fromEntries(
    ["de", "ja", "pl", "fr", "es", "pt", "it", "nl", "ca", "da", "sv", "zh-Hans"].map((locale) => [
      locale,
      language(locale),
    ]),
  ),
};
