// The server's clock, by the Date of its answers: it corrects a device's clock, but an old answer must not.

import { bellOf, test, expect } from "../support/test.mjs";

const HOUR = 3_600_000;

/** All answers of the API have these headers, which may be a function of the time. */
async function answerWith(page, headers) {
  await page.route("**/api/spaces/**", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), ...headers() } });
  });
}

const ago = (milliseconds) => new Date(Date.now() - milliseconds).toUTCString();

test("an answer out of a cache moves no times", async ({ page, bell, embed, sandbox }) => {
  await sandbox.create(1004, "Just now");
  const date = ago(3 * HOUR);
  await answerWith(page, () => ({ date, age: "10800" }));
  await embed(bellOf(1004));
  await bell.openList();
  await expect(bell.part("time").first()).toHaveText(/now|sec|min/);
  await bell.call("refresh");
  await expect(bell.part("time").first()).toHaveText(/now|sec|min/);
});

test("nor does an old one that does not say so", async ({ page, bell, embed, sandbox }) => {
  const id = await sandbox.create(1004, "An hour ago by a wrong clock, a moment ago by a right one");
  const date = ago(3 * HOUR);
  await answerWith(page, () => ({ date }));
  await embed(bellOf(1004));
  await bell.openList();
  const time = bell.item(id).locator('[part~="time"]');
  await expect(time).toHaveText(/now|sec|min/);
  await bell.call("refresh");
  await expect(time).toHaveText(/now|sec|min/);
});

test("a clock that is behind is corrected", async ({ page, bell, embed }) => {
  await answerWith(page, () => ({ date: ago(-5 * HOUR) }));
  await embed(bellOf(1004));
  await bell.openList();
  await expect(bell.part("time").first()).toHaveText(/hr|hour|day|yesterday/i);
});
