import { test, expect } from "../support/test.mjs";

const slotted = (coworker, content) =>
  `<coworker-notifications api-base="/" coworker-id="${coworker}" token="member-${coworker}">${content}</coworker-notifications>`;

test("the page's own bell, header and footer take their places", async ({ page, bell, embed }) => {
  await embed(
    slotted(
      1004,
      `<b slot="bell">🔔</b><h2 slot="header" id="own">My post</h2><a slot="footer" href="/all">All of them</a>`,
    ),
  );
  await expect(bell.badge).toHaveText("15");
  await expect(page.getByText("🔔")).toBeVisible();
  await bell.open();
  await expect(page.getByRole("heading", { name: "My post" })).toBeVisible();
  await expect(page.getByRole("link", { name: "All of them" })).toBeVisible();
  await expect(bell.part("title")).toBeHidden();
});

test("the page's own words for an empty list", async ({ page, bell, embed }) => {
  await embed(slotted(1002, `<p slot="empty">Nothing for you today.</p>`));
  await bell.open();
  await expect(page.getByText("Nothing for you today.")).toBeVisible();
});

test("parts and custom properties can be styled from outside", async ({ bell, embed }) => {
  await embed(slotted(1004, ""), {
    head: `<style>
      coworker-notifications { --cn-badge-bg: rgb(1, 2, 3); --cn-panel-width: 300px; --cn-bell-size: 60px; --cn-z-index: 77; }
      coworker-notifications::part(message) { color: rgb(4, 5, 6); }
    </style>`,
  });
  await expect(bell.badge).toHaveCSS("background-color", "rgb(1, 2, 3)");
  await bell.open();
  await expect(bell.panel).toHaveCSS("width", "300px");
  await expect(bell.panel).toHaveCSS("z-index", "77");
  await expect(bell.messages.first()).toHaveCSS("color", "rgb(4, 5, 6)");
  expect((await bell.button.boundingBox()).height).toBeCloseTo(60, 0);
});

test("the page's styles do not leak in", async ({ bell, embed }) => {
  await embed(slotted(1004, ""), {
    head: `<style>
      * { text-transform: uppercase; letter-spacing: 9px; }
      button { display: none !important; }
      coworker-notifications { font: italic 40px serif; text-align: center; line-height: 3; }
    </style>`,
  });
  await bell.open();
  await expect(bell.panel).toHaveCSS("text-transform", "none");
  await expect(bell.panel).toHaveCSS("letter-spacing", "normal");
  await expect(bell.panel).toHaveCSS("font-style", "normal");
  await expect(bell.messages.first()).toHaveCSS("font-size", "14px");
});
