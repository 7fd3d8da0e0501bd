// The gallery's own page: all pictures in its folder, look by look.

import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { LOOKS } from "./looks.mjs";

/** Writes index.html into the folder and returns its path. */
export function writeIndex(folder) {
  const names = readdirSync(folder).filter((name) => name.endsWith(".png"));
  const lookOf = (name) =>
    Object.keys(LOOKS)
      .filter((look) => name.startsWith(`${look}-`))
      .sort((a, b) => b.length - a.length)[0];
  const sections = Object.keys(LOOKS).map((look) => {
    const figures = names
      .filter((name) => lookOf(name) === look)
      .map((name) => {
        const state = name.slice(look.length + 1, -".png".length);
        const picture = `<a href="${name}"><img src="${name}" alt="" loading="lazy"></a>`;
        const tree = name.replace(".png", ".txt");
        return `<figure>${picture}<figcaption>${state} · <a href="${tree}">as it is read</a></figcaption></figure>`;
      });
    return figures.length > 0 ? `<section id="${look}"><h2>${look}</h2><div>${figures.join("")}</div></section>` : "";
  });
  const path = join(folder, "index.html");
  writeFileSync(
    path,
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The bell in all its states</title>
<style>
  body { background: #d8dbe0; font: 14px/1.4 system-ui, sans-serif; margin: 1rem }
  section > div { display: flex; flex-wrap: wrap; gap: 1rem }
  figure { margin: 0 }
  img { box-shadow: 0 1px 4px #0006; display: block; height: 420px; width: auto }
  figcaption { padding: .3rem 0 }
</style>
<h1>The bell in all its states</h1>
${sections.join("\n")}
</html>
`,
  );
  return path;
}
