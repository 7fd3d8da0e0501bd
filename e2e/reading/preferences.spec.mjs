// The page of the panel where a member chooses what to see, and what comes of it.

import { Bell, bellOf, test, expect } from "../support/test.mjs";

const opener = (bell) => bell.part("preferences-button");
const prefs = (bell) => bell.part("preferences");
const toggle = (bell, name) => prefs(bell).getByRole("switch", { name, exact: true });
const key = "coworker-notifications:preferences:";
const stored = (page) =>
  page.evaluate((key) => Object.entries(localStorage).find(([name]) => name.startsWith(key))?.[1], key);

async function openPreferences(bell) {
  await opener(bell).click();
  await expect(prefs(bell)).toBeVisible();
}

/** How many of the notifications that the element tells are of a type. */
const countOf = async (bell, type) =>
  (await bell.get("notifications")).filter(({ NotificationType }) => NotificationType === type).length;

async function setUp({ bell, embed }, attributes = {}) {
  await embed(bellOf(1004, attributes));
  await bell.openList();
}

test("the header's button opens them; Escape closes the page, then the panel", async ({ page, bell, embed }) => {
  await setUp({ bell, embed });
  await expect(opener(bell)).toHaveAccessibleName("Preferences");
  await expect(opener(bell)).toHaveAttribute("aria-expanded", "false");
  await openPreferences(bell);
  await expect(opener(bell)).toHaveAttribute("aria-expanded", "true");
  await expect(prefs(bell)).toHaveAccessibleName("Preferences");
  await expect(prefs(bell).getByRole("switch").first()).toBeFocused();
  await expect(bell.items.first()).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(prefs(bell)).toHaveCount(0);
  await expect(bell.panel).toBeVisible();
  await expect(bell.items.first()).toBeVisible();
  await expect(opener(bell)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
});

test("Escape closes the page in the list of a page, too", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { variant: "inline" }));
  await bell.items.first().waitFor();
  await openPreferences(bell);
  await page.keyboard.press("Escape");
  await expect(prefs(bell)).toHaveCount(0);
  await expect(opener(bell)).toBeFocused();
});

test("a switch turns a type off and on: listed, counted, told and kept", async ({ page, bell, embed }) => {
  await setUp({ bell, embed });
  const before = await bell.get("unreadCount");
  const blogs = await countOf(bell, "blog");
  expect(blogs).toBeGreaterThan(0);
  await openPreferences(bell);
  await expect(toggle(bell, "Blog post")).toBeChecked();
  await toggle(bell, "Blog post").focus();
  await page.keyboard.press("Space");
  await expect(toggle(bell, "Blog post")).not.toBeChecked();
  await expect(toggle(bell, "Blog post")).toBeFocused();
  expect(await bell.hears("cn-preferences")).toEqual([{ mutedTypes: ["blog"], toasts: true, alerts: true }]);
  expect(await bell.get("preferences")).toEqual({ mutedTypes: ["blog"], toasts: true, alerts: true });
  await expect.poll(() => countOf(bell, "blog")).toBe(0);
  await expect.poll(() => bell.get("unreadCount")).toBeLessThan(before);

  const muted = await bell.get("unreadCount");
  await page.reload();
  await bell.openList();
  await expect.poll(() => bell.get("unreadCount")).toBe(muted);
  expect(await countOf(bell, "blog")).toBe(0);
  expect((await bell.heard("cn-change")).map(({ count }) => count)).not.toContain(before);
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  await expect.poll(() => bell.get("unreadCount")).toBe(before);
  expect((await bell.heard("cn-preferences")).at(-1).mutedTypes).toEqual([]);
});

test("Mute this type, in a row's menu, can be taken back among the preferences", async ({ bell, embed }) => {
  await setUp({ bell, embed });
  const before = await bell.get("unreadCount");
  const [{ Id, NotificationType }] = await bell.get("notifications");
  await bell.item(Id).locator(`[part~="menu-button"]`).click();
  await bell.part("menu-item").filter({ hasText: "Mute this type" }).click();
  await expect.poll(() => countOf(bell, NotificationType)).toBe(0);
  await expect(bell.part("menu")).toHaveCount(0);
  expect((await bell.hears("cn-preferences"))[0].mutedTypes).toEqual([NotificationType]);
  await openPreferences(bell);
  await prefs(bell).getByRole("switch", { checked: false }).click();
  await expect.poll(() => bell.get("unreadCount")).toBe(before);
});

