import { Bell, bellOf, test, expect } from "../support/test.mjs";

const asked = (page) => {
  const tokens = [];
  page.on("request", async (request) => {
    if (request.url().includes("/api/")) tokens.push((await request.allHeaders()).authorization);
  });
  return tokens;
};

test("a new token takes over unseen: the list stays, and the next requests carry it", async ({ page, bell, embed }) => {
  const tokens = asked(page);
  await embed(bellOf(1004));
  await bell.open();
  await expect(bell.items.first()).toBeVisible();
  const rows = await bell.items.count();
  const seen = bell.element.evaluate(
    (element) =>
      new Promise((resolve) => {
        const counts = new Set();
        const look = () => counts.add(element.shadowRoot.querySelectorAll("[part=item]").length);
        const observer = new MutationObserver(look);
        observer.observe(element.shadowRoot, { subtree: true, childList: true });
        look();
        element.token = "admin";
        element.refresh().then(() => {
          observer.disconnect();
          resolve([...counts]);
        });
      }),
  );
  expect(await seen).toEqual([rows]);
  await expect.poll(() => tokens.at(-1)).toBe("Bearer admin");
  expect(await bell.get("status")).toBe("ready");
  expect(await bell.heard("cn-ready")).toHaveLength(1);
});

test("a new token is tried at once", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.set("token", "expired");
  await expect.poll(() => bell.get("status")).toBe("unauthorized");
  expect(await bell.get("notifications")).toHaveLength(15);
  await bell.set("token", "member-1004");
  await bell.ready();
});

test("Undo outlives a new token, and the dismissal is written with it", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  const tokens = asked(page);
  await embed(bellOf(1004));
  await bell.open();
  await bell.dismissButton(bell.items.first()).click();
  await bell.set("token", "admin");
  await expect(bell.undo).toBeVisible();
  await clock.pass(6_500);
  await expect.poll(() => sandbox.writes()).toHaveLength(1);
  expect(tokens.at(-1)).toBe("Bearer admin");
});

test("a provider that is another function at each drawing of the page asks for nothing anew", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(`${bellOf(1004, { token: null })}
    <script>
      let calls = 0;
      const draw = () => {
        document.querySelector("coworker-notifications").tokenProvider = () => (calls++, "member-1004");
      };
      draw();
    </script>`);
  await bell.ready();
  for (let times = 0; times < 5; times += 1) {
    await page.evaluate("draw()");
    await bell.get("updateComplete");
  }
  expect(await sandbox.lists()).toHaveLength(1);
  expect(await page.evaluate("calls")).toBe(1);
  await bell.call("refresh");
  expect(await page.evaluate("calls")).toBe(2);
  await expect(bell.badge).toHaveText("15");
  expect(await bell.heard("cn-ready")).toHaveLength(1);
});

test("elements that share a feed share it again when all have the new token", async ({ page, embed, sandbox }) => {
  await embed(bellOf(1004) + bellOf(1004));
  const [one, two] = [0, 1].map((n) => new Bell(page.locator("coworker-notifications").nth(n)));
  await expect(two.badge).toHaveText("15");
  await page.evaluate(() => {
    for (const element of document.querySelectorAll("coworker-notifications")) element.token = "admin";
  });
  await one.get("updateComplete");
  await two.get("updateComplete");
  await one.ready();
  await sandbox.forget();
  await one.call("refresh");
  expect(await sandbox.lists()).toHaveLength(1);
  await expect(two.badge).toHaveText("15");
});
