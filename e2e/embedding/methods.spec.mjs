import { bellOf, test, expect } from "../support/test.mjs";

test("unreadCount, notifications and status", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  expect(await bell.get("unreadCount")).toBe(15);
  const shown = await bell.get("notifications");
  const records = await sandbox.undismissed(1004);
  expect(shown.map(({ Id }) => Id)).toEqual(records.map(({ Id }) => Id));
  expect(Object.keys(shown[0]).sort()).toEqual(
    expect.arrayContaining([
      "Id",
      "UniqueId",
      "CoworkerId",
      "Message",
      "NotificationType",
      "EntityId",
      "IsDismissed",
      "CreatedOn",
    ]),
  );
});

test("updateComplete: mounted and drawn", async ({ page, embed }) => {
  await embed(
    `${bellOf(1004)}
     <script type="module">
       import "/coworker-notifications.js";
       const element = document.querySelector("coworker-notifications");
       element.show();
       await element.updateComplete;
       window.drawn = element.shadowRoot.querySelector("[part=panel]") !== null;
       element.labels = { title: "Post" };
       await element.updateComplete;
       window.title = element.shadowRoot.querySelector("[part=title]").textContent;
     </script>`,
  );
  await expect.poll(() => page.evaluate("window.title")).toBe("Post");
  expect(await page.evaluate("window.drawn")).toBe(true);
});

test("refresh resolves when the answer is on screen", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await sandbox.create(1004, "One more");
  const badge = await bell.element.evaluate(async (element) => {
    await element.refresh();
    return element.shadowRoot.querySelector("[part=badge]").textContent;
  });
  expect(badge).toBe("16");
});

test("refresh and loadMore resolve when they fail, too", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "page-size": 5 }));
  await expect(bell.badge).toHaveText("15");
  await sandbox.faults({ status: 500, applyTo: "reads" });
  expect(await bell.call("refresh")).toBeUndefined();
  expect(await bell.get("status")).toBe("error");
  expect(await bell.call("loadMore")).toBeUndefined();
  await bell.attribute("token", "expired");
  expect(await bell.call("refresh")).toBeUndefined();
  expect(await bell.get("status")).toBe("error");
});

test("refresh that is called before the module has loaded the program works", async ({ page, bell, embed }) => {
  await embed(
    `${bellOf(1004)}
     <script type="module">
       import "/coworker-notifications.js";
       await document.querySelector("coworker-notifications").refresh();
       window.refreshed = document.querySelector("coworker-notifications").unreadCount;
     </script>`,
  );
  await expect(bell.badge).toHaveText("15");
  await expect.poll(() => page.evaluate("window.refreshed")).toBe(15);
});

test("a promise does not outlive its element", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await sandbox.faults({ delayMs: 20_000 });
  const ended = await bell.element.evaluate(async (element) => {
    const refreshing = element.refresh();
    await new Promise((resolve) => setTimeout(resolve, 100));
    element.remove();
    await refreshing;
    return "resolved";
  });
  expect(ended).toBe("resolved");
});

test("loadMore loads the next page, until there is none", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "page-size": 6 }));
  await bell.ready();
  for (const loaded of [12, 15, 15]) {
    await bell.call("loadMore");
    expect(await bell.get("notifications")).toHaveLength(loaded);
  }
});

test("show, hide and toggle", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.call("show");
  await expect(bell.panel).toBeVisible();
  await bell.call("toggle");
  await expect(bell.panel).toBeHidden();
  await bell.call("toggle");
  await expect(bell.panel).toBeVisible();
  await bell.call("hide");
  await expect(bell.panel).toBeHidden();
});

test("dismiss resolves when the row has left the list", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await expect(bell.item(first)).toBeVisible();
  const left = await bell.element.evaluate(async (element, id) => {
    await element.dismiss(id);
    return {
      row: element.shadowRoot.querySelector(`[data-id="${id}"]`) === null,
      list: !element.notifications.some(({ Id }) => Id === id),
      count: element.unreadCount,
    };
  }, first);
  expect(left).toEqual({ row: true, list: true, count: 14 });
  expect(await sandbox.writes()).toEqual([]);
});

test("dismiss of an unknown id resolves and nothing happens", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const [first] = await bell.ids();
  for (const id of [1, -1, 0, first + 0.5, "x", null, Number.MAX_SAFE_INTEGER, Infinity]) {
    await bell.call("dismiss", id);
    await bell.call("restore", id);
  }
  expect(await bell.get("unreadCount")).toBe(15);
  expect(await bell.heard("cn-dismiss")).toEqual([]);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("methods of an element that is nowhere in the page resolve", async ({ page, embed }) => {
  await embed("");
  const results = await page.evaluate(async () => {
    await customElements.whenDefined("coworker-notifications");
    const element = document.createElement("coworker-notifications");
    for (const method of ["refresh", "loadMore", "dismissAll", "show", "hide", "toggle"]) await element[method]();
    await element.dismiss(1);
    await element.restore(1);
    await element.updateComplete;
    return [element.status, element.unreadCount, element.notifications];
  });
  expect(results).toEqual(["loading", 0, []]);
});
