import { bellOf, test, expect } from "../support/test.mjs";

/** A bell whose tokenProvider is this function, written as the page writes it; `calls` counts. */
const providedBy = (source) => `
  ${bellOf(1004, { token: null })}
  <script>
    let calls = 0;
    document.querySelector("coworker-notifications").tokenProvider = ${source};
  </script>`;

const calls = (page) => page.evaluate("calls");

test("a provider may answer at once", async ({ page, bell, embed }) => {
  await embed(providedBy(`() => (calls++, "member-1004")`));
  await expect(bell.badge).toHaveText("15");
  await bell.call("refresh");
  expect(await calls(page)).toBe(1);
});

test("a provider may answer later", async ({ bell, embed }) => {
  await embed(providedBy(`() => new Promise((resolve) => setTimeout(resolve, 50, "member-1004"))`));
  await expect(bell.badge).toHaveText("15");
});

test("a refused token is renewed once, unseen by the member", async ({ page, bell, embed }) => {
  await embed(providedBy(`() => (calls++ ? "member-1004" : "expired")`));
  await expect(bell.badge).toHaveText("15");
  expect(await calls(page)).toBe(2);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a provider that keeps giving refused tokens is asked twice, then a new token helps", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  await embed(providedBy(`() => (calls++, "expired")`));
  await bell.hears("cn-error");
  expect(await bell.get("status")).toBe("unauthorized");
  await clock.pass(600_000);
  expect(await calls(page)).toBe(2);
  expect(await sandbox.lists()).toHaveLength(2);

  await bell.element.evaluate((element) => (element.tokenProvider = () => "member-1004"));
  await expect(bell.badge).toHaveText("15");
});

for (const [how, source] of [
  ["throws", `() => { throw new Error("signed out: secret-token") }`],
  ["rejects", `() => Promise.reject("secret-token")`],
  ["returns nothing", `() => {}`],
  ["returns something else", `() => ({ token: "secret-token" })`],
  ["returns an empty token", `async () => " "`],
]) {
  test(`a provider that ${how}: unauthorized, nothing is sent, nothing is given away`, async ({
    bell,
    embed,
    sandbox,
  }) => {
    await embed(providedBy(source));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "unauthorized", status: null, retryAt: null });
    expect(error.message).toContain("tokenProvider");
    expect(error.message).not.toContain("secret");
    expect(await bell.get("status")).toBe("unauthorized");
    await bell.open();
    await expect(bell.error).toContainText("Your session has ended.");
    expect(await sandbox.lists()).toEqual([]);
  });
}

test("a provider that does not answer has failed after 10 seconds", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(providedBy(`() => (calls++, new Promise(() => {}))`));
  await bell.get("updateComplete");
  expect(await calls(page)).toBe(1);
  await clock.pass(8_000);
  expect(await bell.get("status")).toBe("loading");
  await clock.pass(2_500);
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "unauthorized", retryAt: null });
  expect(error.message).toContain("10 seconds");
  expect(await sandbox.lists()).toEqual([]);
});

test("Retry asks the provider again", async ({ page, bell, embed }) => {
  await embed(providedBy(`() => { if (calls++) return "member-1004"; throw new Error("not yet") }`));
  await bell.open();
  await bell.retry.click();
  await expect(bell.badge).toHaveText("15");
  expect(await calls(page)).toBe(2);
});

test("a provider counts before a token", async ({ bell, embed }) => {
  await embed(providedBy(`() => "member-1004"`));
  await bell.set("token", "expired");
  await expect(bell.badge).toHaveText("15");
  await bell.ready();
});

for (const [how, markup] of [
  ["in the attribute", bellOf(1004, { token: "Bearer member-1004" })],
  ["in capitals", bellOf(1004, { token: " BEARER  member-1004 " })],
  ["from a provider", providedBy(`async () => "bearer member-1004"`)],
]) {
  test(`a token ${how} that says Bearer itself is sent with one`, async ({ page, bell, embed, sandbox }) => {
    const sent = new Set();
    await page.route("**/api/**", (route) => {
      sent.add(route.request().headers().authorization);
      return route.continue();
    });
    await embed(markup);
    await bell.ready();
    await bell.call("refresh");
    expect([...sent]).toEqual(["Bearer member-1004"]);
    await expect(bell.badge).toHaveText("15");
    // The element's script and the program mean the same.
    expect(await sandbox.lists()).toHaveLength(2);
  });
}

