// The code blocks of the documentation. The word after a block's language, if there is one, is the file that it stands
// for: `js proxy.mjs`.

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** The texts that have code blocks, from the checkout's top. */
export const TEXTS = [
  "README.md",
  "npm/README.md",
  "SECURITY.md",
  ...readdirSync(new URL("docs/", root))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** Every block of a text: where it is, its language, the file that it stands for, and what it says. */
export function blocksOf(text) {
  const lines = readFileSync(fileURLToPath(new URL(text, root)), "utf8").split("\n");
  const blocks = [];
  let block;
  lines.forEach((line, index) => {
    if (block && line === "```") {
      blocks.push({ ...block, code: block.lines.join("\n") + "\n" });
      block = undefined;
    } else if (block) {
      block.lines.push(line);
    } else if (line.startsWith("```")) {
      const [language, file] = line.slice(3).split(" ");
      block = { text, line: index + 1, language, file, lines: [] };
    }
  });
  if (block) {
    throw new Error(`${text}:${block.line}: the block does not end`);
  }
  return blocks;
}

export const blocks = TEXTS.flatMap(blocksOf);

/** The block that stands for a file. */
export function blockFor(file) {
  const found = blocks.filter((block) => block.file === file);
  if (found.length !== 1) {
    throw new Error(`${found.length} blocks stand for ${file}`);
  }
  return found[0].code;
}
