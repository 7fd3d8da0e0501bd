import assert from "node:assert/strict";
import { test } from "node:test";

import { tell } from "./timeline.mjs";

test("work is told in its order, indented by what it is part of, and what is short is left out", () => {
  const event = (name, ts, dur, more = {}) => ({ name, ph: "X", pid: 1, tid: 1, ts, dur, args: {}, ...more });
  const events = [
    {
      name: "navigationStart",
      ph: "R",
      pid: 1,
      tid: 1,
      ts: 1_000,
      args: { data: { documentLoaderURL: "http://a/bell.html" } },
    },
    event("Layout", 5_000, 2_000),
    event("RunTask", 3_000, 8_000),
    event("Paint", 8_000, 100),
    event("v8.wasm.compile", 4_000, 3_000, { tid: 2 }),
    event("RunTask", 4_000, 3_000, { pid: 2 }),
    event("EvaluateScript", 20_000, 1_500, { args: { data: { url: "http://a/bell.js" } } }),
  ];
  assert.equal(
    tell(events, "bell.html", { bell: 12 }),
    [
      "     2.0 RunTask 8.0 ",
      "     3.0 (elsewhere: v8.wasm.compile 3.0)",
      "     4.0   Layout 2.0 ",
      "    12.0 ---- bell",
      "    19.0 EvaluateScript 1.5 bell.js",
      "",
    ].join("\n"),
  );
});
