// What assistive technology is given in each state: names, roles and their order, as the browser's accessibility tree
// has them. Written by hand: a change here is a change of what people hear.

import { bellOf, tag, test, expect } from "../support/test.mjs";

/** The first rows of coworker 1004, who has one of each type. */
const FILTERS = `
  - radiogroup "Show by type":
    - /children: contain
    - radio "All 15" [checked]
    - radio "Blog post 1"
    - radio "Identity check failed 2"`;

const row = (label, ...more) => `
      - article "${label}":
        - text: ${label.replace("New ", "")}${label.startsWith("New ") ? " New" : ""}
        - time
        - paragraph${more.map((line) => `\n        - ${line}`).join("")}
        - 'button /Dismiss: /'`;

test("closed", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await expect(bell.element).toMatchAriaSnapshot(`
  - /children: equal
  - button "Notifications, 15 unread" [expanded=false]
  - status
  `);
});

test("closed, and nothing to read", async ({ bell, embed }) => {
  await embed(bellOf(1002));
  await bell.ready();
  await expect(bell.element).toMatchAriaSnapshot(`
  - /children: equal
  - button "Notifications" [expanded=false]
  - status
  `);
});

test("open with rows: a dialog with a feed for each group", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await expect(bell.element).toMatchAriaSnapshot(`
  - /children: equal
  - button "Notifications, 15 unread" [expanded]
  - status
  - dialog "Notifications"
  `);
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - button "Dismiss all"${FILTERS}
  - heading "Today" [level=3]
  - feed "Today":${row("Blog post")}
  `);
  await expect(bell.panel).not.toHaveAttribute("aria-modal");
  await expect(bell.items.nth(1)).toHaveAttribute("aria-posinset", "2");
  await expect(bell.items.nth(1)).toHaveAttribute("aria-setsize", "15");
});

test("a link is a link within its row; the row is described by message and time", async ({ bell, embed }) => {
  await embed(bellOf(1004, { links: '{"blog":"#post"}' }));
  await bell.openList();
  await expect(bell.items.first()).toMatchAriaSnapshot(`
- article "Blog post":
  - /children: equal
  - link "Blog post":
    - /url: "#post"
  - time
  - paragraph
  - 'button "Dismiss: Blog post"'
  - 'button "More actions: Blog post"'
  `);
  const [message, time] = [bell.messages.first(), bell.part("time").first()];
  await expect(bell.items.first()).toHaveAccessibleDescription(
    `${await message.textContent()} ${await time.textContent()}`,
  );
});

test("what has just arrived is said to be new, and that it arrived", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await sandbox.create(1004, "Locker 34 was left open.", { type: "salto-locker" });
  await bell.call("refresh");
  await expect(bell.live).toHaveText("1 new notification");
  await expect(bell.element.getByRole("article", { name: "New Locker" })).toHaveCount(1);
});

test("empty", async ({ bell, embed }) => {
  await embed(bellOf(1002));
  await bell.ready();
  await bell.open();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - group "Lists":
    - button "Inbox" [pressed]
    - button "Dismissed"
  - paragraph: You’re all caught up
  - paragraph: New notifications will show up here.
  `);
  await expect(bell.panel).toBeFocused();
  await expect(bell.panel).toHaveAccessibleDescription("You’re all caught up");
});

test("loading", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ delayMs: 20_000 });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - text: Loading notifications…
  `);
  await expect(bell.panel).toHaveAccessibleDescription("Loading notifications…");
});

test("an error before there is a list: in words, with a way out", async ({ bell, embed, sandbox }) => {
  await sandbox.faults({ status: 403 });
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.element).toMatchAriaSnapshot(`
  - /children: equal
  - button "Notifications" [expanded]
  - status: You don’t have access to notifications.
  - dialog "Notifications":
    - /children: equal
    - heading "Notifications" [level=2]
    - paragraph: You don’t have access to notifications.
    - button "Try again"
  `);
  await expect(bell.panel).toHaveAccessibleDescription("You don’t have access to notifications.");
});

test("an error over a list: between the filters and the rows", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await sandbox.faults({ status: 500 });
  await bell.call("refresh");
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - button "Dismiss all"${FILTERS}
  - paragraph: /The server has a problem\\. Trying again in \\d+ seconds?\\./
  - button "Try again"
  - heading "Today" [level=3]
  - feed "Today"
  `);
  await expect(bell.live).toHaveText("The server has a problem.");
});

test("waiting for a token", async ({ bell, embed }) => {
  await embed(tag({ "api-base": "/", "coworker-id": 1004 }));
  await bell.open();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - /children: equal
  - heading "Notifications" [level=2]
  - paragraph: Waiting for you to be signed in.
  `);
});

test("Undo stands after the rows, and is announced", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.live).toHaveText("Notification dismissed. Undo is available.");
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - feed "Yesterday"
  - text: Notification dismissed
  - button "Undo"
  `);
});

test("asking before all are dismissed: a group with the question as its name", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.dismissAllButton.click();
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - group "Dismiss all 15 notifications?":
    - text: Dismiss all 15 notifications?
    - button "Dismiss"
    - button "Keep"
  - radiogroup "Show by type"
  `);
  await expect(bell.element.getByRole("button", { name: "Keep" })).toBeFocused();
});

test("dismissing all shows how far it is", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  await bell.dismissAllButton.click();
  await bell.element.getByRole("button", { name: "Dismiss", exact: true }).click();
  await expect(bell.undo).toBeVisible();
  await sandbox.faults({ delayMs: 3_000, applyTo: "writes" });
  await page.clock.runFor(6_500);
  await expect(bell.panel).toMatchAriaSnapshot(`
- dialog "Notifications":
  - heading "Notifications" [level=2]
  - text: /Dismissing. \\d+ of 15/
  - progressbar
  `);
  const label = (progress) => progress.labels[0]?.textContent;
  expect(await bell.element.getByRole("progressbar").evaluate(label)).toMatch(/Dismissing. \d+ of 15/);
  await sandbox.faults({});
  await clock.pass(20_000);
  await expect(bell.element.getByRole("progressbar")).toHaveCount(0);
});

test("inline: a region of the page, without bell and dialog", async ({ bell, embed }) => {
  await embed(bellOf(1004, { variant: "inline" }));
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.element).toMatchAriaSnapshot(`
  - /children: equal
  - status
  - region "Notifications":
    - heading "Notifications" [level=2]
    - button "Dismiss all"
    - radiogroup "Show by type"
    - heading "Today" [level=3]
    - feed "Today"
  `);
});

test("a header of the page's own leaves the dialog its name", async ({ bell, embed }) => {
  await embed(bellOf(1004).replace("></", '><h2 slot="header">From the harbour</h2></'));
  await bell.openList();
  await expect(bell.panel).toHaveAccessibleName("Notifications");
});

test("from opening to dismissing by keyboard alone, and back", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await page.keyboard.press("Tab");
  await expect(bell.button).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bell.items.first()).toBeFocused();
  const [first, second] = await bell.ids();
  await page.keyboard.press("Delete");
  await expect(bell.item(second)).toBeFocused();
  // The row's own buttons come first, then Undo.
  for (let presses = 0; presses < 5; presses += 1) {
    await page.keyboard.press("Tab");
    if (await bell.undoButton.evaluate((node) => node.matches(":focus"))) break;
  }
  await expect(bell.undoButton).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bell.item(first)).toBeVisible();
  await expect(bell.item(second)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(bell.button).toBeFocused();
});
