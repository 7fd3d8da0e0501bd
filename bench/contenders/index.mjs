// Who is measured: what each one's page is made of, and where on it the bell, the count and the rows are.
//
// `seen` are functions that run in the page.

import { readFileSync } from "node:fs";

const version = (name) =>
  JSON.parse(readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url))).version;

/** The element as a page of its own would have it; the token is worth nothing. */
const element = (name) => (page) =>
  `<${name} coworker-id="1001" token="member-1001" api-base="/api/nexudus"${page ? ` page-size="${page}"` : ""}></${name}>`;

const module = (path) => `<script type="module" src="${path}"></script>`;

export const contenders = [
  {
    id: "by-hand",
    name: "by hand",
    about: "`bench/by-hand/bell.js`, minified: the limit of what a page can reach",
    entries: { bell: "by-hand/bell.js" },
    head: module("/by-hand/bell.js"),
    body: element("by-hand-bell"),
    count: { few: "25", many: "99+" },
    seen: {
      bell: () => document.querySelector("by-hand-bell")?.shadowRoot?.querySelector("button"),
      count: () => document.querySelector("by-hand-bell")?.shadowRoot?.querySelector("b"),
      rows: () => document.querySelector("by-hand-bell").shadowRoot.querySelectorAll("li"),
    },
    loadAll: async () => {
      const bell = document.querySelector("by-hand-bell");
      while (await bell.more());
    },
    pageSizeOfMany: 100,
  },
  {
    id: "ours",
    name: "this bell",
    about: "`<coworker-notifications>`, dist/ as `cargo xtask dist` builds it",
    folder: "../dist",
    head: module("/ours/coworker-notifications.js"),
    body: element("coworker-notifications"),
    patient: () => element("coworker-notifications")().replace(" ", ' loading="intent" '),
    count: { few: "25", many: "99+" },
    seen: {
      bell: () => document.querySelector("coworker-notifications")?.shadowRoot?.querySelector("[part=bell]"),
      count: () => document.querySelector("coworker-notifications")?.shadowRoot?.querySelector("[part=badge]"),
      rows: () => document.querySelector("coworker-notifications").shadowRoot.querySelectorAll("[part=item], .preview p"),
      whole: () => document.querySelector("coworker-notifications").shadowRoot.querySelectorAll("[part=item]"),
    },
    loadAll: async () => {
      const bell = document.querySelector("coworker-notifications");
      await bell.updateComplete;
      for (let page = 1; page < 100; page += 1) await bell.loadMore();
    },
    pageSizeOfMany: 100,
  },
  {
    id: "courier",
    name: "Courier",
    about: `@trycourier/courier-ui-inbox ${version("@trycourier/courier-ui-inbox")}, the element courier-inbox-popup-menu`,
    entries: { app: "contenders/courier/app.js" },
    head: module("/courier/app.js"),
    body: () => "<courier-inbox-popup-menu></courier-inbox-popup-menu>",
    // A dot, without a number.
    count: { few: "", many: "" },
    seen: {
      bell: () => document.querySelector("courier-inbox-menu-button courier-icon-button"),
      count: () => document.querySelector("courier-inbox-menu-button #unread-badge"),
      rows: () => document.querySelectorAll("courier-inbox-list-item"),
    },
  },
  {
    id: "novu",
    name: "Novu",
    about: `@novu/js ${version("@novu/js")}, its Inbox mounted by NovuUI, without React`,
    entries: { app: "contenders/novu/app.js" },
    head: module("/novu/app.js"),
    body: () => '<div id="bell"></div>',
    // A dot, without a number.
    count: { few: "", many: "" },
    seen: {
      bell: () => document.querySelector(".nv-inbox__popoverTrigger"),
      count: () => document.querySelector(".nv-bellDot"),
      rows: () => document.querySelectorAll(".nv-notification"),
    },
  },
  {
    id: "suprsend",
    name: "SuprSend",
    about: `@suprsend/react ${version("@suprsend/react")}, its Inbox, with React ${version("react")}`,
    entries: { app: "contenders/suprsend/app.jsx" },
    head: module("/suprsend/app.js"),
    body: () => '<div id="bell"></div>',
    count: { few: "25", many: "10000" },
    seen: {
      bell: () => document.querySelector(".ss-feed-bell-container svg"),
      count: () => document.querySelector(".ss-feed-badge-text"),
      rows: () => document.querySelectorAll(".ss-feed-notification"),
    },
  },
  {
    id: "knock",
    name: "Knock",
    about: `@knocklabs/react ${version("@knocklabs/react")}, NotificationFeedPopover, with React ${version("react")}`,
    entries: { app: "contenders/knock/app.jsx" },
    head: '<link rel="stylesheet" href="/knock/app.css" />' + module("/knock/app.js"),
    body: () => '<div id="bell"></div>',
    // Its badge goes to nine.
    count: { few: "9+", many: "9+" },
    seen: {
      bell: () => document.querySelector(".rnf-notification-icon-button"),
      count: () => document.querySelector(".rnf-unseen-badge__count"),
      rows: () => document.querySelectorAll(".rnf-notification-cell"),
    },
  },
];
