// Puts the tables and the chart where the documentation has them.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { chart } from "./chart.mjs";
import { decoding, medians } from "./table.mjs";

const docs = (path) => fileURLToPath(new URL(`../../docs/${path}`, import.meta.url));

export function writeDocs(results, contenders) {
  writeFileSync(docs("beside-others.svg"), chart(results, contenders, "ours"));
  const path = docs("performance.md");
  const text = replaced(readFileSync(path, "utf8"), "beside-others", section(results, contenders));
  writeFileSync(path, replaced(text, "decoding", decoding(results)));
}

/** Who was measured, where, and the medians. */
function section({ machine, contenders: abouts, ...results }, contenders) {
  const { browser, processor, commit } = machine;
  const who = contenders.map(({ id, name }) => `- **${name}**: ${abouts[id]}`).join("\n");
  const where = `Chromium ${browser} on ${processor}, the bell of commit ${commit}; medians.`;
  return [who, where, medians(results, contenders)].join("\n\n");
}

/** The text with what is between `<!-- name -->` and `<!-- / -->` made anew. */
export function replaced(text, name, content) {
  const begin = `<!-- ${name} -->\n`;
  const from = text.indexOf(begin) + begin.length;
  const to = text.indexOf("<!-- / -->", from);
  if (from < begin.length || to < 0) throw new Error(`there is no <!-- ${name} --> … <!-- / --> to write to`);
  return `${text.slice(0, from)}\n${content}\n${text.slice(to)}`;
}
