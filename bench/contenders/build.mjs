// Builds each contender as the application of one page, with esbuild as for production, into a folder that is served.

import { cp, mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The page around every bell: the same for all. `main` is what the page itself is about. */
export function page({ name, head, body }, pageSize, main = "") {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${name}</title>
    <link rel="icon" href="data:," />
    <style>
      body { margin: 0; font: 16px/1.5 system-ui, sans-serif }
      header { display: flex; gap: 16px; align-items: center; padding: 8px 16px; border-bottom: 1px solid #ddd }
    </style>
    ${head}
  </head>
  <body>
    <header>${body(pageSize)}<strong>Harbour Works</strong></header>
    <main>${main}</main>
  </body>
</html>
`;
}

/** What a page shows that is about something: the picture is its largest content. */
const CONTENT = '<h1>Today at Harbour Works</h1><img src="/picture.png" alt="" width="360" height="240" />';
/** A page without a bell. */
const WITHOUT = { name: "without a bell", head: "", body: () => "" };

export async function buildSite(contenders, to) {
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "blank.html"), '<!doctype html><link rel="icon" href="data:," /><title>blank</title>');
  await cp(root("pictures/ours.png"), join(to, "picture.png"));
  await writeFile(join(to, "without-content.html"), page(WITHOUT, undefined, CONTENT));
  // The widget's decoder alone, where there is one.
  if (process.env.DECODER) await cp(process.env.DECODER, join(to, "decoder"), { recursive: true });
  for (const contender of contenders) {
    const folder = join(to, contender.id);
    if (contender.folder) {
      const from = root(contender.folder);
      if (!existsSync(from)) throw new Error(`${from} is missing: cargo xtask dist builds it`);
      await cp(from, folder, { recursive: true });
    } else {
      const entries = Object.entries(contender.entries).map(([out, path]) => ({ in: root(path), out }));
      await build({
        entryPoints: entries,
        outdir: folder,
        bundle: true,
        minify: true,
        splitting: true,
        format: "esm",
        target: "es2022",
        jsx: "automatic",
        define: { "process.env.NODE_ENV": '"production"' },
        legalComments: "none",
        logLevel: "warning",
      });
    }
    await writeFile(join(to, `${contender.id}.html`), page(contender));
    await writeFile(join(to, `${contender.id}-many.html`), page(contender, contender.pageSizeOfMany));
    await writeFile(join(to, `${contender.id}-content.html`), page(contender, undefined, CONTENT));
    if (contender.patient) {
      await writeFile(join(to, `${contender.id}-patient.html`), page({ ...contender, body: contender.patient }));
    }
  }
}
