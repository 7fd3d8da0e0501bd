import { bellOf, Sandbox, test as base, expect } from "../support/test.mjs";

const blocked = base.extend({
  server: async ({ site }, use) => {
    const server = await Sandbox.start(site.folder, "--csp", "script-src 'self'");
    await use(server);
    await server.stop();
  },
});

blocked("a policy that forbids WebAssembly leaves a bell that is a link", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "fallback-href": "/notifications" }));
  const [error] = await bell.hears("cn-error");
  expect(error.message).toMatch(/Content Security Policy|CSP/);
  await expect(bell.button).toHaveAttribute("href", "/notifications");
  await expect(bell.button).toHaveAccessibleName("Notifications");
});

base("a browser without WebAssembly has a bell that is a link", async ({ page, bell, embed }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await embed(bellOf(1004, { "fallback-href": "/notifications" }));
  const [error] = await bell.hears("cn-error");
  expect(error.message).toContain("WebAssembly is not defined");
  await expect(bell.button).toHaveAttribute("href", "/notifications");
  expect(errors).toEqual([]);
});

base("without fallback-href it stays out of the way", async ({ page, bell, embed }) => {
  await page.addInitScript(() => delete window.WebAssembly);
  await embed(bellOf(1004));
  await expect(bell.button).toBeDisabled();
  await bell.call("show");
  await expect(bell.panel).toHaveCount(0);
});
