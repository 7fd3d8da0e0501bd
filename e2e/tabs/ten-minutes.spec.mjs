import { Bell, bellOf, test, expect } from "../support/test.mjs";
import { setHidden } from "../support/page.mjs";

test("of five tabs, one of them seen, the server hears as of one, and sends no list twice", async ({
  context,
  clock,
  embed,
  sandbox,
}) => {
  test.slow();
  const bells = [];
  for (let number = 0; number < 5; number += 1) {
    const page = await context.newPage();
    await embed(bellOf(1004), { on: page });
    const bell = new Bell(page.locator("coworker-notifications"));
    await expect(bell.badge).toHaveText("15");
    if (number < 4) {
      await setHidden(page, true);
    }
    bells.push(bell);
  }
  expect(await sandbox.lists()).toHaveLength(5);

  await sandbox.forget();
  await clock.pass(600_000);
  const asked = await sandbox.requests();
  expect(asked.length).toBeGreaterThanOrEqual(9);
  expect(asked.length).toBeLessThanOrEqual(11);
  expect(asked.map(({ method, status }) => `${method} ${status}`)).toEqual(asked.map(() => "GET 304"));

  await sandbox.create(1004, "For all five");
  await clock.pass(67_000);
  for (const bell of bells) {
    await expect(bell.badge).toHaveText("16");
  }
});
