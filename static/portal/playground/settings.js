// Everything about the bell that can be chosen: its attributes, its custom properties, its labels. A value that is the
// default (or empty) is not written at all.

import { LINKS, TYPE_GROUPS } from "../types.js";

const LANGUAGES = [
  ["", "the page’s"],
  ["en", "English"],
  ["es", "Español"],
  ["fr", "Français"],
  ["de", "Deutsch"],
  ["pt", "Português"],
  ["it", "Italiano"],
  ["nl", "Nederlands"],
  ["ca", "Català"],
  ["da", "Dansk"],
  ["sv", "Svenska"],
  ["pl", "Polski"],
  ["ja", "日本語"],
  ["zh-Hans", "简体中文"],
  ["ar", "العربية"],
];

const COWORKERS = [
  ["1004", "1004: one of each"],
  ["1001", "1001: three weeks"],
  ["1002", "1002: nothing"],
  ["1003", "1003: 10,000"],
  ["", "nobody"],
];

const TOKENS = [
  ["member", "a member’s"],
  ["reader", "a reader’s"],
  ["expired", "an expired one"],
  ["", "none"],
];

const word = (name, ...values) => ({
  name,
  kind: "choice",
  usual: values[0],
  options: values.map((value) => [value, value]),
});
const number = (name, usual, min, max) => ({ name, kind: "number", usual: String(usual), min, max });
const flag = (name) => ({ name, kind: "flag", usual: null });
const text = (name, placeholder) => ({ name, kind: "text", usual: "", placeholder });
const colour = (name, usual) => ({ name, kind: "colour", usual });
const length = (name, usual, min, max) => ({ name, kind: "length", usual, min, max, unit: "px" });

/** The groups of controls, in the order in which they stand. */
export const GROUPS = [
  {
    title: "Whose, and from where",
    settings: [
      { name: "coworker-id", kind: "choice", usual: "", start: "1004", options: COWORKERS },
      { name: "token", kind: "choice", usual: "", start: "member", options: TOKENS },
      { ...text("api-base", "https://spaces.nexudus.com"), start: "/" },
    ],
  },
  {
    title: "Looks",
    settings: [
      { name: "locale", kind: "choice", usual: "", options: LANGUAGES },
      word("theme", "auto", "light", "dark"),
      word("placement", "bottom-end", "bottom-start", "top-end", "top-start"),
      word("variant", "popover", "inline"),
      number("max-badge", 99, 1, 9999),
      flag("open"),
    ],
  },
  {
    title: "Behaviour",
    settings: [
      number("poll-interval", 60, 0, 3600),
      number("page-size", 25, 1, 100),
      word("dismiss-mode", "auto", "api", "local"),
      word("push", "auto", "off"),
      {
        name: "types",
        kind: "many",
        usual: "",
        options: TYPE_GROUPS.flatMap(({ types }) => types.map(({ value }) => value)),
      },
      { name: "links", kind: "json", usual: "", example: { blog: LINKS.blog, "*": LINKS["*"] } },
      flag("title-badge"),
      flag("desktop-alerts"),
      flag("toasts"),
      text("fallback-href", "/notifications"),
    ],
  },
  {
    title: "Custom properties",
    settings: [
      colour("--cn-accent", "#2b59c3"),
      colour("--cn-surface", "#ffffff"),
      colour("--cn-text", "#1a1d21"),
      colour("--cn-muted", "#5a626d"),
      colour("--cn-border", "#e2e5ea"),
      colour("--cn-badge-bg", "#cf2338"),
      colour("--cn-badge-text", "#ffffff"),
      length("--cn-radius", 12, 0, 32),
      length("--cn-panel-width", 400, 280, 640),
      length("--cn-panel-max-height", 576, 200, 800),
      length("--cn-bell-size", 40, 24, 80),
      {
        name: "--cn-font",
        kind: "choice",
        usual: "",
        options: [
          ["", "the system’s"],
          ["Georgia, serif", "Georgia"],
          ["ui-monospace, monospace", "monospaced"],
          ["inherit", "the page’s"],
        ],
      },
      number("--cn-z-index", 2147483000, 0, 2147483647),
    ],
  },
  {
    title: "Words",
    settings: [{ name: "labels", kind: "json", usual: "", example: { title: "Inbox", coworkerinvoice: "Bill" } }],
  },
];

export const SETTINGS = GROUPS.flatMap(({ settings }) => settings);

/** What is chosen at the start: `{name: value}`, every value as text (flags: true), the usual ones left out. */
export const atTheStart = () =>
  Object.fromEntries(SETTINGS.filter(({ start }) => start !== undefined).map(({ name, start }) => [name, start]));
