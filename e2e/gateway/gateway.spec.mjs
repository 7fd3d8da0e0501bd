// The bell at the gateway: it never polls here, so what it learns was pushed.

import { Bell, bellOf, test as base, expect } from "../support/test.mjs";
import { Gateway } from "../support/gateway.mjs";

const MEMBER = 1004;

const test = base.extend({
  gateway: async ({ server, sandbox }, use) => {
    void sandbox;
    const gateway = await Gateway.start(server.url);
    await use(gateway);
    await gateway.remove();
  },

  /** Markup of a bell with a member's own token. */
  markup: async ({ gateway }, use) => {
    await use((attributes) =>
      bellOf(MEMBER, { "api-base": gateway.url, token: `portal-${MEMBER}`, "poll-interval": 0, ...attributes }),
    );
  },
});

/** What has to come through two programs. */
const SOON = { timeout: 15_000 };

test("what arrives is pushed to an open page", async ({ bell, embed, markup, sandbox }) => {
  await embed(markup());
  await expect(bell.badge).toHaveText("15", SOON);
  await bell.openList();
  await sandbox.create(MEMBER, "Pushed");
  await expect(bell.badge).toHaveText("16", SOON);
  await expect(bell.messages.first()).toHaveText("Pushed");
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a dismissal on one device leaves the other, and is written to Nexudus once", async ({
  browser,
  bell,
  embed,
  markup,
  sandbox,
  server,
  site,
}) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(server.url + site.page(markup()));
  const other = new Bell(page.locator("coworker-notifications"));
  await embed(markup());
  await bell.ready();
  await other.ready();
  const [first] = await bell.ids();
  await bell.call("dismiss", first);
  await expect(other.badge).toHaveText("14", SOON);
  expect(await other.ids()).not.toContain(first);
  await expect.poll(() => sandbox.writes(), SOON).toEqual([[first, true]]);
  await context.close();
});

test("a gateway that is started anew under an open page pushes again", async ({ bell, embed, gateway, markup, sandbox }) => {
  test.slow();
  await embed(markup());
  await bell.ready();
  await gateway.stop();
  await sandbox.create(MEMBER, "While it was away");
  await gateway.start();
  await expect(bell.badge).toHaveText("16", { timeout: 60_000 });
  await sandbox.create(MEMBER, "Afterwards");
  await expect(bell.badge).toHaveText("17", { timeout: 60_000 });
});

test("while Nexudus is down the list is there, and a dismissal is taken and written later", async ({
  bell,
  embed,
  markup,
  page,
  sandbox,
}) => {
  test.slow();
  await embed(markup());
  await bell.ready();
  await sandbox.faults({ status: 503 });
  await page.reload();
  await expect(bell.badge).toHaveText("15", SOON);
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.undo).toHaveCount(0, SOON);
  await page.reload();
  await expect(bell.badge).toHaveText("14", SOON);
  await sandbox.faults({});
  await sandbox.forget();
  await expect.poll(() => sandbox.writes(), { timeout: 60_000 }).toEqual([[first, true]]);
});

test("a token that has expired is asked for anew, and the list comes", async ({ bell, embed, gateway, sandbox }) => {
  await sandbox.endToken(`portal-${MEMBER}`);
  const markup = bellOf(MEMBER, { "api-base": gateway.url, token: null, "poll-interval": 0 });
  await embed(`${markup}
    <script>
      const tokens = ["portal-${MEMBER}", "portal-two"];
      document.querySelector("coworker-notifications").tokenProvider = () => tokens.shift();
    </script>`);
  await expect(bell.badge).toHaveText("15", SOON);
});

test("nobody sees what is another member's", async ({ bell, embed, markup }) => {
  await embed(markup({ "coworker-id": 1001 }));
  await expect.poll(() => bell.get("status"), SOON).toBe("forbidden");
  expect(await bell.ids()).toEqual([]);
});
