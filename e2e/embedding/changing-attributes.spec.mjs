import { bellOf, test, expect } from "../support/test.mjs";

test("max-badge", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.attribute("max-badge", "9");
  await expect(bell.badge).toHaveText("9+");
  await bell.attribute("max-badge", null);
  await expect(bell.badge).toHaveText("15");
});

test("coworker-id and token: the other member's list takes the place of the first", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  // The count may be there before the program has the first list.
  await bell.ready();
  await bell.element.evaluate((element) => {
    element.setAttribute("coworker-id", "1002");
    element.setAttribute("token", "member-1002");
  });
  await expect(bell.badge).toHaveCount(0);
  await bell.hears("cn-ready", 2);
  expect(await bell.get("unreadCount")).toBe(0);
});

test("types: only these are listed and counted", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.attribute("types", "blog, survey");
  await expect(bell.badge).toHaveText("2");
  await bell.open();
  await expect(bell.items).toHaveCount(2);
  await bell.attribute("types", null);
  await expect(bell.badge).toHaveText("15");
});

test("types: an alternate spelling counts as its twin", async ({ bell, embed }) => {
  await embed(bellOf(1004, { types: "identitycheck-fail" }));
  await expect(bell.badge).toHaveText("2");
});

test("page-size: the next page has as many", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1003, { "page-size": 20 }));
  await bell.ready();
  await bell.attribute("page-size", "10");
  await bell.call("loadMore");
  expect(await bell.get("notifications")).toHaveLength(30);
  expect((await sandbox.lists()).at(-1).query).toContain("size=10");
});

test("api-base: the bell asks there from now on", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "api-base": "/nowhere" }));
  await expect.poll(() => bell.get("status")).toBe("error");
  await bell.attribute("api-base", sandbox.url);
  await expect(bell.badge).toHaveText("15");
  await bell.ready();
});

test("theme: the panel takes the colours", async ({ bell, embed }) => {
  await embed(bellOf(1004, { theme: "light" }));
  await bell.open();
  const background = () => bell.panel.evaluate((panel) => getComputedStyle(panel).backgroundColor);
  const light = await background();
  await bell.attribute("theme", "dark");
  await expect.poll(background).not.toBe(light);
});

test("variant: the list without the bell, and back", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await bell.attribute("variant", "inline");
  await expect(bell.button).toHaveCount(0);
  await expect(bell.items.first()).toBeVisible();
  await bell.attribute("variant", null);
  await expect(bell.button).toBeVisible();
  await expect(bell.panel).toBeHidden();
});

test("placement: the panel opens where it is told, and flips at the edge", async ({ bell, embed }) => {
  await embed(`<div style="position: absolute; left: 400px; top: 600px">${bellOf(1004)}</div>`);
  await bell.open();
  const above = async () => (await bell.panel.boundingBox()).y < (await bell.button.boundingBox()).y;
  // Little room below: it flips.
  await expect.poll(above).toBe(true);
  await bell.element.evaluate((element) => (element.parentElement.style.top = "10px"));
  await bell.call("hide");
  await expect(bell.panel).toBeHidden();
  await bell.open();
  await expect.poll(above).toBe(false);
});

test("placement: start and end are sides of the bell", async ({ bell, embed }) => {
  await embed(
    `<div style="position: absolute; left: 600px; top: 10px">${bellOf(1004, { placement: "bottom-start" })}</div>`,
  );
  await bell.open();
  const edges = async () => {
    const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
    return {
      start: Math.abs(panel.x - button.x) < 2,
      end: Math.abs(panel.x + panel.width - button.x - button.width) < 2,
    };
  };
  await expect.poll(edges).toEqual({ start: true, end: false });
  await bell.attribute("placement", "bottom-end");
  await expect.poll(edges).toEqual({ start: false, end: true });
});

test("labels: words of the page's own", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await bell.set("labels", { title: "Post", undo: "Oops" });
  await expect(bell.part("title")).toHaveText("Post");
  await bell.set("labels", null);
  await expect(bell.part("title")).toHaveText("Notifications");
});

test("open: attribute, property, methods and the bell agree", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.attribute("open", "");
  await expect(bell.panel).toBeVisible();
  await expect(bell.button).toHaveAttribute("aria-expanded", "true");
  await bell.set("open", false);
  await expect(bell.panel).toBeHidden();
  await bell.call("toggle");
  await expect(bell.panel).toBeVisible();
  await bell.button.click();
  await expect(bell.panel).toBeHidden();
  await expect(bell.element).not.toHaveAttribute("open");
});
