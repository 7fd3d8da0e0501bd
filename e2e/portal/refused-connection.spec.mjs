import { createServer } from "node:net";

import { bellOf, test, expect } from "../support/test.mjs";

/** A port of this machine on which nobody listens. */
async function closedPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a server that cannot be reached is told in words, with the time of the next try", async ({ bell, embed }) => {
  await embed(bellOf(1004, { "api-base": `http://127.0.0.1:${await closedPort()}` }));
  await bell.open();
  await expect(bell.error).toContainText("The server can’t be reached.");
  await expect(bell.error).toContainText(/Trying again in \d+ sec/);
  await expect(bell.retry).toBeVisible();
  const [error] = await bell.hears("cn-error", (await bell.heard("cn-error")).length);
  expect(error).toMatchObject({ kind: "network", status: null, retryAt: expect.any(Number) });
});
