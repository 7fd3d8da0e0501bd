// The results as tables in Markdown.

import { lines } from "./metrics.mjs";
import { ratio, summary } from "./statistics.mjs";

/** What one contender's runs say about one line of the report. */
export const numbers = (results, contender, { measure, profile, of }) =>
  summary(
    results.runs
      .filter((run) => run.contender === contender && run.measure === measure && run.profile === profile && !run.failed)
      .map(of),
  );

/** Medians side by side: a row for each line of the report, a column for each contender. */
export function medians(results, contenders) {
  const rows = lines(["desktop", "phone"]).map((line) => {
    const cells = contenders.map(({ id }) => {
      const found = numbers(results, id, line);
      return found ? line.write(found.median) : "–";
    });
    return [`${line.name}${line.both ? `, ${line.profile}` : ""}`, ...cells];
  });
  return markdown(["", ...contenders.map(({ name }) => name)], rows);
}

/** Every line of the report with smallest, middle and largest, and how many times the first two contenders it is. */
export function ranges(results, contenders, [first, second]) {
  const rows = lines(["desktop", "phone"]).flatMap((line) =>
    contenders.flatMap(({ id, name }) => {
      const found = numbers(results, id, line);
      if (!found) return [];
      const times = [first, second].map((other) => ratio(found, numbers(results, other, line))?.toFixed(2) ?? "–");
      const { min, median, max, runs } = found;
      return [[line.name, line.profile, name, ...[min, median, max].map(line.write), ...times, String(runs)]];
    }),
  );
  const head = ["", "profile", "", "min", "median", "max", "× by hand", "× ours", "runs"];
  return markdown(head, rows);
}

/** What decoding takes, by the number of records. */
export function decoding({ runs }) {
  const all = runs.filter(({ measure, failed }) => measure === "decode" && !failed).flatMap(({ decoded }) => decoded);
  const rows = [...new Set(all.map(({ records }) => records))].map((records) => {
    const of = (name) => summary(all.filter((one) => one.records === records).map((one) => one[name])).median;
    const [wasm, json] = [of("wasm"), of("json")];
    const micro = (value) => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString("en")} µs`;
    return [
      records.toLocaleString("en"),
      of("bytes").toLocaleString("en"),
      micro(wasm),
      micro(json),
      (wasm / json).toFixed(1),
    ];
  });
  return markdown(["records", "bytes", "wasm", "`JSON.parse`", "times"], rows);
}

export function markdown(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`.replaceAll("|  |", "| |");
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n") + "\n";
}
