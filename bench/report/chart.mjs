// The results as a picture: a panel of bars for each of a few lines of the report. Readable on light and on dark.

import { METRICS } from "./metrics.mjs";
import { numbers } from "./table.mjs";

/** `mark`: another line of the same contender, drawn across its bar; `add`: one that is put on top of it. */
const PANELS = [
  {
    metric: "count",
    profile: "phone",
    title: "Until the count is right, phone",
    mark: "bell",
    legend: "the line: the bell is seen",
  },
  { metric: "open", profile: "phone", title: "First row after a press, phone" },
  { metric: "all-files", profile: "desktop", title: "All files, compressed" },
  { metric: "account", profile: "desktop", title: "Memory, list open", add: "wasm", legend: "fainter: wasm memory" },
];

const WIDTH = 880;
const GAP = 40;
const ROW = 26;
const HEAD = 34;
const FOOT = 26;
const NAME = 80;
const FIGURE = 74;

const STYLE = `
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1c1c1e }
  .title { font-weight: 600; font-size: 14px }
  .legend { font-size: 11px }
  .legend, .figure { fill: #55555c }
  .bar { fill: #9a9aa6 }
  .ours .bar { fill: #2f5fd0 }
  .ours text { font-weight: 600 }
  .more { opacity: 0.45 }
  .mark { stroke: #1c1c1e; stroke-width: 2 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f2f2f5 }
    .legend, .figure { fill: #b4b4bd }
    .bar { fill: #74747f }
    .ours .bar { fill: #7da2ff }
    .mark { stroke: #f2f2f5 }
  }`;

/** The chart as the text of an SVG file; `ours` is the contender that stands out. */
export function chart(results, contenders, ours) {
  const width = (WIDTH - GAP) / 2;
  const height = HEAD + contenders.length * ROW + FOOT;
  const panels = PANELS.map((panel, index) => {
    const place = `translate(${(index % 2) * (width + GAP)} ${Math.floor(index / 2) * (height + 8)})`;
    return `<g transform="${place}">${drawPanel(panel, bars(results, contenders, panel, ours), width)}</g>`;
  });
  const tall = Math.ceil(PANELS.length / 2) * (height + 8);
  const words = `aria-label="${PANELS.map(({ title }) => title).join("; ")}: the figures are in the table"`;
  const size = `viewBox="0 0 ${WIDTH} ${tall}" width="${WIDTH}" height="${tall}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" ${words}>
<style>${STYLE}
</style>
${panels.join("\n")}
</svg>
`;
}

/** What a panel shows of each contender. */
function bars(results, contenders, { metric, profile, mark, add }, ours) {
  const line = (id) => ({ ...METRICS.find((one) => one.id === id), profile });
  const median = (contender, id) => (id ? numbers(results, contender, line(id))?.median : undefined);
  return contenders.flatMap(({ id, name }) => {
    const value = median(id, metric);
    if (value === undefined) return [];
    const more = median(id, add) ?? 0;
    return [{ name, value, more, mark: median(id, mark), text: line(metric).write(value + more), ours: id === ours }];
  });
}

/** One panel: a title, and a bar for each of `rows`, as long as its value is large. */
export function drawPanel({ title, legend }, rows, width) {
  const longest = Math.max(...rows.map(({ value, more = 0 }) => value + more));
  const scale = (value) => ((value / longest) * (width - NAME - FIGURE)).toFixed(1);
  const drawn = rows.map(({ name, value, more = 0, mark, text, ours }, index) => {
    const y = HEAD + index * ROW;
    const end = Number(scale(value + more));
    const second =
      more > 0
        ? `<rect class="bar more" x="${NAME + Number(scale(value))}" y="${y}" width="${scale(more)}" height="16" />`
        : "";
    const at = NAME + Number(scale(mark ?? 0));
    const line = mark === undefined ? "" : `<line class="mark" x1="${at}" x2="${at}" y1="${y - 2}" y2="${y + 18}" />`;
    return `<g${ours ? ' class="ours"' : ""}><text x="0" y="${y + 13}">${escape(name)}</text>
<rect class="bar" x="${NAME}" y="${y}" width="${scale(value)}" height="16" />${second}${line}
<text class="figure" x="${(NAME + end + 8).toFixed(1)}" y="${y + 13}">${escape(text)}</text></g>`;
  });
  const y = HEAD + rows.length * ROW + 8;
  const words = legend ? `\n<text class="legend" x="${NAME}" y="${y}">${escape(legend)}</text>` : "";
  return `<text class="title" x="0" y="16">${escape(title)}</text>\n${drawn.join("\n")}${words}`;
}

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
