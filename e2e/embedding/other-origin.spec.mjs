// The module on a CDN: a server of another origin, with hashes that pin what it sends.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { FileServer } from "../support/files.mjs";
import { bellOf, test, expect } from "../support/test.mjs";

const CORS = { "access-control-allow-origin": "*" };

const hashOf = (site, name) => JSON.parse(readFileSync(join(site.folder, "integrity.json"), "utf8"))[name];

const pinned = (cdn, site) =>
  `<script type="module" src="${cdn.url}/coworker-notifications.js" crossorigin
     integrity="${hashOf(site, "coworker-notifications.js")}"></script>`;

test("from another origin all that belongs to the module is found beside it", async ({ page, bell, embed, site }) => {
  const cdn = await FileServer.start(site.folder, { headers: CORS });
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await embed(bellOf(1004, { locale: "de" }), { module: `${cdn.url}/coworker-notifications.js` });
  await bell.openList();
  await expect(bell.part("title")).toHaveText("Mitteilungen");
  const files = asked.filter((url) => /\.(js|wasm|json)$/.test(url));
  expect(files.map((url) => new URL(url).origin)).toEqual(files.map(() => cdn.url));
  expect(files.filter((url) => url.endsWith(".wasm"))).toHaveLength(1);
  await cdn.stop();
});

test("a pinned module loads its program", async ({ bell, embed, site }) => {
  const cdn = await FileServer.start(site.folder, { headers: CORS });
  await embed(bellOf(1004), { module: null, head: pinned(cdn, site) });
  await expect(bell.badge).toHaveText("15");
  await cdn.stop();
});

/** A program that a CDN might have been made to send: it works, and is not the one that was built. */
const changeProgram = (path, content) =>
  // A custom section at the end, which changes nothing but the hash.
  path.endsWith(".wasm") ? Buffer.concat([content, Buffer.from([0, 2, 1, 0x78])]) : content;

test("a pinned module refuses a changed program", async ({ bell, embed, site }) => {
  const cdn = await FileServer.start(site.folder, { headers: CORS, change: changeProgram });
  await embed(bellOf(1004, { "fallback-href": "/all" }), { module: null, head: pinned(cdn, site) });
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
  await expect(bell.button).toHaveAttribute("href", "/all");
  await cdn.stop();
});

test("a module that is not pinned takes the program as it comes", async ({ bell, embed, site }) => {
  const cdn = await FileServer.start(site.folder, { headers: CORS, change: changeProgram });
  await embed(bellOf(1004), { module: `${cdn.url}/coworker-notifications.js` });
  await expect(bell.badge).toHaveText("15");
  await cdn.stop();
});

test("wasmUrl: the program may be elsewhere", async ({ page, bell, embed, site }) => {
  const cdn = await FileServer.start(site.folder, { headers: CORS });
  const asked = [];
  page.on("request", (request) => request.url().includes(".wasm") && asked.push(request.url()));
  const url = `${cdn.url}/${site.beside("wasm")}`;
  await embed(
    `<script type="module">
       import { CoworkerNotifications } from "/coworker-notifications.js";
       CoworkerNotifications.wasmUrl = "${url}";
       document.body.insertAdjacentHTML("beforeend", \`${bellOf(1004)}\`);
     </script>`,
    { module: null },
  );
  await expect(bell.badge).toHaveText("15");
  expect(asked).toEqual([url]);
  await cdn.stop();
});
