// What a page holds once the list is open: JavaScript's heap after a collection, the wasm's memory, and the browser's own
// account of the page (performance.measureUserAgentSpecificMemory), which has both and the DOM.

import { notes, open, press } from "./browser.mjs";

/** Has the browser measure at once, where it would wait for its next collection. */
export const FLAG = "--enable-blink-features=ForceEagerMeasureMemory";

export async function memory(browser, server, contender) {
  const { context, page, client, seen, problems } = await open(browser, server, contender, "desktop", "few");
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen("count");
  await press(page, contender);
  await seen("rows");
  await page.waitForTimeout(1_000);
  await client.send("Performance.enable");
  await client.send("HeapProfiler.enable");
  for (let times = 0; times < 3; times += 1) await client.send("HeapProfiler.collectGarbage");
  const { metrics } = await client.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  const { wasm } = await notes(page);
  const account = await page.evaluate(async () => (await performance.measureUserAgentSpecificMemory()).bytes);
  await context.close();
  return { heap, wasm, account, problems };
}
