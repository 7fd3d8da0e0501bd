// A page that moves its bell into a picture-in-picture window.

import { bellOf, test, expect } from "../../support/test.mjs";

test.beforeEach(({ browserName }) => {
  test.skip(browserName !== "chromium", "only Chromium has picture-in-picture windows for documents");
});

/** Moves the bell there by a press, which such a window needs. */
async function open(page, context) {
  const opened = context.waitForEvent("page");
  await page.locator("#go").click();
  return opened;
}

const MARKUP = (bell) => `<button id="go">Go</button><main>${bell}</main>
  <script>
    document.querySelector("#go").onclick = async () => {
      const there = await documentPictureInPicture.requestWindow({ width: 500, height: 500 });
      window.there = there;
      window.moved = document.querySelector("coworker-notifications");
      there.document.body.append(moved);
      there.addEventListener("pagehide", () => document.querySelector("main").append(moved));
    };
  </script>`;

test("the panel is placed there, closed by Escape and by a press there, and comes back with the bell", async ({
  page,
  context,
  bell,
  embed,
  sandbox,
}) => {
  await embed(MARKUP(bellOf(1004, { "poll-interval": 0 })));
  await bell.ready();
  const lists = (await sandbox.lists()).length;
  const there = await open(page, context);
  const state = () =>
    page.evaluate(() => {
      const panel = moved.shadowRoot.querySelector("[part=panel]");
      const rect = panel?.getBoundingClientRect();
      return { open: moved.open, status: moved.status, left: rect?.left, right: rect?.right, width: window.there?.innerWidth };
    });
  await page.evaluate(() => moved.shadowRoot.querySelector("[part=bell]").click());
  await expect.poll(async () => (await state()).open).toBe(true);
  await expect.poll(async () => (await state()).left >= 0 && (await state()).right <= (await state()).width).toBe(true);
  await page.evaluate(() => {
    const row = moved.shadowRoot.querySelector("[part=item]");
    row.focus();
    row.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, cancelable: true }));
  });
  await expect.poll(async () => (await state()).open).toBe(false);
  await page.evaluate(() => moved.show());
  await expect.poll(async () => (await state()).open).toBe(true);
  await page.evaluate(() =>
    window.there.document.body.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true })),
  );
  await expect.poll(async () => (await state()).open).toBe(false);
  await there.close();
  await expect(bell.badge).toHaveText("15");
  await bell.openList();
  expect(await sandbox.lists()).toHaveLength(lists);
  expect(await bell.heard("cn-error")).toEqual([]);
});
