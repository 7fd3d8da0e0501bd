// The documentation's proxy, between a bell and a sandbox that stands for Nexudus.

import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { blockFor } from "../../samples/support/blocks.mjs";
import { profilesOf } from "../support/portal.mjs";
import { tag, test as base, expect } from "../support/test.mjs";

/** A member who was another one's, or a company's, before. */
const PROFILES = { "member-token-of-1004": [{ Id: 1004, Active: true }, { Id: 1001, Active: false }] };

const listening = async (server) => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://localhost:${server.address().port}`;
};

const test = base.extend({
  /** Where the documentation's proxy listens. */
  proxied: async ({ server, site }, use) => {
    const portal = createServer(profilesOf(PROFILES));
    site.write("proxy.mjs", blockFor("proxy.mjs"));
    const { proxy } = await import(pathToFileURL(join(site.folder, "proxy.mjs")).href);
    const running = proxy({ nexudus: server.url, token: "admin", portal: await listening(portal), origin: server.url });
    await use(await listening(running));
    for (const one of [running, portal]) {
      one.closeAllConnections();
      one.close();
    }
  },
});

const member = { authorization: "Bearer member-token-of-1004", "content-type": "application/json" };
const LIST = "/api/spaces/coworkernotifications";

test("a member sees and dismisses what is theirs and nothing else", async ({ proxied, sandbox }) => {
  const ask = (path, method = "GET", body = undefined) =>
    fetch(proxied + path, { method, headers: member, body: body && JSON.stringify(body) });
  const own = await ask(`${LIST}?CoworkerNotification_Coworker=1004&size=100`);
  expect((await own.json()).Records).toHaveLength(15);

  const [foreign] = await sandbox.undismissed(1001);
  for (const [path, method, body] of [
    [`${LIST}?CoworkerNotification_Coworker=1001`],
    [LIST],
    [`${LIST}?id=[${foreign.Id}]`],
    [`${LIST}/${foreign.Id}`],
    [LIST, "PUT", { ...foreign, IsDismissed: true }],
    // Somebody else's record under the own name.
    [LIST, "PUT", { ...foreign, CoworkerId: 1004, IsDismissed: true }],
    [LIST, "POST", { ...foreign, Id: undefined, CoworkerId: 1004 }],
    [`${LIST}/${foreign.Id}`, "DELETE"],
    ["/api/token", "POST", {}],
  ]) {
    const answer = await ask(path, method, body);
    expect(answer.status, `${method} ${path}`).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).not.toContain(foreign.UniqueId);
  }
  expect((await sandbox.record(foreign.Id)).IsDismissed).toBe(false);

  // Of an own record the one thing that a member may change.
  const [mine] = await sandbox.undismissed(1004);
  const written = await ask(LIST, "PUT", { ...mine, Message: "Forged", IsDismissed: true });
  expect(written.status).toBe(200);
  expect(await sandbox.record(mine.Id)).toMatchObject({ Message: mine.Message, IsDismissed: true });
});

test("who cannot say who they are gets nothing", async ({ proxied, sandbox }) => {
  await sandbox.forget();
  for (const headers of [{}, { authorization: "Bearer member-token-of-nobody" }]) {
    expect((await fetch(`${proxied}${LIST}?CoworkerNotification_Coworker=1004`, { headers })).status).toBe(401);
  }
  // Nexudus was not even asked.
  expect(await sandbox.requests(({ path }) => path.startsWith(LIST))).toEqual([]);
});

test("the bell works through the proxy: list, count, dismissal", async ({ clock, bell, embed, proxied, sandbox }) => {
  await embed(tag({ "coworker-id": 1004, "api-base": proxied, token: "member-token-of-1004" }));
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await clock.pass(7_000);
  await expect.poll(async () => (await sandbox.undismissed(1004)).length).toBe(14);
});
