import { bellOf, test, expect } from "../support/test.mjs";

const inPortal = (attributes) => bellOf(1004, { "coworker-id": null, ...attributes });

const signIn = (page, id) =>
  page.evaluate((id) => {
    window.visited = [];
    window.__nexudus = {
      auth: { isAuthenticated: true, coworker: { Id: id } },
      router: { navigate: (path) => void window.visited.push(path) },
    };
  }, id);

test("who is signed in is read from the portal, once it knows", async ({ page, clock, bell, embed, sandbox }) => {
  await embed(inPortal());
  await bell.get("updateComplete");
  await clock.pass(20_000);
  expect(await sandbox.requests()).toEqual([]);
  await signIn(page, 1004);
  await clock.pass(2_500);
  await expect(bell.badge).toHaveText("15");
  await clock.pass(60_000);
  expect(await bell.heard("cn-error")).toEqual([]);
});

test("a bell that comes later waits as long as the first", async ({ page, clock, embed }) => {
  await embed(inPortal());
  await clock.pass(40_000);
  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), inPortal({ id: "later" }));
  await clock.pass(5_000);
  await signIn(page, 1004);
  await clock.pass(2_500);
  await expect(page.locator("#later [part=badge]")).toHaveText("15");
});

test("an id that is written as text will do", async ({ page, bell, embed }) => {
  await embed(inPortal());
  await signIn(page, "1004");
  await expect(bell.badge).toHaveText("15");
});

for (const [what, id] of [
  ["true", true],
  ["a list", [1004]],
  ["an object", { Id: 1004 }],
  ["a time, which reads as a number", new Date(1004)],
  ["a fraction", 1004.5],
  ["below 1", 0],
  ["too large to be exact", 2 ** 53],
  ["text that is no whole number", " 1004"],
  ["nothing", null],
]) {
  test(`an id that is ${what} is none`, async ({ page, clock, bell, embed, sandbox }) => {
    await embed(inPortal());
    await bell.get("updateComplete");
    await signIn(page, id);
    await clock.pass(10_000);
    expect(await sandbox.requests()).toEqual([]);
    await signIn(page, 1004);
    await clock.pass(2_500);
    await expect(bell.badge).toHaveText("15");
  });
}

for (const [what, empty] of [
  ["empty", ""],
  ["blank", " "],
]) {
  test(`where coworker-id is ${what}, the portal is asked as if it were not there`, async ({ page, bell, embed }) => {
    await embed(inPortal({ "coworker-id": empty }));
    await signIn(page, 1004);
    await expect(bell.badge).toHaveText("15");
    await bell.ready();
    await bell.attribute("coworker-id", "1002");
    await expect(bell.badge).toHaveCount(0);
    await bell.attribute("coworker-id", empty);
    await expect(bell.badge).toHaveText("15");
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

test("when somebody else signs in, the bell is theirs", async ({ page, bell, embed }) => {
  await embed(inPortal({ token: "admin" }));
  await signIn(page, 1004);
  await expect(bell.badge).toHaveText("15");
  await signIn(page, 1002);
  await expect(bell.badge).toHaveCount(0);
  expect(await bell.get("unreadCount")).toBe(0);
});

test("coworker-id counts before the portal", async ({ page, bell, embed }) => {
  await embed(`<script>window.__nexudus = { auth: { coworker: { Id: 1002 } } }</script>${bellOf(1004)}`);
  await expect(bell.badge).toHaveText("15");
  await expect(page.locator("coworker-notifications")).toHaveCount(1);
});

test("links go through the portal's router", async ({ page, bell, embed }) => {
  await embed(inPortal({ links: '{"*":"/things/{EntityId}"}' }));
  await signIn(page, 1004);
  await bell.openList();
  const { EntityId } = (await bell.get("notifications"))[0];
  const url = page.url();
  await bell.items.first().click();
  await expect.poll(() => page.evaluate("visited")).toEqual([`/things/${EntityId}`]);
  expect(page.url()).toBe(url);
  await expect(bell.panel).toBeHidden();
});

test("links to other sites do not", async ({ page, bell, embed, sandbox }) => {
  const elsewhere = sandbox.url.replace("127.0.0.1", "localhost");
  await embed(inPortal({ links: JSON.stringify({ "*": `${elsewhere}/sandbox/info?{Id}` }) }));
  await signIn(page, 1004);
  await bell.open();
  await bell.items.first().click();
  await page.waitForURL(`${elsewhere}/sandbox/info?*`);
});

test("a router that throws leaves the browser to follow the link", async ({ page, bell, embed }) => {
  await embed(inPortal({ links: '{"*":"/sandbox/info?{Id}"}' }));
  await signIn(page, 1004);
  await page.evaluate(() => {
    window.__nexudus.router.navigate = () => {
      throw new Error("no route");
    };
  });
  await bell.open();
  await bell.items.first().click();
  await page.waitForURL("**/sandbox/info?*");
});

test("a portal that cannot say yet who is signed in is asked again", async ({ page, clock, bell, embed }) => {
  const failures = [];
  page.on("pageerror", ({ message }) => failures.push(message));
  const early = "window.__nexudus = { get auth() { throw new Error('not yet'); } }";
  await embed(`<script>${early}</script>${inPortal()}`);
  await bell.get("updateComplete");
  await clock.pass(3_000);
  await signIn(page, 1004);
  await clock.pass(1_000);
  await expect(bell.badge).toHaveText("15");
  expect(failures).toEqual([]);
});

for (const [where, basename, prefix] of [
  ["at the top", undefined, ""],
  ["at the top, as its router says", "/", ""],
  ["below a path", "/members", "/members"],
]) {
  test(`links="nexudus": the pages of a portal ${where}`, async ({ page, bell, embed, sandbox }) => {
    for (const type of ["coworkerinvoice", "identity-check-failed", "community-event", "course", "survey"]) {
      await sandbox.create(1002, `About ${type}`, { type });
    }
    await page.addInitScript((basename) => {
      window.visited = [];
      window.__nexudus = {
        auth: { coworker: { Id: 1002 } },
        router: { basename, navigate: (path) => void window.visited.push(path) },
      };
    }, basename);
    await embed(bellOf(1002, { "coworker-id": null, links: "nexudus" }));
    await bell.openList();
    const links = await bell.items.evaluateAll((rows) =>
      rows.map((row) => [row.dataset.type, row.querySelector("a")?.getAttribute("href")]),
    );
    expect(Object.fromEntries(links)).toEqual({
      coworkerinvoice: `${prefix}/user/dashboard/invoices`,
      "identity-check-failed": `${prefix}/user/identity-checks`,
      "community-event": `${prefix}/events/list`,
      course: `${prefix}/user/activity/courses`,
    });
    expect(await bell.get("links")).toBe("nexudus");
    expect(await bell.heard("cn-error")).toEqual([]);
    // The router puts its own path before what it is given.
    await bell.item("About course").click();
    await expect.poll(() => page.evaluate("visited")).toEqual(["/user/activity/courses"]);
  });
}
