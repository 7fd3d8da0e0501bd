// Pages wrap fetch: for tracing, for mocks, for headers of their own. The bell's requests go through whatever is there.

import { bellOf, test, expect } from "../support/test.mjs";

/** Each is given the page's own fetch and returns what stands in its place. */
const WRAPPERS = {
  "reads the address as a text": (fetch) => (url, options) => {
    if (url.startsWith("/nowhere") || typeof options.method === "symbol") throw new Error("not for us");
    return fetch(url, options);
  },
  "merges headers of its own": (fetch) => (url, options) =>
    fetch(url, { ...options, headers: { ...options.headers, "X-Page": "1" } }),
  "answers from another realm": () => {
    const frame = document.createElement("iframe");
    (document.body ?? document.documentElement).append(frame);
    return (url, options) => frame.contentWindow.fetch(new URL(url, location.href).href, options);
  },
  "returns something like a promise and something like a response": (fetch) => (url, options) => ({
    then: (done, failed) =>
      fetch(url, options)
        .then((response) => ({
          ok: response.ok,
          status: response.status,
          headers: { get: (name) => response.headers.get(name) },
          clone: () => response.clone(),
          json: () => response.json(),
          text: () => response.text(),
        }))
        .then(done, failed),
  }),
};

/** A script that puts a wrapper in the place of fetch, for the API alone. */
function wrap(wrapper) {
  return `<script>{
    const plain = window.fetch;
    let wrapped;
    window.fetch = (url, options) =>
      String(url).includes("/api/spaces/")
        ? (wrapped ??= (${wrapper})(plain))(url, options)
        : plain(url, options);
  }</script>`;
}

for (const [what, wrapper] of Object.entries(WRAPPERS)) {
  test(`a fetch that ${what}`, async ({ bell, embed, sandbox }) => {
    await embed(bellOf(1004), { head: wrap(wrapper) });
    await bell.ready();
    await expect(bell.badge).toHaveText("15");
    const [first] = await bell.ids();
    await bell.call("dismiss", first);
    await expect.poll(() => sandbox.writes(), { timeout: 15_000 }).toEqual([[first, true]]);
    await bell.call("refresh");
    await expect(bell.badge).toHaveText("14");
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

/** As libraries do that mock or watch requests: what they return is no response of the browser's. */
const RETURNED = {
  "something like a response": (response) => ({
    ok: response.ok,
    status: response.status,
    url: response.url,
    headers: { get: (name) => response.headers.get(name) },
    clone: () => response.clone(),
    json: () => response.json(),
    text: () => response.text(),
    arrayBuffer: () => response.arrayBuffer(),
  }),
  "a proxy of a response": (response) =>
    new Proxy(response, {
      get(response, name) {
        const value = response[name];
        return typeof value === "function" ? value.bind(response) : value;
      },
    }),
};

for (const [what, returned] of Object.entries(RETURNED)) {
  test(`the program comes by a fetch that returns ${what}, too`, async ({ bell, embed }) => {
    const script = `const plain = window.fetch; window.fetch = (...values) => plain(...values).then(${returned});`;
    await embed(bellOf(1004, { locale: "de" }), { head: `<script>{${script}}</script>` });
    await bell.openList();
    await expect(bell.part("title")).toHaveText("Mitteilungen");
    await expect(bell.badge).toHaveText("15");
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

test("a fetch that throws is a failure of the network, and the bell goes on", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = () => {
      window.fetch = fetch;
      throw new TypeError("not now");
    };
  });
  await sandbox.create(1004, "After a failure");
  await bell.call("refresh");
  const [error] = await bell.hears("cn-error");
  expect(error.kind).toBe("network");
  await expect(bell.badge).toHaveText("16");
  await bell.ready();
});

test("a fetch that throws costs no dismissal", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { "dismiss-mode": "api" }));
  await bell.ready();
  const [first] = await bell.ids();
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = (url, options) => {
      if (options.method !== "PUT") return fetch(url, options);
      window.fetch = fetch;
      throw new TypeError("not now");
    };
  });
  await bell.call("dismiss", first);
  await clock.pass(7_000);
  const [error] = await bell.hears("cn-error");
  expect(error.kind).toBe("network");
  expect(await bell.get("unreadCount")).toBe(15);
  await bell.call("dismiss", first);
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toEqual([[first, true]]);
});

test("a fetch that never answers and hears no signal ends at the time limit", async ({ page, clock, bell, embed }) => {
  await embed(bellOf(1004, { "poll-interval": 0 }));
  await bell.ready();
  await page.evaluate(() => {
    window.kept = window.fetch;
    window.fetch = () => new Promise(() => {});
    window.refreshed = document.querySelector("coworker-notifications").refresh();
  });
  await clock.pass(16_000);
  await page.evaluate("refreshed");
  const [error] = await bell.hears("cn-error");
  expect(error.kind).toBe("timeout");
  await page.evaluate(() => (window.fetch = window.kept));
  await bell.call("refresh");
  await bell.ready();
});
