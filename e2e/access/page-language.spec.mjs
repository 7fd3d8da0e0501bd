// Where the bell finds its language, and that all it says is of one language.

import { bellOf, test, expect } from "../support/test.mjs";

const TITLES = { en: "Notifications", fr: "Notifications", de: "Mitteilungen", pt: "Notificações", ar: "الإشعارات" };

for (const [asked, lang] of Object.entries({
  de_DE: "de-DE",
  pt_BR: "pt-BR",
  "de-DE@posix": "de-DE",
  zh_Hans_CN: "zh-Hans-CN",
  "zh-TW": "zh-Hans",
  "de-": "de",
  " fr ": "fr",
  ar_EG: "ar-EG",
  "ar@latn": "ar",
  fi: "en",
  he: "en",
  iw: "en",
  hi: "en",
  x: "en",
  "🦀": "en",
  ["a".repeat(500)]: "en",
})) {
  test(`lang="${asked.slice(0, 12)}" is ${lang} in words, times, direction and \`lang\``, async ({
    page,
    bell,
    embed,
  }) => {
    await embed(bellOf(1004, { open: true }), { lang: asked });
    const title = TITLES[lang.split("-")[0]];
    if (title) await expect(bell.part("title")).toHaveText(title);
    else await expect(bell.part("title")).not.toHaveText(TITLES.en);
    await expect(bell.items.first()).toBeVisible();
    await expect(bell.panel).toHaveAttribute("lang", lang);
    await expect(bell.panel).toHaveAttribute("dir", lang.startsWith("ar") ? "rtl" : "ltr");
    const exact = await bell.part("time").first().getAttribute("title");
    const moment = Date.parse(await bell.part("time").first().getAttribute("datetime"));
    expect(exact).toBe(
      await page.evaluate(
        ([lang, moment]) => new Intl.DateTimeFormat(lang, { dateStyle: "full", timeStyle: "short" }).format(moment),
        [lang, moment],
      ),
    );
    expect(await bell.heard("cn-error")).toEqual([]);
  });
}

/** Puts a bell into nested shadow roots; each host has an id. */
const inShadow = (page, modes, attributes) =>
  page.evaluate(
    ([modes, attributes]) => {
      let root = document.body;
      for (const [level, mode] of modes.entries()) {
        const host = document.createElement("div");
        host.id = `host-${level}`;
        root.append(host);
        root = host.attachShadow({ mode });
      }
      window.deepest = root;
      root.innerHTML = attributes;
      window.bell = root.querySelector("coworker-notifications");
    },
    [modes, attributes],
  );

const inside = (page, selector, read) =>
  page.evaluate(
    ([selector, read]) => {
      const found = window.bell.shadowRoot.querySelector(selector);
      return found && (read === "text" ? found.textContent : found.getAttribute(read));
    },
    [selector, read],
  );

for (const modes of [["open"], ["closed"], ["closed", "open"], ["open", "closed"]]) {
  test(`lang is found through shadow roots (${modes.join(", ")}) and followed when it changes`, async ({ page, embed }) => {
    await embed("", { lang: "de" });
    await inShadow(page, modes, bellOf(1004, { open: true }));
    const title = () => inside(page, "[part=title]", "text");
    await expect.poll(title).toBe(TITLES.de);
    await page.evaluate(() => (document.documentElement.lang = "pt"));
    await expect.poll(title).toBe(TITLES.pt);
    await page.evaluate(() => (document.querySelector("#host-0").lang = "ar"));
    await expect.poll(title).toBe(TITLES.ar);
    expect(await inside(page, "[part=panel]", "dir")).toBe("rtl");
    await page.evaluate(() => (window.bell.getRootNode().host.lang = "de"));
    await expect.poll(title).toBe(TITLES.de);
    await page.evaluate(() => window.bell.setAttribute("lang", "pt"));
    await expect.poll(title).toBe(TITLES.pt);
    await page.evaluate(() => window.bell.removeAttribute("lang"));
    await expect.poll(title).toBe(TITLES.de);
  });
}

test("moved to a place of another language, the bell speaks that", async ({ page, bell, embed }) => {
  await embed(`<div lang="de">${bellOf(1004, { open: true })}</div><div lang="pt" id="there"></div>`);
  await expect(bell.part("title")).toHaveText(TITLES.de);
  await bell.element.evaluate((element) => document.querySelector("#there").append(element));
  await expect(bell.part("title")).toHaveText(TITLES.pt);
  await page.evaluate(() => (document.querySelector("#there").lang = "ar"));
  await expect(bell.part("title")).toHaveText(TITLES.ar);
});

test("a language whose words cannot be had is English throughout, whatever was spoken before", async ({
  page,
  bell,
  embed,
}) => {
  await page.route("**/locales/ar.json", (route) => route.fulfill({ status: 404 }));
  await embed(bellOf(1004, { open: true }), { lang: "de" });
  await expect(bell.part("title")).toHaveText(TITLES.de);
  await page.evaluate(() => (document.documentElement.lang = "ar"));
  await expect(bell.part("title")).toHaveText(TITLES.en);
  await expect(bell.panel).toHaveAttribute("lang", "en");
  await expect(bell.panel).toHaveAttribute("dir", "ltr");
});

for (const lang of ["ar", "ar-EG", "ar_EG", "ar-u-nu-latn", "fa"]) {
  test(`lang="${lang}": the badge, before and after the program comes, and the bell's name have the same digits`, async ({
    page,
    bell,
    embed,
  }) => {
    let go;
    const held = new Promise((resolve) => (go = resolve));
    await page.route("**/*.wasm", async (route) => {
      await held;
      await route.continue();
    });
    await embed(bellOf(1004), { lang });
    await expect(bell.badge).toBeVisible();
    const early = await bell.badge.textContent();
    go();
    await bell.ready();
    await expect(bell.button).toHaveAccessibleName(new RegExp(early));
    await expect(bell.badge).toHaveText(early);
  });
}
