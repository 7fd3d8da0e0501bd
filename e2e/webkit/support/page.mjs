// A window of WebKit, with as much of Playwright's page as the page objects use.

import { setTimeout as pause } from "node:timers/promises";

import { Locator } from "./locator.mjs";

/** How long something may take that is waited for. */
export const PATIENCE = 15_000;

const KEYS = {
  ArrowDown: "\uE015",
  ArrowUp: "\uE013",
  Backspace: "\uE003",
  Control: "\uE009",
  Delete: "\uE017",
  End: "\uE010",
  Enter: "\uE007",
  Escape: "\uE00C",
  F10: "\uE03A",
  Home: "\uE011",
  Shift: "\uE008",
  Space: " ",
  Tab: "\uE004",
};

export class Page {
  #session;
  #handle;

  constructor(session, handle) {
    this.#session = session;
    this.#handle = handle;
    this.keyboard = { press: (keys) => this.#press(keys.split("+")) };
  }

  locator(selector) {
    return new Locator(this, [["css", selector]]);
  }

  async goto(url) {
    await this.#front();
    await this.#session.post("/url", { url });
  }

  async reload() {
    await this.#front();
    await this.#session.post("/refresh");
  }

  async goBack() {
    await this.#front();
    await this.#session.post("/back");
  }

  async close() {
    await this.#front();
    await this.#session.delete("/window");
  }

  async evaluate(script, value = null) {
    await this.#front();
    const source = typeof script === "function" || script.includes("=>") ? script : `() => (${script})`;
    return this.#session.call(source, value);
  }

  async setViewportSize({ width, height }) {
    await this.#front();
    // The window is larger than what it shows; by how much is known when it has been drawn once.
    const [outerWidth, outerHeight] = await this.evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
    await this.#session.post("/window/rect", { width: width + outerWidth, height: height + outerHeight });
    await this.until(`${width} × ${height}`, () =>
      this.evaluate(([width, height]) => innerWidth === width && innerHeight === height, [width, height]),
    );
  }

  /** Asks again until the answer is yes. */
  async until(what, isSo) {
    const end = Date.now() + PATIENCE;
    while (!(await isSo())) {
      if (Date.now() > end) throw new Error(`Waited ${PATIENCE / 1_000} s for ${what}`);
      await pause(30);
    }
  }

  /** Commands go to one window at a time. */
  #front() {
    return this.#session.post("/window", { handle: this.#handle });
  }

  async #press(keys) {
    await this.#front();
    const values = keys.map((key) => KEYS[key] ?? key);
    const actions = [
      ...values.map((value) => ({ type: "keyDown", value })),
      ...values.reverse().map((value) => ({ type: "keyUp", value })),
    ];
    await this.#session.post("/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Presses the middle of an element, wherever zoom and transforms have put that. */
  async press(element) {
    await this.#front();
    const actions = [
      { type: "pointerMove", origin: element, x: 0, y: 0, duration: 0 },
      { type: "pointerDown", button: 0 },
      { type: "pointerUp", button: 0 },
    ];
    const parameters = { pointerType: "mouse" };
    await this.#session.post("/actions", { actions: [{ type: "pointer", id: "mouse", parameters, actions }] });
  }
}
