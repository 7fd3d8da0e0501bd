import { bellOf, test, expect } from "../support/test.mjs";

// What pages build on. A name that goes missing here breaks somebody's page.

const PROPERTIES = [
  "apiBase",
  "coworkerId",
  "desktopAlerts",
  "dismissMode",
  "fallbackHref",
  "labels",
  "links",
  "locale",
  "maxBadge",
  "notifications",
  "open",
  "pageSize",
  "placement",
  "pollInterval",
  "status",
  "theme",
  "titleBadge",
  "token",
  "tokenProvider",
  "types",
  "unreadCount",
  "updateComplete",
  "variant",
];

const METHODS = ["dismiss", "dismissAll", "hide", "loadMore", "refresh", "restore", "show", "toggle"];

const PARTS = [
  "badge",
  "bell",
  "dismiss",
  "dismiss-all",
  "empty",
  "error",
  "filter",
  "filters",
  "footer",
  "group",
  "header",
  "icon",
  "item",
  "label",
  "list",
  "live",
  "message",
  "more",
  "panel",
  "retry",
  "time",
  "title",
  "undo",
];

test("properties and methods", async ({ page, embed }) => {
  await embed("");
  const members = await page.evaluate(async () => {
    const { prototype } = await customElements.whenDefined("coworker-notifications");
    const names = Object.getOwnPropertyNames(prototype).filter((name) => !/^(constructor|.*Callback)$/.test(name));
    const isMethod = (name) => typeof Object.getOwnPropertyDescriptor(prototype, name).value === "function";
    return { properties: names.filter((name) => !isMethod(name)).sort(), methods: names.filter(isMethod).sort() };
  });
  expect(members).toEqual({ properties: PROPERTIES, methods: METHODS });
});

test("parts", async ({ bell, embed, sandbox }) => {
  const seen = new Set();
  const look = async () => {
    const parts = await bell.element.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll("[part]")].flatMap((node) => [...node.part]),
    );
    parts.forEach((part) => seen.add(part));
  };
  await embed(bellOf(1004, { "page-size": 6 }));
  await bell.open();
  await expect(bell.more).toBeVisible();
  await look();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.undo).toBeVisible();
  await look();
  await sandbox.faults({ status: 500 });
  await bell.call("refresh");
  await expect(bell.retry).toBeVisible();
  await look();
  await sandbox.faults({});
  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.empty).toBeVisible();
  await look();
  expect([...seen]).toEqual(expect.arrayContaining(PARTS));
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
