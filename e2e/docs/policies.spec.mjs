// The documentation's content security policies and pinned scripts.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { blockFor } from "../../samples/support/blocks.mjs";
import { answerExamples, listenForTrouble, named } from "../support/examples.mjs";
import { Sandbox, tag, test as base, expect } from "../support/test.mjs";

/** A sandbox whose pages come with the policy for a module from another origin. */
const test = base.extend({
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder, "--csp", blockFor("csp-cdn").trim());
    await use(server);
    await server.stop();
  },
});

test("the policy for a module from another origin is enough", async ({ context, page, bell, embed, server, site }) => {
  await answerExamples(context, { server, site });
  const trouble = await listenForTrouble(page);
  const attributes = { "coworker-id": 1001, "api-base": "https://bell.example", token: "member-1001", locale: "de" };
  const module = "https://cdn.example/coworker-notifications.js";
  const response = await embed(tag(attributes), { module });
  expect(await response.headerValue("content-security-policy")).toBe(blockFor("csp-cdn").trim());
  await bell.openList();
  await expect(bell.part("title")).toHaveText("Mitteilungen");
  expect(trouble).toEqual([]);
});

base("the pinned scripts of the documentation load", async ({ context, page, bell, embed, server, site }) => {
  await answerExamples(context, { server, site });
  const trouble = await listenForTrouble(page);
  const hashes = JSON.parse(readFileSync(join(site.folder, "integrity.json"), "utf8"));
  const order = [site.beside("js"), "coworker-notifications.js"];
  const pinned = blockFor("pinned.html")
    .replace(...named(site, "js"))
    .replaceAll("sha384-…", () => hashes[order.shift()]);
  expect(order).toEqual([]);
  await embed(pinned, { module: null });
  await bell.ready();
  expect(await bell.get("unreadCount")).toBeGreaterThan(0);
  expect(trouble).toEqual([]);
});

base("the pinned scripts of the documentation refuse other ones", async ({ context, page, bell, embed, server, site }) => {
  await answerExamples(context, { server, site });
  const hashes = JSON.parse(readFileSync(join(site.folder, "integrity.json"), "utf8"));
  const order = ["coworker-notifications.js", "coworker-notifications.js"];
  const pinned = blockFor("pinned.html")
    .replace(...named(site, "js"))
    .replaceAll("sha384-…", () => hashes[order.shift()]);
  await embed(pinned, { module: null });
  const [error] = await bell.hears("cn-error");
  expect(error.kind).toBe("config");
  await expect(page.getByRole("button", { name: "Notifications, try again" })).toBeVisible();
});
