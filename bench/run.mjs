// What a page pays for a bell: this one, one written by hand, and others. `cargo xtask bench` prepares what is needed and
// runs this.
//
// Measures in rounds, every contender once in each, and writes all runs to target/bench/results.json, from which the
// tables and the chart are made. See --help.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { buildSite } from "./contenders/build.mjs";
import { contenders as all } from "./contenders/index.mjs";
import { launch } from "./measure/browser.mjs";
import { crowd } from "./measure/crowd.mjs";
import { decode } from "./measure/decode.mjs";
import { hurry } from "./measure/hurry.mjs";
import { idle } from "./measure/idle.mjs";
import { load } from "./measure/load.mjs";
import { FLAG, memory } from "./measure/memory.mjs";
import { host } from "./measure/host.mjs";
import { patience } from "./measure/patience.mjs";
import { decoding, medians, ranges } from "./report/table.mjs";
import { writeDocs } from "./report/write.mjs";
import { pictures } from "./measure/pictures.mjs";
import { trace } from "./measure/trace.mjs";
import { startServer } from "./server/start.mjs";

const HELP = `node run.mjs [options]
  --rounds N          how many rounds (9)
  --append            keep the runs of target/bench/results.json and add to them
  --only WHAT         load, hurry, host, patience, crowd, memory, idle, decode, pictures, trace; several with
                      commas (all but the last two)
  --contender ID      ${all.map(({ id }) => id).join(", ")}; several with commas (all)
  --profile NAME      desktop or phone (both)
  --report            measure nothing, print the tables of what is there
  --docs              write the medians and the chart to docs/
`;

const target = (path) => fileURLToPath(new URL(`../target/bench/${path}`, import.meta.url));
const RESULTS = target("results.json");

const { values: options } = parseArgs({
  options: {
    rounds: { type: "string", default: "9" },
    append: { type: "boolean" },
    only: { type: "string", default: "load,hurry,host,patience,crowd,memory,idle,decode" },
    contender: { type: "string" },
    profile: { type: "string", default: "desktop,phone" },
    report: { type: "boolean" },
    docs: { type: "boolean" },
    help: { type: "boolean" },
  },
});

const MEASURES = {
  load: { run: load, profiles: ["desktop", "phone"] },
  hurry: { run: hurry, profiles: ["phone"] },
  host: { run: host, profiles: ["phone"] },
  patience: { run: patience, profiles: ["desktop"], contenders: ["ours"] },
  crowd: { run: crowd, profiles: ["desktop", "phone"] },
  memory: { run: memory, profiles: ["desktop"] },
  idle: { run: idle, profiles: ["desktop"] },
  decode: { run: decode, profiles: ["desktop"], contenders: ["ours"] },
  pictures: { run: pictures, profiles: ["desktop"] },
  trace: { run: trace, profiles: ["desktop", "phone"] },
};

if (options.help) {
  process.stdout.write(HELP);
} else {
  const results =
    (options.append || options.report) && existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS)) : { runs: [] };
  if (!options.report) await measure(results);
  process.stdout.write(
    [ranges(results, all, ["by-hand", "ours"]), medians(results, all), decoding(results)].join("\n"),
  );
  if (options.docs) writeDocs(results, all);
}

async function measure(results) {
  mkdirSync(target(""), { recursive: true });
  const wanted = (list, text) => list.filter((name) => !text || text.split(",").includes(name));
  const contenders = all.filter(({ id }) => wanted([id], options.contender).length > 0);
  await buildSite(contenders, target("site"));
  const server = await startServer(target("site"));
  await server.crowd("few");
  const browser = await launch(FLAG);
  results.machine = machine(browser);
  results.contenders = Object.fromEntries(all.map(({ id, about }) => [id, about]));
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const name of wanted(Object.keys(MEASURES), options.only)) {
      const { run, profiles, contenders: few } = MEASURES[name];
      for (const profile of wanted(profiles, options.profile)) {
        // Everybody is first in one round and last in another.
        const turn = round % contenders.length;
        for (const contender of [...contenders.slice(turn), ...contenders.slice(0, turn)]) {
          if (few && !few.includes(contender.id)) continue;
          results.runs.push({
            contender: contender.id,
            measure: name,
            profile,
            ...(await attempt(run, contender, profile)),
          });
        }
        writeFileSync(RESULTS, JSON.stringify(results));
      }
    }
  }
  await browser.close();
  server.stop();

  async function attempt(run, contender, profile) {
    try {
      return await run(browser, server, contender, profile);
    } catch (error) {
      process.stderr.write(`${contender.id}, ${profile}: ${error.message}\n`);
      for (const context of browser.contexts()) await context.close();
      await server.crowd("few");
      await server.cache(false);
      return { failed: error.message };
    }
  }
}

function machine(browser) {
  const [{ model }] = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  return { browser: browser.version(), node: process.version, processor: `${cpus().length} × ${model}`, commit };
}
