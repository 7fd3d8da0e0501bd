import { bellOf, test, expect } from "../support/test.mjs";

test("newest first, grouped by the viewer's days", async ({ bell, embed, sandbox }) => {
  await embed(bellOf(1001, { variant: "inline", "page-size": 100 }));
  await expect(bell.items.first()).toBeVisible();
  const records = await sandbox.undismissed(1001);
  expect(await bell.ids()).toEqual(records.map(({ Id }) => Id));

  const groups = await bell.part("group").allTextContents();
  const order = ["Today", "Yesterday", "This week", "Earlier"];
  expect(groups).toEqual(order.filter((name) => groups.includes(name)));
  expect(groups).toContain("Earlier");
});

test("days begin at the viewer's midnight", async ({ browser, server, site }) => {
  // 11 hours apart, so that some notification falls on different days.
  const groupsIn = async (timezoneId) => {
    const context = await browser.newContext({ timezoneId });
    const page = await context.newPage();
    await page.goto(server.url + site.page(bellOf(1003, { variant: "inline", "page-size": 100 })));
    const sections = page.locator("[part=list] section");
    await expect(sections.first()).toBeVisible();
    const today = await page.evaluate(() => {
      const midnight = new Date().setHours(0, 0, 0, 0);
      const { notifications } = document.querySelector("coworker-notifications");
      return notifications.filter(({ CreatedOn }) => Date.parse(CreatedOn) >= midnight).length;
    });
    const heading = await sections.first().locator("[part=group]").textContent();
    await context.close();
    return { heading, today: today > 0 };
  };
  for (const zone of ["Pacific/Auckland", "America/Los_Angeles"]) {
    const { heading, today } = await groupsIn(zone);
    expect(heading).toBe(today ? "Today" : "Yesterday");
  }
});

test("times are said relative to now, and exactly for machines", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1004, "Just now");
  await embed(bellOf(1004));
  await bell.openList();
  const [record] = await bell.get("notifications");
  const time = bell.items.first().locator("[part~=time]");
  await expect(time).toHaveText("just now");
  expect(Date.parse(await time.getAttribute("datetime"))).toBe(Date.parse(record.CreatedOn));
});

test("an unknown or empty type gets the generic bell and label", async ({ bell, embed, sandbox }) => {
  await sandbox.create(1002, "Something new", { type: "hologram-call" });
  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.labels).toHaveText(["Notification"]);
  await expect(bell.items.first()).toHaveAttribute("data-type", "hologram-call");
  await expect(bell.items.first().locator("[part~=icon] svg")).toBeVisible();
});

test("a list without anything says so kindly", async ({ bell, embed }) => {
  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.empty).toContainText("You’re all caught up");
  await expect(bell.dismissAllButton).toHaveCount(0);
});

test("a long message is cut, and shown whole when asked", async ({ bell, embed, sandbox }) => {
  const message = `${"A very long story. ".repeat(100)}The end.`;
  await sandbox.create(1002, message);
  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.messages).not.toContainText("The end.");
  await bell.items.getByRole("button", { name: "Show more" }).click();
  await expect(bell.messages).toContainText("The end.");
  await bell.items.getByRole("button", { name: "Show less" }).click();
  await expect(bell.messages).not.toContainText("The end.");
});
