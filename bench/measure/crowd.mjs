// Ten thousand notifications loaded: how long the list takes to open, and how much is in the page then.

import { notes, open, press } from "./browser.mjs";
import { MANY } from "../server/notifications.mjs";

/** How long a list may take to open. */
const PATIENCE = 180_000;

export async function crowd(browser, server, contender, profile) {
  await server.crowd("many", contender.loadAll ? undefined : MANY);
  // The network is not slowed: what is measured begins when all has been loaded.
  const { context, page, seen, problems } = await open(browser, server, contender, profile, "many", { network: false });
  await page.goto(`${server.url}/${contender.id}-many.html`, { waitUntil: "load" });
  await seen("count", PATIENCE);
  if (contender.loadAll) await page.evaluate(`(${contender.loadAll})()`);
  await page.waitForLoadState("networkidle");
  await press(page, contender);
  await seen("rows", PATIENCE);
  await page.waitForTimeout(500);
  const { seen: times, clicked, nodes } = await notes(page);
  const rows = await page.evaluate(`(${contender.seen.rows})().length`);
  await context.close();
  await server.crowd("few");
  return { openMany: times.rows - clicked, rowsMany: rows, nodesMany: nodes, problems };
}
