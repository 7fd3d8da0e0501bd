// A trace of a page as lines to read.

/** What takes less, in milliseconds, is not told. */
const LEAST = 1;

/** What the page's thread did since the navigation began: a line each, indented by what it is part of. */
export function tell(events, address, marks) {
  const start = events.find(
    ({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL?.endsWith(address),
  );
  const main = ({ pid, tid }) => pid === start.pid && tid === start.tid;
  const ms = (time) => (time - start.ts) / 1_000;
  const lines = Object.entries(marks).map(([name, at]) => ({ at, depth: 0, text: `---- ${name}` }));
  const ends = [];
  const work = events.filter(({ ph, dur, ts }) => ph === "X" && dur >= LEAST * 1_000 && ts >= start.ts);
  for (const event of work.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    const took = (event.dur / 1_000).toFixed(1);
    if (main(event)) {
      while (ends.length > 0 && ends.at(-1) <= event.ts) ends.pop();
      const depth = ends.push(event.ts + event.dur) - 1;
      lines.push({ at: ms(event.ts), depth, text: `${event.name} ${took} ${detail(event.args)}` });
    } else if (/wasm|compil/i.test(event.name) && event.pid === start.pid) {
      lines.push({ at: ms(event.ts), depth: 0, text: `(elsewhere: ${event.name} ${took})` });
    }
  }
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, depth, text }) => `${at.toFixed(1).padStart(8)} ${"  ".repeat(depth)}${text}\n`)
    .join("");
}

const detail = ({ data = {} } = {}) =>
  [data.functionName, (data.url ?? data.fileName ?? "").split("/").at(-1), data.lineNumber, data.columnNumber]
    .filter(Boolean)
    .join(":");
