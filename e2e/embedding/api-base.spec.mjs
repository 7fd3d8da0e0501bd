import { bellOf, test, expect } from "../support/test.mjs";

const UNSAFE = [
  ["http://spaces.example.com", "https://"],
  ["http://127.0.0.1.example.com", "https://"],
  ["//spaces.example.com", "https://"],
  ["https://user:secret@spaces.example.com", "without a user name"],
  ["javascript:alert(1)", "https://"],
];

for (const [base, why] of UNSAFE) {
  test(`${base} gets neither a token nor a request`, async ({ page, bell, embed, sandbox }) => {
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await embed(bellOf(1004, { "api-base": base }));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(error.message).toContain(why);
    expect(error.message).not.toContain("secret");

    await bell.open();
    await expect(bell.error).toContainText("The bell isn’t set up correctly.");
    await expect(bell.error).toContainText(why);
    await bell.retry.click();
    await bell.call("refresh");
    expect(await bell.get("status")).toBe("error");
    expect(asked.filter((url) => !url.startsWith(sandbox.url) || url.includes("/api/"))).toEqual([]);
  });
}

for (const base of ["https://[::1", "https://host:99999", "https://a:b:c", "https://"]) {
  test(`${base} is told, and throws nothing at the page`, async ({ page, bell, embed }) => {
    const thrown = [];
    page.on("pageerror", ({ message }) => thrown.push(message));
    await embed(bellOf(1004, { "api-base": base }));
    const [error] = await bell.hears("cn-error");
    expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
    expect(error.message).toContain(base);
    expect(thrown).toEqual([]);
  });
}

test("the token travels in the Authorization header and nowhere else, and cookies not at all", async ({
  context,
  page,
  bell,
  embed,
  sandbox,
}) => {
  await context.addCookies([{ name: "session", value: "1", url: sandbox.url }]);
  const asked = [];
  page.on("request", (request) => asked.push(request));
  await embed(bellOf(1004, { token: null }));
  await bell.set("token", "member-1004");
  await expect(bell.badge).toHaveText("15");
  const api = asked.filter((request) => request.url().includes("/api/"));
  expect(api.length).toBeGreaterThan(0);
  for (const request of asked) {
    const headers = await request.allHeaders();
    expect(request.url()).not.toContain("member-1004");
    expect(headers.authorization).toBe(api.includes(request) ? "Bearer member-1004" : undefined);
    if (api.includes(request)) expect(headers.cookie).toBeUndefined();
  }
});

test("another origin that allows the page is asked across origins", async ({ bell, embed, sandbox }) => {
  const other = sandbox.url.replace("127.0.0.1", "localhost");
  await embed(bellOf(1004, { "api-base": other }));
  await expect(bell.badge).toHaveText("15");
});

test("another origin that does not allow the page is told as one that cannot be reached", async ({
  bell,
  embed,
  sandbox,
}) => {
  await sandbox.faults({ cors: false });
  await embed(bellOf(1004, { "api-base": sandbox.url.replace("127.0.0.1", "localhost") }));
  await bell.open();
  await expect(bell.error).toContainText("The server can’t be reached.");
  expect((await bell.heard("cn-error"))[0].message).toContain("CORS");
});
