import { bellOf, test, expect } from "../support/test.mjs";

test("the module may be imported twice, by two addresses", async ({ page, bell, embed }) => {
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed(bellOf(1004), { head: `<script type="module" src="/coworker-notifications.js?again"></script>` });
  await expect(bell.badge).toHaveText("15");
  await expect(bell.button).toHaveCount(1);
  await bell.hears("cn-ready");
  expect(errors).toEqual([]);
});

test("on a page without the element nothing more is loaded and no request is made", async ({
  page,
  embed,
  sandbox,
}) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await embed("<p>No bell here.</p>");
  await page.evaluate(() => customElements.whenDefined("coworker-notifications").then(() => undefined));
  await page.waitForLoadState("networkidle");
  expect(asked.filter((path) => /wasm|_bg|locales|\/api\//.test(path))).toEqual([]);
  expect(await sandbox.requests()).toEqual([]);
});

test("an element that is made by script works like one in the markup", async ({ page, bell, embed }) => {
  await embed("");
  await page.evaluate(async () => {
    await customElements.whenDefined("coworker-notifications");
    const element = document.createElement("coworker-notifications");
    Object.assign(element, { apiBase: "/", coworkerId: 1004, token: "member-1004" });
    document.body.append(element);
  });
  await expect(bell.badge).toHaveText("15");
});

test("the bell is painted before its program has loaded, and can be pressed", async ({ page, bell, embed }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await embed(bellOf(1004));
  await expect(bell.button).toBeVisible();
  await expect(bell.button).toHaveAccessibleName("Notifications, 15 unread");
  const before = await bell.button.boundingBox();
  await bell.button.click();
  release();
  await expect(bell.panel).toBeVisible();
  // By then the program's own bell stands there.
  await expect(bell.items.first()).toBeVisible();
  await expect(bell.badge).toHaveText("15");
  expect(await bell.button.boundingBox()).toEqual(before);
});

test("a program that cannot be loaded leaves a bell that says so", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", (route) => route.fulfill({ status: 404 }));
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
  expect(error.message).toContain("404");
  await expect(bell.button).toHaveAccessibleName("Notifications, try again");
  expect(await bell.get("status")).toBe("error");
  for (const method of ["refresh", "loadMore", "dismissAll", "show", "hide"]) {
    await bell.call(method);
  }
});

test("fallback-href: a bell without its program is a link", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await embed(bellOf(1004, { "fallback-href": "/sandbox/info" }));
  await expect(bell.button).toHaveAttribute("href", "/sandbox/info");
  await bell.button.click();
  await page.waitForURL("**/sandbox/info");
});

test("fallback-href: an address that is none of the web's leads nowhere", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", (route) => route.abort());
  await embed(bellOf(1004, { "fallback-href": "javascript:window.ran=true" }));
  await bell.hears("cn-error");
  await expect(bell.button).toHaveAccessibleName("Notifications, try again");
  await expect(bell.element.locator("a")).toHaveCount(0);
});

test("a server that does not know the type of WebAssembly will do", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", async (route) =>
    route.fulfill({ response: await route.fetch(), headers: { "content-type": "application/octet-stream" } }),
  );
  await embed(bellOf(1004));
  await bell.openList();
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a program that could not be loaded is tried again for the next element", async ({ page, embed }) => {
  let times = 0;
  await page.route("**/*.wasm", (route) => (times++ ? route.continue() : route.abort()));
  await embed(bellOf(1004, { id: "one" }));
  await expect(page.locator("#one [part=bell]")).toHaveAccessibleName("Notifications, try again");
  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), bellOf(1004, { id: "two" }));
  await expect(page.locator("#two [part=badge]")).toHaveText("15");
});
