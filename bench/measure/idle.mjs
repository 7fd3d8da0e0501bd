// An hour in the background. The page is told that it is hidden; its clock (timers, Date, performance, frames) is moved by
// hand, five seconds at a time, and sockets have a moment to be answered in between. So every timer that is set fires
// when it is due; a browser would make those of a hidden page late, and no fewer.

import { setHidden } from "../../e2e/support/page.mjs";
import { open } from "./browser.mjs";

/** Seconds: seen, which shows that the clock moves them, and hidden. */
const WATCHED = 600;
const HOUR = 3_600;
const STEP = 5;

/** Counts the timers that fire. Runs after the clock has been replaced. */
function countTimers() {
  window.benchTimers = 0;
  for (const name of ["setTimeout", "setInterval"]) {
    const set = window[name];
    window[name] = (call, ...values) =>
      set(
        typeof call !== "function"
          ? call
          : function (...given) {
              window.benchTimers += 1;
              return call.apply(this, given);
            },
        ...values,
      );
  }
}

export async function idle(browser, server, contender) {
  const { context, page, seen, problems } = await open(browser, server, contender, "desktop", "few");
  const counts = { requests: 0, frames: 0 };
  page.on("request", () => (counts.requests += 1));
  page.on("websocket", (socket) => {
    counts.requests += 1;
    socket.on("framesent", () => (counts.frames += 1));
  });
  await page.clock.install();
  await page.addInitScript(countTimers);
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen("count");
  await page.waitForTimeout(1_000);
  await page.clock.pauseAt(Date.now() + 5_000);
  const watched = await during(WATCHED);
  await setHidden(page, true);
  // What is hidden may have something to put in order first.
  await during(60);
  const hidden = await during(HOUR);
  const workers = page.workers().length;
  await context.close();
  return { watched, hidden, workers, problems };

  /** What happens in so many seconds of the page's time. */
  async function during(seconds) {
    const timers = () => page.evaluate(() => window.benchTimers);
    const before = { ...counts, timers: await timers() };
    for (let second = STEP; second <= seconds; second += STEP) {
      await page.clock.runFor(STEP * 1_000);
      await server.pulse(second);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return {
      requests: counts.requests - before.requests,
      frames: counts.frames - before.frames,
      timers: (await timers()) - before.timers,
    };
  }
}
