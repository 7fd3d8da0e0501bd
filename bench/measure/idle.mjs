// An hour in the background. The page is told that it is hidden; its clock (timers, Date, performance, frames) is moved by
// hand, five seconds at a time, and sockets have a moment to be answered in between. So every timer that is set fires
// when it is due; a browser would make those of a hidden page late, and no fewer.

import { setHidden } from "../../e2e/support/page.mjs";
import { open } from "./browser.mjs";

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
  const requests = [];
  const frames = [];
  const sockets = [];
  page.on("request", (request) => requests.push(`${request.method()} ${new URL(request.url()).pathname}`));
  page.on("websocket", (socket) => {
    sockets.push(socket.url());
    socket.on("framesent", () => frames.push(socket.url()));
  });
  await page.clock.install();
  await page.addInitScript(countTimers);
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  await seen("count");
  await page.waitForTimeout(1_000);
  await setHidden(page, true);
  await page.waitForTimeout(1_000);
  await page.clock.pauseAt(Date.now() + 5_000);
  const before = { requests: requests.length, frames: frames.length, sockets: sockets.length };
  const timers = await page.evaluate(() => window.benchTimers);
  for (let second = STEP; second <= HOUR; second += STEP) {
    await page.clock.runFor(STEP * 1_000);
    await server.pulse(second);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const result = {
    idleRequests: requests.length - before.requests,
    idleFrames: frames.length - before.frames,
    idleSockets: sockets.length - before.sockets,
    idleTimers: (await page.evaluate(() => window.benchTimers)) - timers,
    workers: page.workers().length,
    problems,
  };
  await context.close();
  return result;
}
