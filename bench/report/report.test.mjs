import assert from "node:assert/strict";
import { test } from "node:test";

import { chart, drawPanel } from "./chart.mjs";
import { lines } from "./metrics.mjs";
import { ratio, summary } from "./statistics.mjs";
import { decoding, markdown, medians, numbers, ranges } from "./table.mjs";
import { replaced } from "./write.mjs";

const contenders = [
  { id: "by-hand", name: "by hand" },
  { id: "ours", name: "the bell" },
];

/** Two loads of each contender on the desktop, one more that failed, and the memory. */
const results = {
  runs: contenders.flatMap(({ id }, index) => [
    { contender: id, measure: "load", profile: "desktop", ...loaded(100 * (index + 1)) },
    { contender: id, measure: "load", profile: "desktop", ...loaded(200 * (index + 1)) },
    { contender: id, measure: "load", profile: "desktop", failed: "the browser went away" },
    { contender: id, measure: "memory", profile: "desktop", account: 1_000_000, heap: 900_000, wasm: index * 500_000 },
  ]),
};

function loaded(time) {
  const traffic = { requests: 3, files: 2_000, answers: 1_000 };
  const [toBell, toCount, toEnd] = [traffic, traffic, traffic];
  return {
    bell: time,
    count: time + 10,
    open: 20,
    blocking: 0,
    longTasks: 0,
    rows: 15,
    nodes: 90,
    toBell,
    toCount,
    toEnd,
  };
}

const of = (id) => lines(["desktop"]).find((line) => line.id === id);

test("the middle of an even number of values is between the two in the middle", () => {
  assert.deepEqual(summary([4, 1, 3, 2]), { min: 1, median: 2.5, max: 4, runs: 4 });
  assert.deepEqual(summary([10, 9, 100]), { min: 9, median: 10, max: 100, runs: 3 });
});

test("values that are missing do not count, and of none there is no summary", () => {
  assert.deepEqual(summary([undefined, 5, NaN]), { min: 5, median: 5, max: 5, runs: 1 });
  assert.equal(summary([undefined]), undefined);
});

test("a ratio to nothing is no number", () => {
  assert.equal(ratio({ median: 3 }, { median: 2 }), 1.5);
  assert.equal(ratio({ median: 3 }, { median: 0 }), undefined);
  assert.equal(ratio({ median: 3 }, undefined), undefined);
});

test("runs that failed are left out", () => {
  assert.deepEqual(numbers(results, "ours", of("bell")), { min: 200, median: 300, max: 400, runs: 2 });
});

test("medians stand side by side, and what was not measured is a dash", () => {
  const table = medians(results, contenders);
  assert.match(table, /^\| \| by hand \| the bell \|\n\|---\|---\|---\|\n/);
  assert.match(table, /\| bell visible, desktop \| 150 ms \| 300 ms \|/);
  assert.match(table, /\| bell visible, phone \| – \| – \|/);
});

test("ranges tell how many times the others a value is", () => {
  assert.match(
    ranges(results, contenders, ["by-hand", "ours"]),
    /\| bell visible \| desktop \| the bell \| 200 ms \| 300 ms \| 400 ms \| 2.00 \| 1.00 \| 2 \|/,
  );
});

test("a table has a line for its head, one of dashes and one for each row", () => {
  assert.equal(markdown(["", "a"], [["b", "c"]]), "| | a |\n|---|---|\n| b | c |\n");
});

test("decoding is told by the number of records, with how many times the other it takes", () => {
  const run = (wasm) => ({ measure: "decode", decoded: [{ records: 1_000, bytes: 400_000, wasm, json: 1_000 }] });
  assert.equal(
    decoding({ runs: [run(3_000), run(2_000), run(9_000), { measure: "decode", failed: "no decoder" }] }).split(
      "\n",
    )[2],
    "| 1,000 | 400,000 | 3,000 µs | 1,000 µs | 3.0 |",
  );
});

test("bars are as long as their values, and what is added follows", () => {
  const panel = drawPanel(
    { title: "Memory & more" },
    [
      { name: "a", value: 50, more: 50, text: "100" },
      { name: "b", value: 25, text: "25" },
    ],
    254,
  );
  const [first, second, third] = [...panel.matchAll(/<rect class="([^"]+)" x="(\d+)" y="\d+" width="([\d.]+)"/g)].map(
    ([, ...values]) => values,
  );
  assert.deepEqual(first, ["bar", "80", "50.0"]);
  assert.deepEqual(second, ["bar more", "130", "50.0"]);
  assert.deepEqual(third, ["bar", "80", "25.0"]);
  assert.match(panel, /Memory &amp; more/);
});

test("the chart is one picture in which ours stands out", () => {
  const picture = chart(
    { runs: results.runs.map((run) => ({ ...run, profile: run.measure === "load" ? "phone" : run.profile })) },
    contenders,
    "ours",
  );
  assert.match(picture, /^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  assert.equal([...picture.matchAll(/class="ours"/g)].length, 3);
  assert.doesNotMatch(picture, /NaN|undefined|Infinity/);
});

test("what is between the marks is made anew, and nothing else", () => {
  const text = "before\n<!-- here -->\nold\n<!-- / -->\nafter\n";
  assert.equal(replaced(text, "here", "new"), "before\n<!-- here -->\n\nnew\n<!-- / -->\nafter\n");
  assert.throws(() => replaced(text, "elsewhere", "new"), /elsewhere/);
});
