import { bellOf, tag, test, expect } from "../support/test.mjs";

const REFLECTED = [
  ["coworkerId", 1001, "coworker-id", "1001"],
  ["apiBase", "/api", "api-base", "/api"],
  ["pageSize", 50, "page-size", "50"],
  ["pollInterval", 30, "poll-interval", "30"],
  ["dismissMode", "local", "dismiss-mode", "local"],
  ["push", "off", "push", "off"],
  ["types", ["blog", "survey"], "types", "blog,survey"],
  ["locale", "de", "locale", "de"],
  ["theme", "dark", "theme", "dark"],
  ["placement", "top-start", "placement", "top-start"],
  ["variant", "inline", "variant", "inline"],
  ["maxBadge", 9, "max-badge", "9"],
  ["links", { blog: "/blog/{EntityId}" }, "links", '{"blog":"/blog/{EntityId}"}'],
  ["titleBadge", true, "title-badge", ""],
  ["desktopAlerts", true, "desktop-alerts", ""],
  ["toasts", true, "toasts", ""],
  ["open", true, "open", ""],
];

test("every property but the token writes its attribute", async ({ bell, embed }) => {
  await embed(tag({}));
  for (const [property, value, attribute, written] of REFLECTED) {
    await bell.set(property, value);
    await expect.soft(bell.element, property).toHaveAttribute(attribute, written);
  }
});

test("null and false take the attribute away", async ({ bell, embed }) => {
  await embed(tag({}));
  for (const [property, value, attribute] of REFLECTED) {
    await bell.set(property, value);
    await bell.set(property, value === true ? false : null);
    await expect.soft(bell.element, property).not.toHaveAttribute(attribute);
  }
});

test("a token that is set as a property is not written into the page", async ({ bell, embed }) => {
  await embed(tag({}));
  await bell.set("token", "member-1004");
  expect(await bell.get("token")).toBe("member-1004");
  await expect(bell.element).not.toHaveAttribute("token");
});

test("a number reads as what the bell goes by", async ({ bell, embed, sandbox }) => {
  await embed("");
  for (const [text, size] of [["-5", 25], ["1e2", 25], ["2.5", 25], [" 7 ", 7], ["500", 100]]) {
    await sandbox.forget();
    await embed(bellOf(1003, { "page-size": text }));
    await bell.ready();
    expect.soft(await bell.get("pageSize"), text).toBe(size);
    const asked = (await sandbox.lists()).map(({ query }) => new URLSearchParams(query).get("size"));
    expect.soft(asked, text).toEqual([String(size)]);
  }
});
