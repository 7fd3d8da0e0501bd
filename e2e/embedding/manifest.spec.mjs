// The custom elements manifest, from which the documentation's tables are made, says what the element is.

import { readFileSync } from "node:fs";

import { bellOf, test, expect } from "../support/test.mjs";

const manifest = JSON.parse(readFileSync(new URL("../../npm/custom-elements.json", import.meta.url), "utf8"));
const { attributes, members, events, slots, cssParts, cssProperties } = manifest.modules[0].declarations[0];

/** Parts that are there at times that other tests look at. */
const SELDOM = [
  ...["alerts", "close", "confirm", "menu", "menu-item", "progress", "restore"],
  ...["toast", "toast-close", "toast-more"],
];

const names = (list) => list.map(({ name }) => name).sort();
const instance = members.filter((member) => !member.static);
const fields = instance.filter(({ kind }) => kind === "field");
const methods = instance.filter(({ kind }) => kind === "method");

test("attributes and their defaults", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  expect((await bell.element.evaluate((element) => [...element.constructor.observedAttributes])).sort()).toEqual(
    names(attributes),
  );
  const written = attributes.filter((attribute) => attribute.default !== undefined);
  const defaults = await bell.element.evaluate(
    (_, fields) => {
      const fresh = document.createElement("coworker-notifications");
      return fields.map((field) => `${field}: ${fresh[field]}`);
    },
    written.map(({ fieldName }) => fieldName),
  );
  expect(defaults).toEqual(written.map((attribute) => `${attribute.fieldName}: ${attribute.default}`));
});

test("properties: what can be set, and what an attribute reflects", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  const found = await bell.element.evaluate(({ constructor }) => {
    const own = Object.entries(Object.getOwnPropertyDescriptors(constructor.prototype));
    const accessors = own.filter(([, { get }]) => get);
    return accessors.map(([name, { set }]) => ({ name, readonly: set === undefined }));
  });
  const told = fields.map(({ name, readonly = false }) => ({ name, readonly }));
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  expect(found.sort(byName)).toEqual(told.sort(byName));

  const reflecting = fields.filter(({ attribute }) => attribute);
  const reflected = await bell.element.evaluate((_, reflecting) => {
    const fresh = document.createElement("coworker-notifications");
    for (const { name } of reflecting) fresh[name] = name === "links" ? {} : "1";
    return fresh.getAttributeNames().sort();
  }, reflecting);
  const told2 = reflecting.filter(({ reflects }) => reflects).map(({ attribute }) => attribute);
  expect(reflected).toEqual(told2.sort());
});

test("methods and what they return", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  const found = await bell.element.evaluate((element) => {
    const own = Object.entries(Object.getOwnPropertyDescriptors(element.constructor.prototype));
    const methods = own.filter(([name, { value }]) => typeof value === "function" && !/^constructor$|Callback$/.test(name));
    return methods.map(([name, { value }]) => ({
      name,
      takes: value.length,
      returns: value.call(element, 0) instanceof Promise ? "Promise<void>" : "void",
    }));
  });
  const told = methods.map((method) => ({
    name: method.name,
    takes: method.parameters.length,
    returns: method.return.type.text,
  }));
  const byName = (a, b) => (a.name < b.name ? -1 : 1);
  expect(found.sort(byName)).toEqual(told.sort(byName));
});

test("static members", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  const own = await bell.element.evaluate(({ constructor }) => Object.keys(constructor));
  expect(own.filter((name) => name !== "observedAttributes").sort()).toEqual(
    names(members.filter((member) => member.static)),
  );
});

test("events, slots, parts and custom properties", async ({ page, bell, embed, sandbox }) => {
  await page.addInitScript(() => {
    window.fired = new Set();
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (event) {
      if (event.type.startsWith("cn-")) window.fired.add(event.type);
      return dispatchEvent.call(this, event);
    };
  });
  const seen = { part: new Set(), slot: new Set() };
  const look = async () => {
    const found = await bell.element.evaluate(({ shadowRoot }) => ({
      part: [...shadowRoot.querySelectorAll("[part]")].flatMap((node) => [...node.part]),
      slot: [...shadowRoot.querySelectorAll("slot")].map((slot) => slot.name),
    }));
    found.part.forEach((part) => seen.part.add(part));
    found.slot.forEach((slot) => seen.slot.add(slot));
  };
  await embed(bellOf(1004, { "page-size": 6, links: '{"*":"#{Id}"}' }));
  await bell.openList();
  await look();
  await bell.items.first().click();
  await sandbox.create(1004, "One more");
  await bell.call("refresh");
  await bell.openList();
  await bell.dismissButton(bell.items.first()).click();
  await look();
  const [next] = await bell.ids();
  await bell.element.evaluate((element, id) => element.snooze(id, Date.now() + 60_000), next);
  await bell.part("preferences-button").click();
  await look();
  await bell.part("preferences").getByRole("switch", { checked: true }).first().click();
  await bell.hears("cn-preferences");
  await page.keyboard.press("Escape");
  await sandbox.faults({ status: 500 });
  await bell.call("refresh");
  await expect(bell.retry).toBeVisible();
  await look();
  await sandbox.faults({});
  await bell.hears("cn-error");
  const fired = await page.evaluate(() => [...window.fired].sort());
  expect(fired).toEqual(names(events));

  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.empty).toBeVisible();
  await look();
  await bell.attribute("token", null);
  await expect(bell.part("waiting")).toBeVisible();
  await look();
  expect([...seen.slot].sort()).toEqual(names(slots));
  expect([...new Set([...seen.part, ...SELDOM])].sort()).toEqual(names(cssParts));

  const used = await bell.element.evaluate(({ shadowRoot }) =>
    shadowRoot.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\n"),
  );
  expect([...new Set(used.match(/--cn-[-\w]+/g))].sort()).toEqual(names(cssProperties));
  for (const property of cssProperties) {
    const plain = (text) => text.replace(/\s/g, "").replaceAll("'", '"').toLowerCase();
    const short = (text) => text.replaceAll("#fff)", "#ffffff)").replaceAll("#fff,", "#ffffff,");
    expect(short(plain(used))).toContain(short(plain(`var(${property.name}, ${property.default})`)));
  }
});

test("a row says its id and type, and has an inline icon", async ({ bell, embed }) => {
  await embed(bellOf(1004, { variant: "inline" }));
  await expect(bell.items).not.toHaveCount(0);
  for (const row of await bell.items.all()) {
    await expect(row).toHaveAttribute("data-id", /^\d+$/);
    await expect(row).toHaveAttribute("data-type", /^[a-z-]+$/);
    await expect(row.locator("[part~=icon] svg")).toHaveCount(1);
  }
});
