import { bellOf, test, expect } from "../support/test.mjs";

const TITLES = {
  en: "Notifications",
  es: "Notificaciones",
  fr: "Notifications",
  de: "Mitteilungen",
  ar: "الإشعارات",
  ja: "通知",
};

for (const [locale, title] of Object.entries(TITLES)) {
  test(`locale="${locale}"`, async ({ bell, embed }) => {
    await embed(bellOf(1004, { locale }));
    await bell.open();
    await expect(bell.part("title")).toHaveText(title);
    await expect(bell.panel).toHaveAttribute("lang", locale);
    await expect(bell.panel).toHaveAttribute("dir", locale === "ar" ? "rtl" : "ltr");
    await expect(bell.items.first()).toBeVisible();
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

test("without a locale the page's lang counts, then the browser's", async ({ bell, embed }) => {
  await embed(bellOf(1004), { lang: "es-MX" });
  await bell.open();
  await expect(bell.part("title")).toHaveText(TITLES.es);
});

test("the browser's language, where the page has none", async ({ browser, server, site }) => {
  const context = await browser.newContext({ locale: "de-AT" });
  const page = await context.newPage();
  const path = site.page(bellOf(1004, { open: true }), { lang: "" });
  await page.goto(server.url + path);
  await expect(page.locator("[part=title]")).toHaveText(TITLES.de);
  await context.close();
});

test("English fetches no words; another language its file, once", async ({ page, bell, embed }) => {
  const fetched = [];
  page.on("request", (request) => request.url().includes("/locales/") && fetched.push(request.url()));
  await embed(bellOf(1004));
  await bell.ready();
  expect(fetched).toEqual([]);
  await bell.attribute("locale", "es");
  await expect(bell.button).toHaveAccessibleName(/Notificaciones/);
  await bell.attribute("locale", "en");
  await bell.attribute("locale", "es");
  await bell.get("updateComplete");
  expect(fetched).toHaveLength(1);
});

test("words that cannot be fetched are English, and the bell works", async ({ page, bell, embed }) => {
  await page.route("**/locales/*.json", (route) => route.fulfill({ status: 404 }));
  await embed(bellOf(1004, { locale: "es" }));
  await expect(bell.badge).toHaveText("15");
  await bell.open();
  await expect(bell.part("title")).toHaveText(TITLES.en);
});

test("right to left: the panel opens the other way round and arrows keep their sense", async ({
  page,
  bell,
  embed,
}) => {
  await embed(`<div style="padding: 0 500px">${bellOf(1004, { locale: "ar", placement: "bottom-start" })}</div>`);
  await bell.open();
  const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
  expect(Math.abs(panel.x + panel.width - button.x - button.width)).toBeLessThan(2);
  await page.keyboard.press("ArrowDown");
  const [, second] = await bell.ids();
  await expect(bell.item(second)).toBeFocused();
});

test("a page in Arabic whose bell is told so by lang alone", async ({ bell, embed }) => {
  await embed(`<div dir="rtl">${bellOf(1004)}</div>`, { lang: "ar" });
  await bell.open();
  await expect(bell.panel).toHaveAttribute("dir", "rtl");
});
