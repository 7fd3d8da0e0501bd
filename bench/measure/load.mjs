// One cold load: until the bell is seen, until the count is, until the first row is after a press; and what it cost.

import { notes, open, press } from "./browser.mjs";
import { watch } from "./traffic.mjs";

export async function load(browser, server, contender, profile) {
  const { context, page, client, seen, problems } = await open(browser, server, contender, profile, "few");
  const traffic = watch(client);
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen("bell");
  await seen("count");
  await page.waitForLoadState("networkidle");
  const loaded = await notes(page);
  await press(page, contender);
  await seen("rows");
  await page.waitForTimeout(500);
  const opened = await notes(page);
  const rows = await page.evaluate(`(${contender.seen.rows})().length`);
  await context.close();

  const { bell, count } = loaded.seen;
  const before = loaded.longTasks.filter(({ startTime }) => startTime < count);
  const at = (time) => traffic.until(time, loaded.origin);
  return {
    bell,
    count,
    open: opened.seen.rows - opened.clicked,
    rows,
    nodes: opened.nodes,
    nodesClosed: loaded.nodes,
    longTasks: before.length,
    blocking: before.reduce((sum, { duration }) => sum + duration - 50, 0),
    toBell: at(bell),
    toCount: at(count),
    toEnd: at(Number.MAX_SAFE_INTEGER),
    problems,
  };
}
