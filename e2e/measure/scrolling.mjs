// How smoothly ten thousand rows scroll: `node measure/scrolling.mjs`, after `cargo xtask gallery` or the end-to-end
// tests have built what is needed. Prints one line; decides nothing.

import { chromium } from "@playwright/test";

import { chromium as system } from "../support/browsers.mjs";
import { Bell } from "../support/bell.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { Site } from "../support/site.mjs";
import { bellOf } from "../support/test.mjs";

const SECONDS = 5;
/** A hard flick of the wheel: pixels a frame. */
const STEP = 120;

const site = new Site();
const sandbox = await Sandbox.start(site.folder);
const browser = await chromium.launch(system.launchOptions);
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const bell = new Bell(page.locator("coworker-notifications"));
await page.goto(sandbox.url + site.page(bellOf(1003, { "page-size": 100, "poll-interval": 0 })));
await bell.openList();
await bell.element.evaluate(async (element) => {
  for (let page = 1; page < 100; page += 1) await element.loadMore();
});

const client = await page.context().newCDPSession(page);
await client.send("Performance.enable");
/** Seconds that the page's thread has been busy since it began. */
const busy = async () => {
  const { metrics } = await client.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration").value;
};

const before = await busy();
const { frames, count, longest, late, rows } = await bell.element.evaluate(
  (element, [seconds, step]) =>
    new Promise((resolve) => {
      const scroller = element.shadowRoot.querySelector(".scroller");
      const times = [];
      let rows = 0;
      const start = performance.now();
      const frame = (now) => {
        times.push(now);
        scroller.scrollTop += step;
        rows = Math.max(rows, element.shadowRoot.querySelectorAll("[part=item]").length);
        if (now - start < seconds * 1_000) return requestAnimationFrame(frame);
        const gaps = times.slice(1).map((time, index) => time - times[index]);
        const late = gaps.filter((gap) => gap > 25).length;
        const frames = gaps.length / ((times.at(-1) - times[0]) / 1_000);
        resolve({ frames, count: gaps.length, longest: Math.max(...gaps), late, rows });
      };
      requestAnimationFrame(frame);
    }),
  [SECONDS, STEP],
);
const work = (((await busy()) - before) / count) * 1_000;
const loaded = (await bell.ids()).length;
process.stdout.write(
  `${loaded} rows loaded, at most ${rows} in the DOM: ${frames.toFixed(1)} frames a second over ${SECONDS} s at ${STEP} px ` +
    `a frame, ${work.toFixed(1)} ms of work each; ${late} later than 25 ms, the longest ${longest.toFixed(0)} ms\n`,
);
await browser.close();
await sandbox.stop();
site.remove();
