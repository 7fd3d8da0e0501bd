import { bellOf, test, expect } from "../support/test.mjs";

const links = (templates) => ({ links: JSON.stringify(templates) });

test("a row leads where its type's template says", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, links({ coworkerinvoice: "#invoice/{EntityId}", "*": "#rest/{Id}/{CoworkerId}" })));
  await bell.openList();
  const records = await bell.get("notifications");
  const invoice = records.find(({ NotificationType }) => NotificationType === "coworkerinvoice");
  const row = bell.item(invoice.Id);
  await expect(row.locator("a")).toHaveAttribute("href", `#invoice/${invoice.EntityId}`);
  const blog = records.find(({ NotificationType }) => NotificationType === "blog");
  await expect(bell.item(blog.Id).locator("a")).toHaveAttribute("href", `#rest/${blog.Id}/1004`);
  await row.click();
  await expect.poll(() => new URL(page.url()).hash).toBe(`#invoice/${invoice.EntityId}`);
  await expect(bell.panel).toBeHidden();
});

test("a link opens in another tab as links do", async ({ context, page, bell, embed }) => {
  await embed(bellOf(1004, links({ "*": "/sandbox/info?{Id}" })));
  await bell.open();
  const opened = context.waitForEvent("page");
  await bell.items
    .first()
    .locator("a")
    .click({ modifiers: ["ControlOrMeta"] });
  expect(new URL((await opened).url() || "about:blank").href).toMatch(/sandbox\/info|about:blank/);
  await expect(bell.panel).toBeVisible();
  expect(await bell.heard("cn-select")).toEqual([]);
  expect(page.url()).not.toContain("info");
});

test("a row's link opens in the window that the page names for its links", async ({ page, site, embed }) => {
  const inner = site.page(bellOf(1004, links({ "*": "#there" })), { head: `<base target="_top">` });
  await embed(`<iframe src="${inner}" width="900" height="700"></iframe>`);
  const frame = page.frameLocator("iframe");
  await frame.locator("[part=bell]").click();
  await frame.locator("[part=item]").first().click();
  await expect.poll(() => page.url()).toContain(`${inner}#there`);
});

for (const href of [
  "javascript:window.hacked=1",
  " javascript:window.hacked=1",
  "java\nscript:window.hacked=1",
  "JaVaScRiPt:window.hacked=1//{Id}",
  "data:text/html,<script>window.hacked=1</script>",
  "vbscript:x",
  "file:///etc/passwd",
]) {
  test(`${JSON.stringify(href)} is no link`, async ({ page, bell, embed }) => {
    await embed(bellOf(1004, links({ "*": href })));
    await bell.open();
    await expect(bell.items.first()).toBeVisible();
    await expect(bell.element.locator("a")).toHaveCount(0);
    await bell.items.first().click();
    expect((await bell.hears("cn-select"))[0].href).toBeNull();
    expect(await page.evaluate("window.hacked")).toBeUndefined();
    expect((await bell.heard("cn-error"))[0]).toMatchObject({ kind: "config" });
  });
}
