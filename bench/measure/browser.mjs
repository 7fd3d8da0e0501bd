// The browser, the two kinds of machine it plays, and a page with the probe in it.

import { EventEmitter, once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const probe = readFileSync(new URL("probe.js", import.meta.url), "utf8");

export const PROFILES = {
  desktop: { context: { viewport: { width: 1280, height: 800 } } },
  phone: {
    context: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    cpu: 4,
    network: { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 },
  },
};

export function launch(...more) {
  const chrome = process.env.CHROME ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
  // The browser's record of requests has the line of script that each began at. V8 reads the script again to know it,
  // unless it keeps the lines from the beginning; the second would not be there without a record and costs everybody
  // as much as their script is long.
  const args = ["--js-flags=--no-enable-lazy-source-positions"];
  args.push(
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    ...more,
  );
  // Chrome's sandbox refuses to work for root.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath: chrome, args });
}

/** A cold page on a profile: nothing cached, the process there, the probe in place. */
export async function open(browser, server, contender, profile, size, overrides = {}) {
  const { context: options, cpu, network } = { ...PROFILES[profile], ...overrides };
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${server.url}/blank.html`);
  const { bell, count, rows, whole = rows } = contender.seen;
  const texts = { countText: contender.count[size], rowText: size === "few" ? "(25)" : "(10000)" };
  const values = `{ bell: ${bell}, count: ${count}, rows: ${rows}, whole: ${whole}, ...${JSON.stringify(texts)} }`;
  await page.addInitScript({ content: `${probe}\nprobe(${values});` });
  const client = await context.newCDPSession(page);
  const seen = await sightings(client);
  if (cpu) await client.send("Emulation.setCPUThrottlingRate", { rate: cpu });
  await client.send("Network.enable");
  if (network) await client.send("Network.emulateNetworkConditions", { offline: false, ...network });
  return { context, page, client, seen, problems };
}

/**
 * Has the probe tell what it sees, by a binding of the browser's: whatever Playwright could ask the page would run a
 * script of 300 KB in it, in the middle of what is measured. Returns a function that waits until something has been seen;
 * its `forget` is for another page.
 */
async function sightings(client) {
  const known = new Set();
  const sighting = new EventEmitter();
  await client.send("Runtime.enable");
  await client.send("Runtime.addBinding", { name: "benchTell" });
  client.on("Runtime.bindingCalled", ({ payload }) => {
    known.add(payload);
    sighting.emit(payload);
  });
  const seen = async (name, timeout = 60_000) => {
    if (!known.has(name)) await once(sighting, name, { signal: AbortSignal.timeout(timeout) });
  };
  return Object.assign(seen, { forget: () => known.clear() });
}

export const notes = (page) =>
  page.evaluate(() => {
    const { seen, longTasks, clicked, memories } = window.benchNotes;
    const wasm = memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
    return { seen, longTasks, clicked, wasm, origin: performance.timeOrigin, nodes: window.benchNodes() };
  });

/** Presses the bell where it is. */
export async function press(page, contender) {
  const { x, y } = await page.evaluate(`(() => {
    const { left, top, width, height } = (${contender.seen.bell})().getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2 };
  })()`);
  await page.mouse.click(x, y);
}