test("a token that is the word Bearer alone is none", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { token: "Bearer " }));
  await bell.open();
  await expect(bell.panel).toContainText("Waiting for you to be signed in.");
  expect(await sandbox.requests()).toEqual([]);
});

for (const [how, markup] of [
  ["from a provider", providedBy(`() => (calls++ ? "member-1004" : "member-1004\\nsecret")`)],
  ["in the attribute", bellOf(1004, { token: "member-1004\nsecret" })],
  ["that is not Latin", bellOf(1004, { token: "member-1004-\u2603secret" })],
]) {
  test(`a token ${how} that no header may carry is told once, and not given away`, async ({
    clock,
    bell,
    embed,
    sandbox,
  }) => {
    await embed(markup);
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(error.message).toContain("The token cannot be sent");
    expect(error.message).not.toContain("secret");
    expect(error.message).not.toContain("1004");
    await clock.pass(600_000);
    expect(await bell.heard("cn-error")).toHaveLength(1);
    expect(await sandbox.requests()).toEqual([]);
  });
}

test("after a token that cannot be sent the provider is asked again when the member tries again", async ({
  page,
  bell,
  embed,
}) => {
  await embed(providedBy(`() => (calls++ ? "member-1004" : "member-1004\\nsecret")`));
  await bell.hears("cn-error");
  await bell.open();
  await bell.retry.click();
  await expect(bell.badge).toHaveText("15");
  expect(await calls(page)).toBe(2);
});

test("with a token that can stand in no header a refresh sends nothing either", async ({ bell, embed, sandbox }) => {
  await embed(providedBy(`() => "two\\nlines"`));
  await bell.hears("cn-error");
  await bell.call("refresh");
  for (const error of await bell.heard("cn-error")) {
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
  }
  expect(await sandbox.lists()).toEqual([]);
});

test("a provider that answers when the bell is gone: nothing is sent", async ({ page, bell, embed, sandbox }) => {
  await embed(providedBy(`() => new Promise((resolve) => (window.answer = () => resolve("member-1004")))`));
  await bell.get("updateComplete");
  await page.evaluate(async () => {
    document.querySelector("coworker-notifications").remove();
    const { fetch } = window;
    window.unabandoned = [];
    window.fetch = (request) => {
      if (!request.signal.aborted) window.unabandoned.push(request.url);
      return fetch(request);
    };
    await new Promise((resolve) => setTimeout(resolve));
    window.answer();
    await new Promise((resolve) => setTimeout(resolve));
  });
  expect(await page.evaluate("unabandoned")).toEqual([]);
  expect(await sandbox.lists()).toEqual([]);
});

for (const [when, waits] of [
  ["that does not answer", "() => new Promise(() => {})"],
  ["that answers later", "() => new Promise((resolve) => setTimeout(resolve, 300, 'expired'))"],
]) {
  test(`another provider set while one ${when} is asked: the new one counts`, async ({ page, bell, embed, sandbox }) => {
    await embed(providedBy(waits));
    await page.evaluate(() => {
      window.asked = 0;
      document.querySelector("coworker-notifications").tokenProvider = () => (window.asked++, "member-1004");
    });
    await expect(bell.badge).toHaveText("15");
    await bell.ready();
    expect(await page.evaluate("asked")).toBe(1);

    // The same while the bell runs: the token has expired, and the page is slow to give another.
    await sandbox.faults({ status: 401 });
    await bell.element.evaluate((element, waits) => {
      element.tokenProvider = (0, eval)(waits);
      element.refresh();
    }, waits);
    await sandbox.faults({});
    await bell.element.evaluate((element) => (element.tokenProvider = () => "member-1004"));
    await bell.call("refresh");
    await bell.ready();
  });
}
