// A bell that comes and goes a thousand times leaves nothing behind.

import { bellOf, test, expect } from "../support/test.mjs";

const TIMES = 1_000;
/** What a browser may keep for itself, such as compiled code. */
const SPARE = 400_000;
/** WebAssembly's memory grows by pages, and what is free in it lies in pieces: one page more is no leak. */
const PAGE = 65_536;

/** Mounts and removes so many bells: before their program is there, once they are drawn, with an open list. */
const mountAndRemove = async ([markup, times]) => {
  for (let turn = 0; turn < times; turn += 1) {
    document.body.insertAdjacentHTML("beforeend", markup);
    const bell = document.body.lastElementChild;
    if (turn % 3 > 0) {
      await bell.updateComplete;
    }
    if (turn % 3 > 1) {
      await new Promise((resolve) => bell.addEventListener("cn-ready", resolve, { once: true }));
      bell.show();
      await bell.updateComplete;
    }
    bell.remove();
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
};

test("a thousand bells leave neither memory nor listeners behind", async ({ page, embed }) => {
  test.setTimeout(180_000);
  await embed("");
  await page.evaluate(() => (window.bellEvents = { push() {} }));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name).value;
    const wasm = await page.evaluate(async () => {
      const program = await import("/coworker-notifications_bg.js");
      return (await program.default()).memory.buffer.byteLength;
    });
    return { heap: value("JSHeapUsedSize"), listeners: value("JSEventListeners"), nodes: value("Nodes"), wasm };
  };

  // What comes once: the program, its caches, compiled code.
  await page.evaluate(mountAndRemove, [bellOf(1004), 100]);
  const before = await measure();
  await page.evaluate(mountAndRemove, [bellOf(1004), TIMES]);
  const after = await measure();
  test.info().annotations.push({ type: "measured", description: JSON.stringify({ before, after }) });
  if (process.env.MEASURE) {
    process.stdout.write(`${TIMES} bells: ${JSON.stringify({ before, after })}\n`);
  }

  expect(after.listeners).toBe(before.listeners);
  expect(after.nodes).toBe(before.nodes);
  expect(after.wasm - before.wasm).toBeLessThanOrEqual(PAGE);
  expect(after.heap - before.heap).toBeLessThan(SPARE);
});
