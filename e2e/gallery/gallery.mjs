// A picture of each state of the bell, in each look: `cargo xtask gallery` runs it.
//
// node gallery/gallery.mjs FOLDER [WORDS]: only pictures with these words (or this pattern) in their name.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

import { chromium as system } from "../support/browsers.mjs";
import { Bell } from "../support/bell.mjs";
import { Sandbox } from "../support/sandbox.mjs";
import { Site } from "../support/site.mjs";
import { writeIndex } from "./index-page.mjs";
import { LOOKS } from "./looks.mjs";
import { markup, style } from "./page.mjs";
import { STATES } from "./states.mjs";

/** Pages that are drawn at the same time, each with a sandbox of its own: faults are for all pages of a sandbox. */
const LANES = 2;

const [folder, words = ""] = process.argv.slice(2);

/** All pictures: `{name, state, look}`, look by look. */
function pictures() {
  const all = Object.entries(LOOKS).flatMap(([look, { states = Object.keys(STATES) }]) =>
    states.map((state) => ({ name: `${look}-${state}`, state, look })),
  );
  return all.filter(({ name }) => new RegExp(words).test(name));
}

async function take(browser, sandbox, site, { name, state, look }) {
  const { attributes, arrange = async () => {}, css = "", body, init } = STATES[state];
  const { context: options, attributes: more, fontSize, lang = "en", dir = "ltr" } = LOOKS[look];
  await sandbox.reset();
  const context = await browser.newContext({
    viewport: { width: 560, height: 700 },
    deviceScaleFactor: 2,
    reducedMotion: "reduce",
    ...options,
  });
  if (init) await context.addInitScript(init);
  const page = await context.newPage();
  if (fontSize) {
    const client = await context.newCDPSession(page);
    await client.send("Page.setFontSizes", { fontSizes: { standard: fontSize } });
  }
  const bell = new Bell(page.locator("coworker-notifications").first());
  const go = async () => {
    const path = site.page(markup({ ...attributes, ...more }, { dir, body }), {
      lang,
      head: `<style>${style}${css}</style>`,
    });
    await page.goto(sandbox.url + path);
  };
  try {
    await arrange({ page, bell, sandbox, go, context });
    await page.screenshot({ path: join(folder, `${name}.png`) });
    // What a screen reader finds, beside what the eye sees.
    writeFileSync(join(folder, `${name}.txt`), await bell.element.ariaSnapshot());
    return null;
  } catch (error) {
    return `${name}: ${error.message.split("\n")[0]}`;
  } finally {
    await context.close();
  }
}

async function lane(browser, queue, failures) {
  const site = new Site();
  const sandbox = await Sandbox.start(site.folder);
  for (let picture = queue.shift(); picture; picture = queue.shift()) {
    const failure = await take(browser, sandbox, site, picture);
    if (failure) failures.push(failure);
  }
  await sandbox.stop();
  site.remove();
}

if (!words) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const all = pictures();
const queue = [...all];
const failures = [];
const browser = await chromium.launch(system.launchOptions);
await Promise.all(Array.from({ length: LANES }, () => lane(browser, queue, failures)));
await browser.close();
const index = writeIndex(folder);

for (const failure of failures) process.stderr.write(`${failure}\n`);
process.stdout.write(`${all.length - failures.length} of ${all.length} pictures, ${index}\n`);
process.exitCode = failures.length > 0 ? 1 : 0;
