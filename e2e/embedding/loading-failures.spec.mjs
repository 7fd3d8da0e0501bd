// The program's files do not arrive, arrive damaged, or do not belong together.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { bellOf, test, expect } from "../support/test.mjs";

/** What a browser may get in place of the script that comes with the program. */
const FAILURES = {
  "503": (route) => route.fulfill({ status: 503 }),
  "a connection that is reset": (route) => route.abort("connectionreset"),
  "a page": (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sign in</title>" }),
};

const isScript = (url) => /_bg[^/]*\.js$/.test(url.pathname) || /_bg[^/]*\.js\?/.test(url.href);

for (const [what, fail] of Object.entries(FAILURES)) {
  test(`the program's script is ${what}, once: the next bell has it, and the first one when it is pressed`, async ({
    page,
    bell,
    embed,
  }) => {
    let times = 0;
    await page.route(isScript, (route) => (times++ ? route.continue() : fail(route)));
    await embed(bellOf(1004));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(await bell.get("status")).toBe("error");
    await expect(bell.button).toHaveAccessibleName("Notifications, try again");

    await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), bellOf(1004, { id: "next" }));
    await expect.poll(() => page.evaluate(() => document.querySelector("#next").status)).toBe("ready");

    await bell.button.click();
    await expect(bell.panel).toBeVisible();
    await expect(bell.items.first()).toBeVisible();
    expect(await bell.get("status")).toBe("ready");
  });
}

test("refresh() tries again, too", async ({ page, bell, embed }) => {
  let times = 0;
  await page.route("**/*.wasm", (route) => (times++ ? route.continue() : route.abort()));
  await embed(bellOf(1004));
  await bell.hears("cn-error");
  await bell.call("refresh");
  await bell.ready();
  await expect(bell.badge).toHaveText("15");
});

test("a bell that leads elsewhere leads there, and is itself again when the page asks", async ({ page, bell, embed }) => {
  let times = 0;
  await page.route("**/*.wasm", (route) => (times++ ? route.continue() : route.abort()));
  await embed(bellOf(1004, { "fallback-href": "/all" }));
  await expect(bell.button).toHaveAttribute("href", "/all");
  await bell.call("show");
  await expect(bell.panel).toBeVisible();
});

test("a page in place of the program is named, with what may be the reason", async ({ page, bell, embed }) => {
  await page.route("**/*.wasm", FAILURES["a page"]);
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error.message).toMatch(/\.wasm answered a page instead of WebAssembly/);
  expect(error.message).toContain("optimizeDeps.exclude");
});

/** The program as another build would have it: it imports what it needs by that build's name. */
function ofAnotherBuild(site) {
  const program = readFileSync(join(site.folder, site.beside("wasm")));
  const build = readFileSync(join(site.folder, site.beside("js")), "latin1").match(/"([0-9a-f]{16})"/)[1];
  return Buffer.from(program.toString("latin1").replaceAll(build, "0123456789abcdef"), "latin1");
}

test("a program of another build is refused before it does anything, and told by name", async ({
  page,
  bell,
  embed,
  sandbox,
  site,
}) => {
  const body = ofAnotherBuild(site);
  await page.route("**/*.wasm", (route) => route.fulfill({ contentType: "application/wasm", body }));
  await page.addInitScript(() => {
    const { fetch } = window;
    window.asked = [];
    window.fetch = (url, options) => {
      if (url.endsWith(".wasm")) window.asked.push(options.cache);
      return fetch(url, options);
    };
  });
  await embed(bellOf(1004));
  const [error] = await bell.hears("cn-error");
  expect(error.message).toContain("build");
  expect(await page.evaluate("asked")).toEqual(["default", "reload"]);
  expect(await bell.get("status")).toBe("error");
  expect(await sandbox.writes()).toEqual([]);
});

test("a program of another build from a cache: the right one is fetched past it", async ({ page, bell, embed, site }) => {
  const body = ofAnotherBuild(site);
  let times = 0;
  await page.route("**/*.wasm", (route) =>
    times++ ? route.continue() : route.fulfill({ contentType: "application/wasm", body }),
  );
  await embed(bellOf(1004));
  await bell.ready();
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a script of another build from a cache: the right one is fetched past it", async ({ page, bell, embed, site }) => {
  const script = readFileSync(join(site.folder, site.beside("js")), "utf8").replaceAll(
    /"[0-9a-f]{16}"/g,
    `"0123456789abcdef"`,
  );
  let times = 0;
  await page.route(isScript, (route) =>
    times++ ? route.continue() : route.fulfill({ contentType: "text/javascript", body: script }),
  );
  await embed(bellOf(1004));
  await bell.ready();
  expect(await bell.heard("cn-error")).toEqual([]);
});
