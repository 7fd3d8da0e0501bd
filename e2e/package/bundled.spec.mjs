// Applications that Vite and webpack built with the packed bundle, in a browser. `cargo xtask test --only package`
// builds them.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { answerExamples, listenForTrouble } from "../support/examples.mjs";
import { Sandbox, test as base, expect } from "../support/test.mjs";

const BUILT = fileURLToPath(new URL("../../samples/built", import.meta.url));

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' https:";

/** The built applications beside the API, under a policy that allows no `data:` address. */
const test = base.extend({
  applications: [
    async ({ site }, use) => {
      for (const name of ["vite", "webpack"]) {
        if (!existsSync(`${BUILT}/${name}`)) {
          throw new Error(`There is no ${BUILT}/${name}: run cargo xtask test --only package.`);
        }
        site.link(name, `${BUILT}/${name}`);
      }
      site.write("webpack.html", `<!doctype html><html lang="en"><body><script src="/webpack/plain.js"></script></body>`);
      await use();
    },
    { scope: "worker" },
  ],

  server: async ({ applications: _, site }, use) => {
    const server = await Sandbox.start(site.folder, "--csp", POLICY);
    await use(server);
    await server.stop();
  },
});

test.beforeEach(({ context, server, site }) => answerExamples(context, { server, site, coworker: 1004 }));

for (const framework of ["react", "preact", "vue", "svelte"]) {
  test(`${framework}, built by Vite: properties in, events out`, async ({ page, bell }) => {
    const trouble = await listenForTrouble(page);
    await page.goto(`/vite/${framework}.html`);
    await expect(bell.badge).toHaveText("15");
    await expect(page.locator("p").first()).toHaveText("15 unread");
    expect(trouble).toEqual([]);
  });
}

for (const framework of ["react", "react-hydrated", "vue"]) {
  test(`${framework}, before the element is defined: properties in, events out`, async ({ page, bell }) => {
    await page.addInitScript(() => {
      const { define } = customElements;
      customElements.define = (...values) => void setTimeout(() => define.apply(customElements, values), 500);
    });
    const trouble = await listenForTrouble(page);
    await page.goto(`/vite/${framework}.html`);
    await expect(bell.badge).toHaveText("15");
    await expect(page.locator("p").first()).toHaveText("15 unread");
    expect(trouble).toEqual([]);
  });
}

test("react-hydrated, defined before: properties in, events out", async ({ page, bell }) => {
  await page.goto("/vite/react-hydrated.html");
  await expect(bell.badge).toHaveText("15");
  await expect(page.locator("p").first()).toHaveText("15 unread");
});

for (const [bundler, path] of [
  ["Vite", "/vite/plain.html"],
  ["webpack", "/webpack.html"],
]) {
  test(`plain TypeScript, built by ${bundler}: the program and the languages are found`, async ({ page, bell }) => {
    const trouble = await listenForTrouble(page);
    await page.goto(path);
    await bell.openList();
    await expect(bell.part("title")).toHaveText("Mitteilungen");
    await expect(bell.badge).toHaveText("15");
    expect(trouble).toEqual([]);
  });
}
