// Packs the built bundle, installs the package here as an application would, and writes the documentation's code blocks
// to files: what the tests beside this look at.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { blocks } from "./support/blocks.mjs";
import { typesOf } from "./support/manifest.mjs";
import { BUILT, DIST, INSTALLED } from "./support/paths.mjs";
import { NPM, run } from "./support/run.mjs";

const write = (path, text) => {
  mkdirSync(dirname(join(BUILT, path)), { recursive: true });
  writeFileSync(join(BUILT, path), text);
};

rmSync(BUILT, { recursive: true, force: true });
mkdirSync(BUILT, { recursive: true });

const { stdout } = run(NPM, ["pack", DIST, "--json", "--pack-destination", BUILT]);
const packed = [JSON.parse(stdout)].flat()[0];
write("packed.json", JSON.stringify(packed, null, 2));

rmSync(INSTALLED, { recursive: true, force: true });
mkdirSync(INSTALLED, { recursive: true });
run("tar", ["-xzf", join(BUILT, packed.filename), "--strip-components=1", "-C", INSTALLED]);

const EXTENSIONS = { js: "js", ts: "ts", tsx: "tsx", html: "html", css: "css" };
for (const { text, line, language, file, code } of blocks) {
  const page = text.replace(/^.*\//, "").replace(".md", "");
  if (file) {
    write(file, code);
  } else if (EXTENSIONS[language]) {
    // A module of its own, whatever it says.
    const end = language === "js" || language === "ts" ? "\nexport {};\n" : "";
    write(`${language}/${page}-${line}.${EXTENSIONS[language]}`, code + end);
  }
}

const manifest = JSON.parse(readFileSync(join(INSTALLED, "custom-elements.json"), "utf8"));
write("ts/manifest.ts", typesOf(manifest));
