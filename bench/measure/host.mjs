// What the bell costs the page around it: when the page's largest content is painted (Largest Contentful Paint), beside
// the same page without a bell. Both are cold.

import { open } from "./browser.mjs";

export async function host(browser, server, contender, profile) {
  const without = await paint("without-content.html");
  const own = await paint(`${contender.id}-content.html`);
  return { without: without.time, paint: own.time, problems: own.problems };

  async function paint(path) {
    const { context, page, problems } = await open(browser, server, contender, profile, "few");
    await page.goto(`${server.url}/${path}`, { waitUntil: "load" });
    await page.waitForLoadState("networkidle");
    const time = await page.evaluate(
      () =>
        new Promise((resolve) =>
          new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime)).observe({
            type: "largest-contentful-paint",
            buffered: true,
          }),
        ),
    );
    await context.close();
    return { time, problems };
  }
}
