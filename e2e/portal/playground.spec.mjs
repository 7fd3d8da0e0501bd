import { Bell, test, expect } from "../support/test.mjs";

test.use({ viewport: { width: 1280, height: 900 } });

/** Opens the playground; gives its bell and ways to reach its controls. */
async function playground(page) {
  await page.goto("/#/playground");
  const bell = new Bell(page.locator("#specimen"));
  await expect(bell.badge).toHaveText("15");
  const control = (name) => page.getByLabel(name, { exact: true });
  const code = page.locator("#play-code");
  const state = (name) => page.getByRole("radio", { name }).check();
  return { bell, control, code, state };
}

test("the page's navigation leads to the playground, and back", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Portal" }).getByRole("link", { name: "Playground" }).click();
  await expect(page.getByRole("heading", { name: "Playground" })).toBeFocused();
  await expect(page.locator("#specimen")).toBeVisible();
  await page.getByRole("link", { name: "Today" }).click();
  await expect(page.getByRole("heading", { name: "Your day" })).toBeVisible();
  await expect(page.locator("#specimen")).toBeHidden();
});

test("attributes reach the bell, and the code follows; defaults are not written", async ({ page }) => {
  const { bell, control, code } = await playground(page);
  await expect(code).toContainText('<coworker-notifications coworker-id="1004" api-base="/"></coworker-notifications>');
  await expect(code).toContainText("bell.tokenProvider");
  await expect(code).not.toContainText("member-1004");

  await control("locale").selectOption("ja");
  await expect(bell.button).toHaveAccessibleName(/通知/);
  await control("placement").selectOption("bottom-start");
  await control("max-badge").fill("9");
  await expect(bell.badge).toHaveText("9+");
  await control("title-badge").check();
  await expect(code).toContainText('locale="ja"');
  await expect(code).toContainText('placement="bottom-start"');
  await expect(code).toContainText('max-badge="9"');
  await expect(code).toContainText(/^ {2}title-badge/m);

  await control("max-badge").fill("99");
  await expect(code).not.toContainText("max-badge");
  await page.getByRole("button", { name: "As at the start" }).click();
  await expect(code).not.toContainText("locale");
  await expect(bell.badge).toHaveText("15");
});

test("an open panel stays open while its looks are changed", async ({ page }) => {
  const { bell, control, code } = await playground(page);
  await bell.open();
  await control("theme").selectOption("dark");
  await control("--cn-radius").fill("3");
  await control("--cn-accent").fill("#aa2200");
  await expect(bell.panel).toBeVisible();
  await expect(bell.panel).toHaveCSS("border-top-left-radius", "3px");
  await expect(bell.dismissAllButton).toHaveCSS("color", "rgb(170, 34, 0)");
  await expect(code).toContainText("--cn-radius: 3px;");
  await expect(code).toContainText("--cn-accent: #aa2200;");
  await page.getByRole("heading", { name: "Playground" }).click();
  await expect(bell.panel).toBeHidden();
});

test("labels and links are JSON; what is half typed does no harm", async ({ page }) => {
  const { bell, control, code } = await playground(page);
  await control("labels").fill('{"title": "Inbox"');
  await expect(control("labels")).toHaveAttribute("aria-invalid", "true");
  await control("labels").fill('{"title": "Inbox"}');
  await expect(control("labels")).toHaveAttribute("aria-invalid", "false");
  await expect(bell.button).toHaveAccessibleName(/Inbox|Notifications/);
  await bell.open();
  await expect(bell.part("title")).toHaveText("Inbox");
  await expect(code).toContainText('bell.labels = {"title":"Inbox"};');
  await control("links").fill('{"blog": "#blog"}');
  await expect(code).toContainText('links="{&quot;blog&quot;: &quot;#blog&quot;}"');
});

for (const [name, words] of [
  ["Server error (500)", "The server has a problem."],
  ["Signed out (401)", "Your session has ended."],
  ["Not allowed (403)", "You don’t have access"],
  ["Throttled (429)", "Too many requests."],
  ["Not JSON", "The server’s answer can’t be read."],
  ["Set up wrongly", "The bell isn’t set up correctly."],
  ["No token yet", "Waiting for you to be signed in."],
  ["Empty", "You’re all caught up"],
  ["Offline", "You’re offline."],
]) {
  test(`the state “${name}” can be seen`, async ({ page }) => {
    const { bell, state } = await playground(page);
    await bell.open();
    await state(name);
    await expect(bell.panel).toContainText(words);
    await state("As it should be");
    await expect(bell.items.first()).toBeVisible();
  });
}

test("a state can come over a list that is on screen", async ({ page }) => {
  const { bell, state } = await playground(page);
  await bell.open();
  await page.getByLabel("Keep the list that is on screen").check();
  await state("Server error (500)");
  await expect(bell.error).toBeVisible();
  await expect(bell.items.first()).toBeVisible();
});

test("offline over a list says since when, until another state is chosen or the page is left", async ({ page }) => {
  const { bell, state } = await playground(page);
  await bell.open();
  await page.getByLabel("Keep the list that is on screen").check();
  await state("Offline");
  await expect(bell.error).toContainText("Last updated just now.");
  await expect(bell.items.first()).toBeVisible();
  await state("As it should be");
  await expect(bell.error).toHaveCount(0);
  await state("Offline");
  await page.getByRole("link", { name: "Today" }).click();
  await expect.poll(() => page.evaluate(() => navigator.onLine)).toBe(true);
});

test("what the bell tells is listed; methods can be called", async ({ page }) => {
  const { bell } = await playground(page);
  const events = page.locator("#play-lines");
  await expect(events).toContainText("cn-ready");
  await page.getByRole("button", { name: "show()", exact: true }).click();
  await expect(bell.panel).toBeVisible();
  await expect(events).toContainText("cn-open");
  await page.getByRole("button", { name: "Send one" }).click();
  await expect(bell.badge).toHaveText("16");
  await expect(events).toContainText("cn-arrive");
  await page.getByRole("button", { name: "hide()", exact: true }).click();
  await expect(bell.panel).toBeHidden();
});

test("inline, the list stands on the stage", async ({ page }) => {
  const { bell, control } = await playground(page);
  await control("variant").selectOption("inline");
  await expect(bell.items.first()).toBeVisible();
  const [stage, panel] = [await page.locator(".stage").boundingBox(), await bell.panel.boundingBox()];
  expect(panel.width).toBeGreaterThan(stage.width * 0.8);
});

test("the code is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { code } = await playground(page);
  await page.getByRole("button", { name: "Copy" }).click();
  await expect(page.locator("#play-copied")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await code.textContent());
});

test("on a phone everything fits", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await playground(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});
