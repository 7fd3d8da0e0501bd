// Vitest and Jest run the tests of applications in jsdom, which is not a browser: the element stands there, unpainted,
// and throws nothing, not even when the test file ends and jsdom is taken away.

import assert from "node:assert/strict";
import { test } from "node:test";

import { run } from "./support/run.mjs";

/** What a test of an application might do with the element; runs in a process of its own, as a test file does. */
const program = (jsdom) => `
  import { JSDOM } from "${jsdom}";

  // As Vitest and Jest do: the window's properties become global for as long as the file runs.
  const { window } = new JSDOM("<!doctype html><body></body>", { url: "http://localhost/", pretendToBeVisual: true });
  const names = ["window", "document", "HTMLElement", "Element", "Node", "customElements", "CustomEvent", "Event",
    "CSSStyleSheet", "MutationObserver", "getComputedStyle", "location", "navigator"];
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
  for (const name of names) {
    Object.defineProperty(globalThis, name, { configurable: true, value: name === "window" ? window : window[name] });
  }
  globalThis.fetch = () => { throw new Error("asked"); };
  await import("coworker-notifications");

  document.body.innerHTML = '<coworker-notifications coworker-id="1001" token="t" open></coworker-notifications>';
  const bell = document.querySelector("coworker-notifications");
  const heard = [];
  for (const name of ["cn-error", "cn-ready", "cn-change"]) bell.addEventListener(name, () => heard.push(name));
  bell.tokenProvider = async () => "token";
  bell.maxBadge = 9;
  bell.toggle();
  await bell.updateComplete;
  await Promise.all([bell.refresh(), bell.loadMore(), bell.dismiss(1), bell.dismissAll(), bell.restore(1)]);
  document.body.append(bell);
  bell.remove();
  document.body.append(bell.cloneNode());
  console.info(JSON.stringify({
    open: bell.open, count: bell.unreadCount, listed: bell.notifications.length, status: bell.status, heard,
    painted: bell.shadowRoot.querySelectorAll("button, a").length,
  }));

  for (const [name, descriptor] of before) {
    if (descriptor) Object.defineProperty(globalThis, name, descriptor);
    else delete globalThis[name];
  }
  window.close();
  // Whatever it had left behind would be heard of by then.
  await new Promise((done) => setTimeout(done, 1500));`;

for (const jsdom of ["jsdom-26", "jsdom-29"]) {
  test(`${jsdom}: the element stands there, unpainted`, () => {
    const { stdout, stderr } = run(process.execPath, ["--input-type=module", "--eval", program(jsdom)]);
    assert.equal(stderr, "");
    assert.deepEqual(JSON.parse(stdout), {
      open: false,
      count: 0,
      listed: 0,
      status: "loading",
      heard: [],
      painted: 0,
    });
  });
}
