// A bell that comes and goes a thousand times leaves nothing behind.

import { bellOf, test, expect } from "../support/test.mjs";

/** So many that a hundred bytes of each would need another page (64 KiB) of WebAssembly's memory. */
const TIMES = 1_000;
/** What a browser may keep for itself, such as compiled code. */
const SPARE = 400_000;

/** How far a bell gets before it is removed: its program is not there yet; it is drawn; its list is open. */
const [EARLY, DRAWN, OPEN] = [0, 1, 2];

/** So many stand on the page at one time. */
const AT_ONCE = 20;

/** Mounts and removes so many bells, which get as far as these in turn. A removed one is gone a second later. */
const mountAndRemove = async ([markup, times, far, atOnce]) => {
  for (let turn = 0; turn < times; turn += atOnce) {
    const bells = [];
    for (let nth = turn; nth < turn + atOnce; nth += 1) {
      const stage = far[nth % far.length];
      document.body.insertAdjacentHTML("beforeend", markup);
      const bell = document.body.lastElementChild;
      bells.push(bell);
      if (stage > 0) {
        await bell.updateComplete;
      }
      if (stage > 1) {
        bell.show();
        await bell.updateComplete;
      }
    }
    bells.forEach((bell) => bell.remove());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
  }
};

test("a thousand bells leave neither memory nor listeners behind", { tag: "@devtools" }, async ({ page, embed, site }) => {
  test.setTimeout(180_000);
  await embed("");
  await page.evaluate(() => (window.bellEvents = { push() {} }));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.enable");
  const measure = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    const { metrics } = await devtools.send("Performance.getMetrics");
    const value = (name) => metrics.find((metric) => metric.name === name).value;
    const wasm = await page.evaluate(async (path) => {
      const program = await import(path);
      return (await program.default()).memory.buffer.byteLength;
    }, `/${site.beside("js")}`);
    return { heap: value("JSHeapUsedSize"), listeners: value("JSEventListeners"), nodes: value("Nodes"), wasm };
  };

  // What comes once: the program, its caches, compiled code; and the most memory that is needed at a time, which is when
  // an open list goes and the next one comes at once. Memory never shrinks, so it must not grow any more after that.
  await page.evaluate(mountAndRemove, [bellOf(1004), 100, [OPEN], AT_ONCE]);
  const before = await measure();
  await page.evaluate(mountAndRemove, [bellOf(1004), TIMES, [EARLY, DRAWN, OPEN], AT_ONCE]);
  const after = await measure();
  test.info().annotations.push({ type: "measured", description: JSON.stringify({ before, after }) });
  if (process.env.MEASURE) {
    process.stdout.write(`${TIMES} bells: ${JSON.stringify({ before, after })}\n`);
  }

  expect(after.listeners).toBe(before.listeners);
  expect(after.nodes).toBe(before.nodes);
  expect(after.wasm).toBe(before.wasm);
  expect(after.heap - before.heap).toBeLessThan(SPARE);
});
