// Handlers of the page ask the bell, and move it, while it tells them something.

import { bellOf, test, expect } from "../support/test.mjs";

/** Has every event's handler read everything and call everything that changes nothing. An init script. */
function askInHandlers() {
  window.answers = [];
  for (const name of ["ready", "change", "arrive", "open", "close", "select", "dismiss", "error"]) {
    addEventListener(`cn-${name}`, ({ type, target, detail }) => {
      const { status, unreadCount, notifications, open } = target;
      target.updateComplete.then(() => target.refresh());
      target.append(document.createElement("i"));
      target.parentNode.append(target);
      window.answers.push({ type, status, unreadCount, listed: notifications.length, open, count: detail.count });
    });
  }
}

test("whatever a handler asks is answered, with the state that the event tells of", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => /recursive|borrow/.test(message.text()) && errors.push(message.text()));
  await page.addInitScript(askInHandlers);
  await embed(bellOf(1004));
  await bell.hears("cn-ready");
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await sandbox.create(1004, "Another");
  await bell.call("refresh");
  await bell.hears("cn-arrive");
  await bell.attribute("max-badge", "many");
  await bell.hears("cn-error");
  await bell.call("hide");
  await bell.hears("cn-close");
  const answers = await page.evaluate("answers");
  const of = (type) => answers.filter((answer) => answer.type === type);
  for (const { count, unreadCount, status } of [...of("cn-ready"), ...of("cn-change").slice(1)]) {
    expect({ unreadCount, status }).toEqual({ unreadCount: count, status: "ready" });
  }
  expect(of("cn-open").map(({ open }) => open)).toEqual([true]);
  expect(of("cn-close").map(({ open }) => open)).toEqual([false]);
  expect(errors).toEqual([]);
});

for (const [what, attributes] of [
  ["an unsafe api-base", { "api-base": "http://elsewhere.example" }],
  ["an api-base that is no address", { "api-base": "https://" }],
]) {
  test(`${what}, said at load: the status in the handler is "error"`, async ({ page, bell, embed }) => {
    await page.addInitScript(askInHandlers);
    await embed(bellOf(1004, attributes));
    await bell.hears("cn-error");
    const [{ status, unreadCount, listed }] = await page.evaluate("answers");
    expect({ status, unreadCount, listed }).toEqual({ status: "error", unreadCount: 0, listed: 0 });
  });
}

test("a wrong attribute, said while an update is told", async ({ page, bell, embed }) => {
  await page.addInitScript(askInHandlers);
  await embed(bellOf(1004));
  await bell.ready();
  await bell.attribute("api-base", "http://elsewhere.example");
  await bell.hears("cn-error");
  const [{ status }] = (await page.evaluate("answers")).filter(({ type }) => type === "cn-error");
  expect(status).toBe("error");
  await bell.attribute("api-base", "/");
  await bell.ready();
});

test("a bell that a handler removes is gone", async ({ page, bell, embed, sandbox }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed(bellOf(1004));
  await bell.openList();
  const [first] = await bell.ids();
  await bell.element.evaluate((element) => {
    window.bell = element;
    element.addEventListener("cn-dismiss", () => element.remove());
  });
  await bell.call("dismiss", first);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
  expect(errors).toEqual([]);
});
