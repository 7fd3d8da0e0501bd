// Where the time goes: a trace of one load and one press, kept for chrome://tracing, and what the page's thread did in it.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { tell } from "../report/timeline.mjs";
import { notes, open, press } from "./browser.mjs";

const CATEGORIES = [
  "devtools.timeline",
  "blink.user_timing",
  "loading",
  "v8",
  "v8.wasm",
  "disabled-by-default-v8.compile",
  "disabled-by-default-v8.wasm.detailed",
  "disabled-by-default-devtools.timeline",
];
export async function trace(browser, server, contender, profile) {
  const { context, page, seen, problems } = await open(browser, server, contender, profile, "few");
  const path = fileURLToPath(new URL(`../../target/bench/trace-${contender.id}-${profile}.json`, import.meta.url));
  await browser.startTracing(page, { path, categories: CATEGORIES });
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen("count");
  await page.waitForLoadState("networkidle");
  await press(page, contender);
  await seen("rows");
  await page.waitForTimeout(500);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const { seen: times, clicked } = await notes(page);
  await context.close();
  const text = tell(traceEvents, `${contender.id}.html`, { ...times, clicked });
  writeFileSync(path.replace(".json", ".txt"), text);
  return { problems };
}
