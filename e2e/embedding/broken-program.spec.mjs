import { bellOf, test, expect } from "../support/test.mjs";

/** Takes away what the program has drawn: it cannot go on, and stops. */
const tearDown = (bell) =>
  bell.element.evaluate((element) => {
    const root = element.shadowRoot.querySelector("[part=panel]");
    for (const node of root.querySelectorAll("*")) node.remove();
  });

test("a program that stops is told, and the bell says that it is out of order", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "fallback-href": "/all" }));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  await tearDown(bell);
  await sandbox.create(1004, "One more");
  await bell.element.evaluate((element) => void element.refresh());
  const [error] = await bell.hears("cn-error");
  expect(error).toMatchObject({ kind: "config", status: null, retryAt: null });
  expect(error.message).toContain("stopped");
  await expect(bell.button).toHaveAttribute("href", "/all");
  expect(await bell.get("status")).toBe("error");
  expect(await bell.get("notifications")).toEqual([]);
  for (const method of ["refresh", "loadMore", "dismissAll", "show", "hide"]) {
    await bell.call(method);
  }
  await bell.attribute("max-badge", "9");

  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), bellOf(1004, { id: "next" }));
  await expect(page.locator("#next [part=bell]")).toBeDisabled();
});
