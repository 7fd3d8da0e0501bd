// Where the time goes: a trace of one load and one press, kept for chrome://tracing, and what the page's thread did in it.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { notes, open, press, seen } from "./browser.mjs";

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
/** What takes less is not told. */
const LEAST = 1;

export async function trace(browser, server, contender, profile) {
  const { context, page, problems } = await open(browser, server, contender, profile, "few");
  const path = fileURLToPath(new URL(`../../target/bench/trace-${contender.id}-${profile}.json`, import.meta.url));
  await browser.startTracing(page, { path, categories: CATEGORIES });
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen(page, "count");
  await page.waitForLoadState("networkidle");
  await press(page, contender);
  await seen(page, "rows");
  await page.waitForTimeout(500);
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const { seen: times, clicked } = await notes(page);
  await context.close();
  const text = tell(traceEvents, `${contender.id}.html`, { ...times, clicked });
  writeFileSync(path.replace(".json", ".txt"), text);
  return { problems };
}

/** The page's thread from the beginning of the navigation, a line for each piece of work, indented by what it is part of. */
export function tell(events, address, marks) {
  const start = events.find(({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL?.endsWith(address));
  const main = ({ pid, tid }) => pid === start.pid && tid === start.tid;
  const ms = (time) => (time - start.ts) / 1_000;
  const lines = Object.entries(marks).map(([name, at]) => ({ at, depth: 0, text: `---- ${name}` }));
  const ends = [];
  const work = events.filter(({ ph, dur, ts }) => ph === "X" && dur >= LEAST * 1_000 && ts >= start.ts);
  for (const event of work.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    const took = (event.dur / 1_000).toFixed(1);
    if (main(event)) {
      while (ends.length > 0 && ends.at(-1) <= event.ts) ends.pop();
      const depth = ends.push(event.ts + event.dur) - 1;
      lines.push({ at: ms(event.ts), depth, text: `${event.name} ${took} ${detail(event.args)}` });
    } else if (/wasm|compil/i.test(event.name) && event.pid === start.pid) {
      lines.push({ at: ms(event.ts), depth: 0, text: `(elsewhere: ${event.name} ${took})` });
    }
  }
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, depth, text }) => `${at.toFixed(1).padStart(8)} ${"  ".repeat(depth)}${text}\n`)
    .join("");
}

const detail = ({ data = {} } = {}) =>
  [data.functionName, (data.url ?? data.fileName ?? "").split("/").at(-1), data.lineNumber, data.columnNumber].filter(Boolean).join(":");
