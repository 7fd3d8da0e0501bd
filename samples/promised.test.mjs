// What pages build on. A name that goes missing here breaks somebody's page: new ones are added, none is taken away
// before the next major version. That the element has what the manifest names, e2e/embedding/manifest.spec.mjs checks.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { INSTALLED } from "./support/paths.mjs";

const manifest = JSON.parse(readFileSync(join(INSTALLED, "custom-elements.json"), "utf8"));
const element = manifest.modules[0].declarations[0];
const instance = element.members.filter((member) => !member.static);

const words = (text) => text.trim().split(/\s+/);

const PROMISED = {
  attributes: [
    element.attributes,
    words(`api-base coworker-id desktop-alerts dismiss-mode fallback-href links loading locale max-badge open page-size placement
      poll-interval push theme title-badge toasts token types variant`),
  ],
  properties: [
    instance.filter(({ kind }) => kind === "field"),
    words(`apiBase coworkerId desktopAlerts dismissMode fallbackHref labels links loading locale maxBadge notifications open
      pageSize placement pollInterval preferences push status theme titleBadge toasts token tokenProvider types unreadCount
      updateComplete variant`),
  ],
  methods: [
    instance.filter(({ kind }) => kind === "method"),
    words("dismiss dismissAll hide loadMore refresh restore show snooze toggle"),
  ],
  events: [
    element.events,
    words("cn-arrive cn-change cn-close cn-dismiss cn-error cn-open cn-preferences cn-ready cn-select cn-snooze"),
  ],
  slots: [element.slots, words("bell empty footer header")],
  parts: [
    element.cssParts,
    words(`badge bell dismiss dismiss-all empty error filter filters footer group header icon item label list live message
      more panel retry time title undo`),
  ],
  "custom properties": [
    element.cssProperties,
    words(`--cn-accent --cn-badge-bg --cn-badge-text --cn-bell-size --cn-border --cn-font --cn-muted --cn-panel-max-height
      --cn-panel-width --cn-radius --cn-surface --cn-text --cn-z-index`),
  ],
};

for (const [what, [told, promised]] of Object.entries(PROMISED)) {
  test(`${what}: every promised one is there`, () => {
    const names = told.map(({ name }) => name);
    assert.deepEqual(promised.filter((name) => !names.includes(name)), []);
  });
}

test("the exports of the package", () => {
  const { exports } = JSON.parse(readFileSync(join(INSTALLED, "package.json"), "utf8"));
  for (const path of words(`. ./define ./preact ./react ./svelte ./vue ./coworker-notifications.js
    ./coworker-notifications_bg.wasm ./locales/*.json ./integrity.json ./custom-elements.json`)) {
    assert.ok(exports[path], path);
  }
});
