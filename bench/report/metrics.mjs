// What is reported, in this order: where a number comes from, what it is called, how it is written.

const ms = (value) => `${value < 100 ? value.toFixed(0) : Math.round(value)} ms`;
const count = (value) => Math.round(value).toLocaleString("en");
const kilobytes = (value) => `${(value / 1000).toFixed(1)} KB`;
const megabytes = (value) => `${(value / 1e6).toFixed(2)} MB`;

/** `both`: measured on both profiles. */
export const METRICS = [
  { id: "bell", measure: "load", both: true, name: "bell visible", of: (run) => run.bell, write: ms },
  { id: "count", measure: "load", both: true, name: "count visible", of: (run) => run.count, write: ms },
  { id: "open", measure: "load", both: true, name: "first row after a press", of: (run) => run.open, write: ms },
  {
    id: "hurry",
    measure: "hurry",
    name: "pressed the moment it is seen: rows after navigation",
    of: (run) => run.first.rows,
    write: ms,
    phone: true,
  },
  {
    id: "hurry-whole",
    measure: "hurry",
    name: "the same: rows with all that can be done with them",
    of: (run) => run.first.whole,
    write: ms,
    phone: true,
  },
  {
    id: "hurry-again",
    measure: "hurry",
    name: "the same, second visit: files cached",
    of: (run) => run.again.rows,
    write: ms,
    phone: true,
  },
  {
    id: "host",
    measure: "host",
    name: "the page's largest content is there, beside the same page without a bell",
    of: (run) => run.paint / run.without,
    write: (value) => `${value.toFixed(2)} ×`,
    phone: true,
  },
  {
    id: "open-many",
    measure: "crowd",
    both: true,
    name: "the same, 10,000 loaded",
    of: (run) => run.openMany,
    write: ms,
  },
  {
    id: "blocking",
    measure: "load",
    both: true,
    name: "blocked until the count",
    of: (run) => run.blocking,
    write: ms,
  },
  {
    id: "long-tasks",
    measure: "load",
    both: true,
    name: "long tasks until the count",
    of: (run) => run.longTasks,
    write: count,
  },
  {
    id: "to-bell",
    measure: "load",
    name: "files until the bell",
    of: (run) => run.toBell.files,
    write: kilobytes,
    phone: true,
  },
  {
    id: "to-count",
    measure: "load",
    name: "files until the count",
    of: (run) => run.toCount.files,
    write: kilobytes,
    phone: true,
  },
  { id: "all-files", measure: "load", name: "all files", of: (run) => run.toEnd.files, write: kilobytes },
  {
    id: "patience",
    measure: "patience",
    name: 'all files where nobody comes near, `loading="intent"`',
    of: (run) => run.files,
    write: kilobytes,
  },
  {
    id: "answers",
    measure: "load",
    name: "API answers until the count",
    of: (run) => run.toCount.answers,
    write: kilobytes,
    phone: true,
  },
  {
    id: "requests",
    measure: "load",
    name: "requests until the count",
    of: (run) => run.toCount.requests,
    write: count,
    phone: true,
  },
  {
    id: "requests-all",
    measure: "load",
    name: "requests in all, list closed",
    of: (run) => run.toEnd.requests,
    write: count,
  },
  { id: "rows", measure: "load", name: "rows in the page, list open", of: (run) => run.rows, write: count },
  { id: "nodes", measure: "load", name: "DOM nodes, list open", of: (run) => run.nodes, write: count },
  {
    id: "rows-many",
    measure: "crowd",
    name: "rows in the page, 10,000 loaded",
    of: (run) => run.rowsMany,
    write: count,
  },
  { id: "nodes-many", measure: "crowd", name: "DOM nodes, 10,000 loaded", of: (run) => run.nodesMany, write: count },
  {
    id: "account",
    measure: "memory",
    name: "memory, list open: the browser's account",
    of: (run) => run.account,
    write: megabytes,
  },
  { id: "heap", measure: "memory", name: "of it JavaScript's heap", of: (run) => run.heap, write: megabytes },
  { id: "wasm", measure: "memory", name: "beside it wasm memory", of: (run) => run.wasm, write: megabytes },
  ...["watched", "hidden"].flatMap((state) => {
    const words = { watched: "seen for ten minutes", hidden: "hidden for an hour" }[state];
    return [
      ["requests", "requests"],
      ["frames", "socket messages sent"],
      ["timers", "timers fired"],
    ].map(([id, name]) => ({
      id: `${state}-${id}`,
      measure: "idle",
      name: `${words}: ${name}`,
      of: (run) => run[state][id],
      write: count,
    }));
  }),
];

/** The rows of the report: each metric on each profile that it is reported for. */
export function lines(profiles) {
  return METRICS.flatMap((metric) => {
    const wanted = metric.both ? profiles : [metric.phone ? "phone" : "desktop"];
    return wanted.map((profile) => ({ ...metric, profile, key: `${metric.id} ${profile}` }));
  });
}
