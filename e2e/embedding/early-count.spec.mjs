import { bellOf, tag, test, expect } from "../support/test.mjs";

/** Keeps the program from arriving until the function that this returns is called. */
async function holdProgram(page) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

const withProvider = `
  ${bellOf(1004, { token: null })}
  <script>
    let calls = 0;
    document.querySelector("coworker-notifications").tokenProvider = async () => (calls++, "member-1004");
  </script>`;

test("the count is there before the program is, and is asked for once", async ({ page, bell, embed, sandbox }) => {
  const release = await holdProgram(page);
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await expect(bell.button).toHaveAccessibleName("Notifications, 15 unread");
  expect(await bell.get("unreadCount")).toBe(15);
  expect(await bell.ids()).toHaveLength(15);
  await page.evaluate(() => {
    const bell = document.querySelector("coworker-notifications");
    window.badges = new Set();
    const look = () => {
      window.badges.add(bell.shadowRoot.querySelector("[part=badge]")?.textContent);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  release();
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
  expect(await sandbox.lists()).toHaveLength(1);
  expect(await page.evaluate(() => [...window.badges]), "no frame without the count").toEqual(["15"]);
});

test("a token that a provider gave early is not asked for again", async ({ page, bell, embed, sandbox }) => {
  const release = await holdProgram(page);
  await embed(withProvider);
  await expect(bell.badge).toHaveText("15");
  release();
  await bell.ready();
  expect(await page.evaluate("calls")).toBe(1);
  expect(await sandbox.lists()).toHaveLength(1);
});

test("attributes that are set one after the other make one request, to where the last one says", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  const elsewhere = [];
  await page.route("https://spaces.nexudus.com/**", (route) => {
    elsewhere.push(route.request().url());
    return route.abort();
  });
  await embed(`<div id="place"></div>`);
  await page.evaluate(() => {
    const bell = document.createElement("coworker-notifications");
    document.querySelector("#place").append(bell);
    bell.token = "member-1004";
    bell.setAttribute("coworker-id", "1004");
    bell.setAttribute("api-base", "/");
  });
  await expect(bell.badge).toHaveText("15");
  await bell.ready();
  expect(await sandbox.lists()).toHaveLength(1);
  expect(elsewhere).toEqual([]);
});

test("a capped count, and none at zero", async ({ page, bell, embed }) => {
  await holdProgram(page);
  await embed(bellOf(1004, { "max-badge": 9 }));
  await expect(bell.badge).toHaveText("9+");
  const answered = page.waitForResponse(/coworkernotifications/);
  await embed(bellOf(1002));
  await (await answered).finished();
  await expect(bell.button).toHaveAccessibleName("Notifications");
  await expect(bell.badge).toHaveCount(0);
});

test("what is dismissed in this browser only is never counted, not even early", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { "dismiss-mode": "local" }));
  await bell.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await expect(bell.badge).toHaveText("14");
  const release = await holdProgram(page);
  const answered = page.waitForResponse(/coworkernotifications/);
  await page.reload();
  await (await answered).finished();
  await expect(bell.badge).toHaveCount(0);
  release();
  await expect(bell.badge).toHaveText("14");
});

for (const [what, attributes] of [
  ["an address that is not safe", { "api-base": "http://spaces.example" }],
  ["no address", { "api-base": "spaces" }],
  ["no coworker", { "coworker-id": "me" }],
  ["a number that is no id", { "coworker-id": "1e3" }],
  ["no token", { token: " " }],
]) {
  test(`${what}: nothing is sent early`, async ({ page, bell, embed }) => {
    const sent = [];
    page.on("request", (request) => request.url().includes("coworkernotifications?") && sent.push(request.url()));
    await embed(tag({ "api-base": "/", "coworker-id": 1004, token: "member-1004", ...attributes }));
    await bell.call("refresh");
    expect(sent).toEqual([]);
  });
}

test("a refused early request is told as any other", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1004, { token: "expired" }));
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "unauthorized", status: 401 });
  expect(await sandbox.lists()).toHaveLength(1);
});

test("another coworker in the meantime: the late answer for the first is not shown", async ({ page, bell, embed }) => {
  await holdProgram(page);
  let answer;
  const asked = new Promise((resolve) => (answer = resolve));
  await page.route(/CoworkerNotification_Coworker=1004/, async (route) => {
    await asked;
    await route.continue();
  });
  const [request] = await Promise.all([
    page.waitForRequest(/CoworkerNotification_Coworker=1004/),
    embed(bellOf(1004)),
  ]);
  await bell.attribute("coworker-id", "1002");
  answer();
  await (await request.response()).finished();
  await expect(bell.badge).toHaveCount(0);
  expect(await bell.get("unreadCount")).toBe(0);
});

