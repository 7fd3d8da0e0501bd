// Somebody who presses the bell the moment it is seen: on the first visit, with nothing cached, and on the second, with
// the files of the page cached. Times are since the navigation.

import { notes, open, press } from "./browser.mjs";

export async function hurry(browser, server, contender, profile) {
  await server.cache(true);
  const { context, page, seen, problems } = await open(browser, server, contender, profile, "few");
  const visit = async () => {
    seen.forget();
    await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "commit" });
    await seen("bell");
    await press(page, contender);
    await seen("rows", 20_000);
    await seen("whole", 20_000);
    const { seen: times, clicked } = await notes(page);
    return { bell: times.bell, clicked, rows: times.rows, whole: times.whole };
  };
  const first = await visit();
  // What is fetched for later is there before the second visit.
  await page.waitForLoadState("networkidle");
  await page.goto(`${server.url}/blank.html`);
  const again = await visit();
  await context.close();
  await server.cache(false);
  return { first, again, problems };
}
