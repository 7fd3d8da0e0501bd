// The ways in which each state is looked at. A look with `states` shows only these.

import { CHOICES } from "./choices.mjs";

const CHIEF = ["closed", "open", "empty", "error-server", "throttled", "undo", "confirm", "inline"];
const CHOSEN = Object.keys(CHOICES);
const WORDY = ["open", "confirm", "undo", "error-unauthorized", "empty", "waiting-token", "menu", "snooze", "dismissed", "preferences"];

const language = (locale, dir = "ltr") => ({ attributes: { locale }, lang: locale, dir, states: WORDY });

const phone = { viewport: { width: 320, height: 640 } };

export const LOOKS = {
  light: { attributes: { theme: "light" } },
  dark: { attributes: { theme: "dark" }, context: { colorScheme: "dark" } },
  "forced-colours": { context: { forcedColors: "active" }, states: [...CHIEF, ...CHOSEN, "filtered", "keyboard", "progress"] },
  "forced-colours-dark": {
    context: { forcedColors: "active", colorScheme: "dark" },
    states: ["closed", "open", "confirm", "keyboard", ...CHOSEN],
  },
  phone: { context: phone, states: [...CHIEF, ...CHOSEN, "loading", "filtered", "long", "offline"] },
  "phone-360": { context: { viewport: { width: 360, height: 740 } }, states: ["open", ...CHOSEN] },
  // What a reader sees who has set the browser's text to twice its size.
  "large-text": { fontSize: 32, states: [...CHIEF, ...CHOSEN] },
  // 200 % zoom halves the page's width in its own pixels.
  zoom: { context: { viewport: { width: 280, height: 350 }, deviceScaleFactor: 4 }, states: [...CHIEF, ...CHOSEN] },
  ar: { ...language("ar", "rtl"), states: [...new Set([...CHIEF, ...WORDY, ...CHOSEN, "filtered", "long", "texts", "loading"])] },
  "ar-phone": { ...language("ar", "rtl"), context: phone, states: ["open", "confirm", "undo", ...CHOSEN] },
  ...Object.fromEntries(
    ["de", "ja", "pl", "fr", "es", "pt", "it", "nl", "ca", "da", "sv", "zh-Hans"].map((locale) => [
      locale,
      language(locale),
    ]),
  ),
};