test("other tabs, and other bells of the page, follow at once and tell nothing", async ({ context, page, bell, embed }) => {
  await embed(bellOf(1004) + bellOf(1004));
  await bell.ready();
  const other = new Bell(page.locator("coworker-notifications").nth(1));
  const tab = await context.newPage();
  await embed(bellOf(1004), { on: tab });
  const there = new Bell(tab.locator("coworker-notifications"));
  await there.ready();
  await bell.openList();
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  for (const one of [other, there]) {
    await expect.poll(async () => (await one.get("preferences")).mutedTypes).toEqual(["blog"]);
    await expect.poll(() => countOf(one, "blog")).toBe(0);
  }
  expect(await bell.heard("cn-preferences")).toHaveLength(1);
  expect(await there.heard("cn-preferences")).toEqual([]);
});

test("another coworker has other preferences", async ({ bell, embed }) => {
  await setUp({ bell, embed });
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  await bell.hears("cn-preferences");
  await bell.element.evaluate((element) => {
    element.coworkerId = "1001";
    element.token = "member-1001";
  });
  await expect.poll(async () => (await bell.get("preferences")).mutedTypes).toEqual([]);
});

test("what the page sets holds until the member chooses again, and can be set again", async ({ page, bell, embed }) => {
  await setUp({ bell, embed });
  const set = async (preferences) => {
    await bell.set("preferences", preferences);
    expect((await bell.get("preferences")).mutedTypes).toEqual(preferences.mutedTypes);
    await bell.get("updateComplete");
  };
  await set({ mutedTypes: ["blog"] });
  await expect.poll(() => countOf(bell, "blog")).toBe(0);
  expect(await bell.heard("cn-preferences")).toEqual([]);
  expect(await stored(page)).toBeUndefined();
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  expect(await bell.hears("cn-preferences")).toEqual([{ mutedTypes: [], toasts: true, alerts: true }]);
  await expect.poll(() => countOf(bell, "blog")).toBeGreaterThan(0);
  await set({ mutedTypes: ["blog"] });
  await expect(toggle(bell, "Blog post")).not.toBeChecked();

  // A page that does not let its members see blogs again says so while it is told.
  await bell.element.evaluate((element) =>
    element.addEventListener("cn-preferences", () => (element.preferences = { mutedTypes: ["blog"] })),
  );
  await toggle(bell, "Blog post").click();
  await bell.hears("cn-preferences", 2);
  await expect(toggle(bell, "Blog post")).not.toBeChecked();
});

test("what a page sets again as it was told goes round no more", async ({ bell, embed }) => {
  await setUp({ bell, embed });
  await bell.element.evaluate((element) => {
    element.addEventListener("cn-preferences", ({ detail }) => (element.preferences = structuredClone(detail)));
  });
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  await toggle(bell, "Event").click();
  await expect.poll(() => bell.get("preferences")).toMatchObject({ mutedTypes: ["blog", "community-event"] });
  await bell.hears("cn-preferences", 2);
});

test("a type that only the page knows, and one that is unknown, have a switch by their own name", async ({
  bell,
  embed,
}) => {
  await setUp({ bell, embed });
  await bell.set("preferences", { mutedTypes: ["printer-jam, 2nd floor"] });
  await openPreferences(bell);
  await expect(toggle(bell, "printer-jam, 2nd floor")).not.toBeChecked();
});

test("what the page offers has a switch, and what it does not offer has none", async ({ bell, embed }) => {
  await setUp({ bell, embed });
  await openPreferences(bell);
  await expect(toggle(bell, "Desktop alerts")).toHaveCount(0);
  await bell.attribute("desktop-alerts", "");
  await toggle(bell, "Desktop alerts").click();
  expect((await bell.hears("cn-preferences"))[0]).toEqual({ mutedTypes: [], toasts: true, alerts: false });
  await expect(toggle(bell, "Desktop alerts")).not.toBeChecked();
});

test("damaged preferences are the defaults, told once", async ({ page, bell, embed }) => {
  await setUp({ bell, embed });
  const before = await bell.get("unreadCount");
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  await bell.hears("cn-preferences");
  await page.evaluate((key) => {
    const name = Object.keys(localStorage).find((name) => name.startsWith(key));
    localStorage.setItem(name, "{{");
  }, key);
  await page.reload();
  await bell.openList();
  await expect.poll(() => bell.get("unreadCount")).toBe(before);
  expect(await bell.hears("cn-error")).toEqual([expect.objectContaining({ kind: "storage" })]);
});

test("where the browser refuses to store, a choice holds as long as the page", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await setUp({ bell, embed });
  await openPreferences(bell);
  await toggle(bell, "Blog post").click();
  await bell.hears("cn-preferences");
  await expect.poll(() => countOf(bell, "blog")).toBe(0);
  expect(await bell.heard("cn-error")).toEqual([]);
});
