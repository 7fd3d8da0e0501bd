import { bellOf, test, expect } from "../support/test.mjs";

test("a bell that is moved keeps its state and asks for nothing again", async ({ page, bell, embed, sandbox }) => {
  await embed(`<header>${bellOf(1004)}</header><main></main>`);
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  const { length } = await sandbox.requests();
  await bell.element.evaluate((element) => document.querySelector("main").append(element));

  await expect(page.locator("main coworker-notifications")).toHaveCount(1);
  await bell.get("updateComplete");
  await expect(bell.badge).toHaveText("15");
  await expect(bell.element).toHaveAttribute("open");
  await expect(bell.panel).toBeVisible();
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.heard("cn-ready")).toHaveLength(1);
  expect(await bell.heard("cn-close")).toHaveLength(0);
  expect(await sandbox.requests()).toHaveLength(length);
});

test("a moved bell still undoes what was dismissed before", async ({ bell, embed, sandbox }) => {
  await embed(`<header>${bellOf(1004)}</header><main></main>`);
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.undo).toBeVisible();
  await bell.element.evaluate((element) => document.querySelector("main").append(element));
  await bell.undoButton.click();
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.writes()).toEqual([]);
});

test("the list of a moved bell stays where it was scrolled to", async ({ bell, embed }) => {
  await embed(`<header>${bellOf(1003)}</header><main></main>`);
  await bell.openList();
  const scroller = bell.element.locator(".scroller");
  await scroller.evaluate(
    (node) => new Promise((done) => (node.addEventListener("scroll", done, { once: true }), (node.scrollTop = 600))),
  );
  await bell.element.evaluate((element) => document.querySelector("main").append(element));
  await expect(bell.panel).toBeVisible();
  // Within a pixel: what the list is held at is the row that is read.
  await expect.poll(() => scroller.evaluate((node) => Math.abs(node.scrollTop - 600))).toBeLessThanOrEqual(1);
});
