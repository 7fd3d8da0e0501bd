// A bell on a page, as tests see it: its parts, its events, its properties and methods.

import { expect } from "@playwright/test";

/** Records every event of every bell. It runs in the page before all other scripts. */
export function recordEvents() {
  window.bellEvents = [];
  const names = ["ready", "change", "arrive", "open", "close", "select", "dismiss", "snooze", "preferences", "error"];
  for (const name of names) {
    window.addEventListener(`cn-${name}`, ({ type, detail, cancelable, target }) => {
      window.bellEvents.push({ type, detail: JSON.parse(JSON.stringify(detail)), cancelable, target: target.id });
    });
  }
}

export class Bell {
  /** `element` is the locator of the <coworker-notifications>. */
  constructor(element) {
    this.element = element;
    this.page = element.page();
    this.button = this.part("bell");
    this.badge = this.part("badge");
    this.panel = this.part("panel");
    this.items = this.part("item");
    this.labels = this.part("label");
    this.messages = this.part("message");
    this.error = this.part("error");
    this.retry = this.part("retry");
    this.empty = this.part("empty");
    this.more = this.part("more");
    this.dismissAllButton = this.part("dismiss-all");
    this.live = this.part("live");
    this.undo = this.part("undo");
    this.undoButton = this.undo.getByRole("button");
  }

  part(name) {
    return this.element.locator(`[part~="${name}"]`);
  }

  /** The row of a notification, by its id or by words in it. */
  item(which) {
    return typeof which === "number"
      ? this.element.locator(`[part~="item"][data-id="${which}"]`)
      : this.items.filter({ hasText: which });
  }

  /** The × of a row. */
  dismissButton(row) {
    return row.locator(`[part~="dismiss"]`);
  }

  async open() {
    await this.button.click();
    await this.panel.waitFor();
  }

  /** Opens the panel once there is a list to show. */
  async openList() {
    await this.ready();
    await this.open();
    await this.items.first().waitFor();
  }

  /** The list is on screen. */
  async ready() {
    await expect.poll(() => this.get("status")).toBe("ready");
  }

  get(property) {
    return this.element.evaluate((element, property) => element[property], property);
  }

  set(property, value) {
    return this.element.evaluate((element, [property, value]) => void (element[property] = value), [property, value]);
  }

  attribute(name, value) {
    return this.element.evaluate(
      (element, [name, value]) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value)),
      [name, value],
    );
  }

  /** Calls a method and waits for what it returns. */
  call(method, ...values) {
    return this.element.evaluate((element, [method, values]) => element[method](...values), [method, values]);
  }

  /** The ids of the notifications that the element says it shows. */
  ids() {
    return this.element.evaluate((element) => element.notifications.map(({ Id }) => Id));
  }

  /** The details of the events of one name that any bell of the page has fired. */
  heard(name) {
    return this.page.evaluate(
      (name) => window.bellEvents.filter(({ type }) => type === name).map(({ detail }) => detail),
      name,
    );
  }

  /** Waits until so many events of one name have been fired. */
  async hears(name, times = 1) {
    await expect.poll(() => this.heard(name), { message: name }).toHaveLength(times);
    return this.heard(name);
  }
}