for (const [what, attributes, early] of [
  ["closed", {}, false],
  ["open", { open: true }, true],
  ["inline", { variant: "inline" }, true],
]) {
  test(`${what}: the program is fetched ${early ? "at once" : "when the first answer is there"}`, async ({
    page,
    bell,
    embed,
  }) => {
    const seen = [];
    page.on("request", (request) => request.url().endsWith(".wasm") && seen.push("program"));
    let answer;
    const answered = new Promise((resolve) => (answer = resolve));
    await page.route("**/api/spaces/coworkernotifications?*", async (route) => {
      seen.push("asked");
      await answered;
      seen.push("answered");
      await route.continue();
    });
    await embed(bellOf(1004, attributes));
    await expect.poll(() => seen).toContain("asked");
    if (early) {
      await expect.poll(() => seen).toContain("program");
    }
    answer();
    await bell.ready();
    expect(seen.indexOf("program") < seen.indexOf("answered")).toBe(early);
  });
}

for (const [name, value] of [
  ["coworker-id", "1002"],
  ["token", "member-1002"],
  ["api-base", "https://spaces.example"],
]) {
  test(`another ${name} in the meantime: the count goes at once`, async ({ page, bell, embed }) => {
    await page.route("https://spaces.example/**", (route) => route.abort());
    await holdProgram(page);
    await embed(bellOf(1004));
    await expect(bell.badge).toHaveText("15");
    const left = await bell.element.evaluate(
      (element, [name, value]) => {
        element.setAttribute(name, value);
        const bell = element.shadowRoot.querySelector("[part=bell]");
        return [element.unreadCount, element.notifications.length, bell.getAttribute("aria-label"), bell.children.length];
      },
      [name, value],
    );
    expect(left).toEqual([0, 0, "Notifications", 1]);
  });
}

test("a change that asks for nothing else leaves the count where it is", async ({ page, bell, embed }) => {
  await holdProgram(page);
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  const badge = await bell.element.evaluate((element) => {
    element.setAttribute("theme", "dark");
    return element.shadowRoot.querySelector("[part=badge]")?.textContent;
  });
  expect(badge).toBe("15");
});

test("offline before the program is there: what was asked for is shown all the same", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  const release = await holdProgram(page);
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  await page.evaluate(() => {
    Object.defineProperty(navigator, "onLine", { configurable: true, get: () => false });
    window.dispatchEvent(new Event("offline"));
  });
  release();
  await expect.poll(() => bell.get("status")).toBe("offline");
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  expect(await bell.heard("cn-error")).toEqual([]);
  expect(await sandbox.lists()).toHaveLength(1);
});

test("what the early answer says can be dismissed before the program has read it", async ({ page, bell, embed }) => {
  // The element's script reads JSON, the program text.
  await page.addInitScript(() => {
    const { text } = Response.prototype;
    const mayRead = new Promise((resolve) => (window.letRead = resolve));
    Response.prototype.text = async function () {
      await mayRead;
      return text.call(this);
    };
  });
  const release = await holdProgram(page);
  await embed(bellOf(1004));
  await expect(bell.badge).toHaveText("15");
  const [first] = await bell.ids();
  const dismissed = bell.call("dismiss", first);
  release();
  await bell.get("updateComplete");
  await page.evaluate("letRead()");
  await dismissed;
  expect(await bell.get("unreadCount")).toBe(14);
  expect(await bell.ids()).not.toContain(first);
});

test("what the early answer says holds until the program knows more", async ({ page, bell, embed }) => {
  await page.addInitScript(() => {
    window.seen = [];
    const look = () => {
      const element = document.querySelector("coworker-notifications");
      if (element?.notifications) {
        const badge = element.shadowRoot.querySelector("[part=badge]")?.textContent ?? "none";
        const now = `${element.unreadCount} of ${element.notifications.length}, badge ${badge}`;
        if (window.seen.at(-1) !== now) window.seen.push(now);
      }
    };
    for (const name of ["ready", "change"]) addEventListener(`cn-${name}`, look);
    setInterval(look, 1);
  });
  await embed(bellOf(1004));
  await bell.ready();
  await bell.hears("cn-ready");
  expect(await page.evaluate("seen")).toEqual(["0 of 0, badge none", "15 of 15, badge 15"]);
  // Of another coworker it says nothing.
  await bell.element.evaluate((element) => {
    element.coworkerId = "1002";
    element.token = "member-1002";
  });
  await bell.hears("cn-ready", 2);
  expect(await bell.ids()).toEqual([]);
  expect(await page.evaluate("seen.at(-1)")).toBe("0 of 0, badge none");
});
