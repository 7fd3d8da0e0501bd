// What assistive technology is given of what a member can choose: names, roles and their order.

import { bellOf, test, expect } from "../support/test.mjs";

async function openMenu(bell, ...words) {
  await bell.openList();
  await bell.items.first().locator("[part~=menu-button]").click();
  for (const word of words) await bell.part("menu-item").filter({ hasText: word }).click();
}

test("a row's menu", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await openMenu(bell);
  await expect(bell.part("menu")).toMatchAriaSnapshot(`
- 'menu "More actions: Blog post"':
  - /children: equal
  - menuitem "Snooze"
  - menuitem "Copy text"
  - menuitem "Mute this type"
  - menuitem "Dismiss"
  `);
});

test("how long to snooze: a name and its time", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await openMenu(bell, "Snooze");
  await expect(bell.part("menu")).toMatchAriaSnapshot(`
- 'menu "More actions: Blog post"':
  - menuitem /In one hour \\w+ \\d+:\\d\\d [AP]M/
  - menuitem /Tomorrow morning \\w+ 9:00 AM/
  - menuitem "Pick a date and time"
  `);
});

test("until when to snooze: a dialog with a field", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await openMenu(bell, "Snooze", "Pick a date and time");
  await expect(bell.part("menu")).toHaveRole("dialog");
  await expect(bell.part("menu")).toHaveAccessibleName("More actions: Blog post");
  await expect(bell.part("menu").locator("input")).toHaveAccessibleName("Date and time");
  await expect(bell.part("menu").getByRole("button")).toHaveAccessibleName("Snooze");
});

test("the dismissed view: what is dismissed, and what sleeps until when", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.ready();
  const [first, second] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.element.evaluate((element, id) => element.snooze(id, Date.now() + 86_400_000), second);
  await bell.open();
  await bell.part("view").last().click();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - button "Preferences" [expanded=false]
  - group "Lists":
    - /children: equal
    - button "Inbox" [pressed=false]
    - button "Dismissed" [pressed]
  - radiogroup "Show by type":
    - /children: equal
    - radio "All 2" [checked]
    - radio "Blog post 1"
    - radio "Event 1"
  - feed:
    - article "Blog post":
      - /children: equal
      - text: Blog post
      - time
      - paragraph
      - button "Bring back Blog post"
  `);
  await expect(bell.item(second)).toMatchAriaSnapshot(`
- article "Event":
  - /children: equal
  - text: Event
  - time
  - paragraph
  - paragraph: /Snoozed until .+ \\d+:\\d\\d/
  - button "Wake now Event"
  `);
});

test("nothing dismissed", async ({ bell, embed }) => {
  await embed(bellOf(1004, { view: "dismissed", types: "survey" }));
  await bell.ready();
  await bell.open();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - button "Preferences" [expanded=false]
  - group "Lists"
  - paragraph: Nothing dismissed
  - paragraph: What you dismiss can be brought back from here.
  `);
  await expect(bell.panel).toHaveAccessibleDescription("Nothing dismissed");
});

test("the dismissed view cannot be read", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await sandbox.faults({ status: 500 });
  await bell.part("view").last().click();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - button "Preferences" [expanded=false]
  - group "Lists"
  - paragraph: The server has a problem.
  - button "Try again"
  `);
});

test("preferences: switches in groups, opened by a button that says so", async ({ bell, embed }) => {
  await embed(bellOf(1004, { toasts: true }));
  await bell.openList();
  await bell.part("preferences-button").click();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - button "Preferences" [expanded]
  - group "Preferences":
    - heading "Preferences" [level=3]
    - text: Show new arrivals beside the bell
    - switch "Show new arrivals beside the bell" [checked]
    - heading "Show these types" [level=4]
    - group "Show these types":
      - text: Blog post
      - switch "Blog post" [checked]
  `);
});

test("arrivals: a group of articles, told once by the live region", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { toasts: true }));
  await bell.ready();
  for (const message of ["One", "Two", "Three", "Four"]) await sandbox.create(1004, message);
  await bell.call("refresh");
  await expect(bell.part("toast")).toHaveCount(3);
  await expect(bell.element).toMatchAriaSnapshot(`
- /children: equal
- button "Notifications, 19 unread" [expanded=false]
- status: 4 new notifications
- group "Notifications":
  - /children: equal
  - article "Announcement":
    - /children: equal
    - text: Announcement
    - paragraph: Four
    - button "Close Announcement"
  - article "Announcement"
  - article "Announcement"
  - button "1 more"
  `);
});
