import { bellOf, test, expect } from "../support/test.mjs";

const order = (page) => page.evaluate(() => window.bellEvents.map(({ type }) => type));

test("cn-change and cn-ready: once the first list is on screen", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    addEventListener("cn-ready", ({ target }) => {
      window.badgeWhenReady = target.shadowRoot.querySelector("[part=badge]")?.textContent;
    });
  });
  await embed(bellOf(1004));
  expect(await bell.hears("cn-ready")).toEqual([{ count: 15 }]);
  expect(await bell.heard("cn-change")).toEqual([{ count: 15 }]);
  expect(await page.evaluate("badgeWhenReady")).toBe("15");
});

test("a member without notifications: ready, and the count is 0", async ({ bell, embed }) => {
  await embed(bellOf(1002));
  expect(await bell.hears("cn-ready")).toEqual([{ count: 0 }]);
  expect(await bell.heard("cn-change")).toEqual([{ count: 0 }]);
  await expect(bell.badge).toHaveCount(0);
  await expect(bell.button).toHaveAccessibleName("Notifications");
});

test("cn-change: once for each new count, never twice with the same", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.call("refresh");
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.call("dismiss", first);
  await bell.call("restore", first);
  await sandbox.create(1004, "One more");
  await bell.call("refresh");
  const counts = (await bell.heard("cn-change")).map(({ count }) => count);
  expect(counts).toEqual([15, 14, 15, 16]);
});

test("cn-ready: again after another coworker was set, and not after a refresh", async ({ bell, embed }) => {
  await embed(bellOf(1004, { token: "admin" }));
  await bell.hears("cn-ready");
  await bell.call("refresh");
  expect(await bell.heard("cn-ready")).toHaveLength(1);
  await bell.attribute("coworker-id", "1001");
  await bell.hears("cn-ready", 2);
});

test("cn-arrive: what is new since the last look, as the API names its fields", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const id = await sandbox.create(1004, "Parcel for you", { type: "salto-locker", entity: 12 });
  await bell.call("refresh");
  const [{ notifications }] = await bell.hears("cn-arrive");
  expect(notifications).toHaveLength(1);
  expect(notifications[0]).toMatchObject({
    Id: id,
    CoworkerId: 1004,
    Message: "Parcel for you",
    NotificationType: "salto-locker",
    EntityId: 12,
    IsDismissed: false,
    CreatedOn: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*Z$/),
  });
  await bell.call("refresh");
  expect(await bell.heard("cn-arrive")).toHaveLength(1);
});

test("cn-arrive: not for what the first list or a further page holds, nor for what is restored", async ({
  bell,
  embed,
}) => {
  await embed(bellOf(1004, { "page-size": 10 }));
  await bell.ready();
  await bell.call("loadMore");
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await bell.call("restore", first);
  await bell.call("refresh");
  expect(await bell.heard("cn-arrive")).toEqual([]);
});

test("cn-open and cn-close: once each, whoever opens and closes", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.call("show");
  await bell.call("show");
  await expect(bell.panel).toBeVisible();
  await bell.call("hide");
  await expect(bell.panel).toBeHidden();
  await bell.open();
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
  const events = (await order(page)).filter((type) => type === "cn-open" || type === "cn-close");
  expect(events).toEqual(["cn-open", "cn-close", "cn-open", "cn-close"]);
});

test("open in the markup: one cn-open", async ({ bell, embed }) => {
  await embed(bellOf(1004, { open: true }));
  await expect(bell.panel).toBeVisible();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-open")).toHaveLength(1);
});

test("cn-select: which row, and where it leads", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { links: '{"*":"#{CoworkerId}/{Id}/{EntityId}"}' }));
  await bell.openList();
  const [record] = await bell.get("notifications");
  await bell.items.first().click();
  const href = `#1004/${record.Id}/${record.EntityId}`;
  expect(await bell.hears("cn-select")).toEqual([{ notification: record, href }]);
  expect(new URL(page.url()).hash).toBe(href);
});

test("cn-select: prevented, nothing is followed and the panel stays", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { links: '{"*":"/elsewhere"}' }));
  await bell.element.evaluate((element) => element.addEventListener("cn-select", (event) => event.preventDefault()));
  await bell.open();
  const url = page.url();
  await bell.items.first().click();
  await bell.hears("cn-select");
  expect(page.url()).toBe(url);
  await expect(bell.panel).toBeVisible();
});

test("cn-select: without a link the href is null and the panel stays", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await bell.items.first().click();
  expect((await bell.hears("cn-select"))[0].href).toBeNull();
  await expect(bell.panel).toBeVisible();
});

test("cn-dismiss: which, before they go; prevented, they stay", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.element.evaluate((element) => element.addEventListener("cn-dismiss", (event) => event.preventDefault()));
  await bell.openList();
  const ids = await bell.ids();
  await bell.dismissButton(bell.items.first()).click();
  expect(await bell.hears("cn-dismiss")).toEqual([{ ids: [ids[0]] }]);
  await bell.call("dismiss", ids[1]);
  await bell.call("dismissAll");
  expect((await bell.hears("cn-dismiss", 3))[2]).toEqual({ ids });
  expect(await bell.ids()).toEqual(ids);
  await expect(bell.badge).toHaveText("15");
  await expect(bell.undo).toHaveCount(0);
  expect(await sandbox.writes()).toEqual([]);
});

test("only cn-select and cn-dismiss can be cancelled; all events bubble out of the shadow root", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { theme: "mauve" }));
  await bell.open();
  await bell.items.first().click();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.badge).toHaveText("14");
  await sandbox.create(1004, "One more");
  await bell.call("refresh");
  await bell.call("hide");
  await bell.hears("cn-close");
  const cancelable = await page.evaluate(() =>
    Object.fromEntries(window.bellEvents.map(({ type, cancelable }) => [type, cancelable])),
  );
  expect(cancelable).toEqual({
    "cn-ready": false,
    "cn-change": false,
    "cn-arrive": false,
    "cn-open": false,
    "cn-close": false,
    "cn-select": true,
    "cn-dismiss": true,
    "cn-error": false,
  });
});

test("a listener of the page that throws does not stop the bell", async ({ bell, embed }) => {
  await embed(`<script>
    for (const name of ["ready", "change", "open", "dismiss"]) {
      addEventListener("cn-" + name, () => { throw new Error("the page's own mistake") });
    }
  </script>${bellOf(1004)}`);
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await expect(bell.badge).toHaveText("14");
});

test("a bell that comes back with the same count has no news of it", async ({ bell, embed }) => {
  await embed(`${bellOf(1004)}<main></main>`);
  await bell.ready();
  await bell.element.evaluate(async (element) => {
    element.remove();
    await Promise.resolve();
    document.querySelector("main").append(element);
    await element.updateComplete;
  });
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-change")).toEqual([{ count: 15 }]);
});
