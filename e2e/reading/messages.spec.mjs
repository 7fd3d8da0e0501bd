// Messages as people and programs really write them.

import { bellOf, test, expect } from "../support/test.mjs";

test("a message of 200 KB costs no more than its beginning, until it is asked for", async ({
  bell,
  embed,
  sandbox,
}) => {
  const message = `${"All work and no play. ".repeat(9_200)}The end.`;
  expect(message.length).toBeGreaterThan(200_000);
  await sandbox.create(1002, message);
  await embed(bellOf(1002));
  await bell.openList();
  expect((await bell.messages.textContent()).length).toBeLessThan(1_000);
  const { height } = await bell.items.boundingBox();
  expect(height).toBeLessThan(150);
  await bell.items.getByRole("button", { name: "Show more" }).click();
  await expect(bell.messages).toContainText("The end.");
  expect(await bell.get("notifications")).toMatchObject([{ Message: message }]);
});

test("an empty message: the label stands for it", async ({ bell, embed, page }) => {
  const CreatedOn = new Date().toISOString();
  const empty = (Id, Message) => ({
    Id,
    CoworkerId: 1002,
    Message,
    NotificationType: "survey",
    EntityId: 1,
    CreatedOn,
  });
  await page.route("**/api/spaces/coworkernotifications?*", (route) =>
    route.fulfill({
      json: { Records: [empty(3, ""), empty(2, " \n "), empty(1, null)], TotalItems: 3, TotalPages: 1 },
    }),
  );
  await embed(bellOf(1002));
  await bell.openList();
  await expect(bell.labels).toHaveText(["Survey", "Survey", "Survey"]);
  await expect(bell.messages).toHaveCount(0);
  await expect(bell.items.first()).toHaveAccessibleName("Survey");
  await expect(bell.items.first()).toHaveAccessibleDescription("just now");
});

test("each message runs in its own direction", async ({ bell, embed, sandbox }) => {
  const messages = {
    "The room “חדר הים” is booked.": "ltr",
    "الغرفة Harbour 12 جاهزة.": "rtl",
    "12:30 — מחר": "rtl",
  };
  for (const message of Object.keys(messages)) await sandbox.create(1002, message);
  await embed(bellOf(1002));
  await bell.openList();
  for (const [message, direction] of Object.entries(messages)) {
    await expect(bell.item(message).locator("[part~=message]")).toHaveCSS("direction", direction);
    // Its row does not follow it.
    await expect(bell.item(message)).toHaveCSS("direction", "ltr");
  }
});

test("words without an end stay within the panel", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1002, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau".repeat(9));
  await sandbox.create(1002, `https://example.com/${"a".repeat(300)}`);
  await sandbox.create(1002, "👩🏽‍💻".repeat(90), { type: "a-type-with-a-very-long-name-".repeat(9) });
  await embed(bellOf(1002));
  await bell.openList();
  const sticksOut = await bell.panel.evaluate(
    (panel) =>
      [...panel.querySelectorAll("*")].filter((node) => {
        const { right } = node.getBoundingClientRect();
        return node.closest("[part=filters]") === null && right > panel.getBoundingClientRect().right + 1;
      }).length,
  );
  expect(sticksOut).toBe(0);
});

test("lines of a message stay lines", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1002, "One\nTwo\nThree");
  await embed(bellOf(1002));
  await bell.openList();
  const one = await bell.messages.evaluate((node) => {
    const line = parseFloat(getComputedStyle(node).lineHeight);
    return Math.round(node.getBoundingClientRect().height / line);
  });
  expect(one).toBe(3);
});
