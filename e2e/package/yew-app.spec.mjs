// The Yew application of examples/, which uses the widget as a component. `cargo xtask test --only chromium` builds it.

import { listenForTrouble } from "../support/examples.mjs";
import { test, expect } from "../support/test.mjs";

/** Where the example looks for the sandbox. */
const API = "http://127.0.0.1:8765";

test("the bell in a Yew application: it counts, opens and dismisses", async ({ context, page, clock, server, sandbox }) => {
  // Not by a route: Firefox gives the body of a request to nobody on the way.
  await context.addInitScript(
    ([from, to]) => {
      const { fetch } = window;
      window.fetch = async (input, init) => {
        const request = new Request(input, init);
        const { url, method, headers, signal } = request;
        const body = method === "PUT" ? await request.text() : undefined;
        return fetch(url.replace(from, to), { method, headers, signal, body });
      };
    },
    [API, server.url],
  );
  const trouble = await listenForTrouble(page);
  await page.goto("/yew-app/index.html");
  const count = (await sandbox.undismissed(1001)).length;
  const bell = page.getByRole("button", { name: `Notifications, ${count} unread` });
  await expect(bell).toBeVisible();
  await expect(page.getByText(`${count} new`, { exact: true })).toBeVisible();

  await bell.click();
  const panel = page.getByRole("dialog", { name: "Notifications" });
  const rows = panel.locator("[part~=item]");
  await expect(rows.first()).toBeVisible();
  // The widget's styles apply.
  expect(await panel.evaluate((panel) => getComputedStyle(panel).position)).toBe("fixed");

  const id = Number(await rows.first().getAttribute("data-id"));
  await rows.first().locator("[part~=dismiss]").click();
  await expect(page.getByText(`${count - 1} new`, { exact: true })).toBeVisible();
  await clock.pass(7_000);
  await expect.poll(() => sandbox.writes()).toEqual([[id, true]]);
  expect(trouble).toEqual([]);
});
