// The folder that a sandbox serves: the built site and the small pages that tests write.

import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const BUILT = process.env.SITE ?? fileURLToPath(new URL("../../target/site", import.meta.url));

export class Site {
  #pages = 0;

  constructor() {
    if (!existsSync(join(BUILT, "coworker-notifications.js"))) {
      throw new Error(`There is no built bell in ${BUILT}: run cargo xtask test --only chromium, or set SITE.`);
    }
    this.folder = mkdtempSync(join(tmpdir(), "bell-site-"));
    for (const name of readdirSync(BUILT)) {
      symlinkSync(resolve(BUILT, name), join(this.folder, name));
    }
  }

  /** Writes a file and returns its path on the server. */
  write(name, text) {
    writeFileSync(join(this.folder, name), text);
    return `/${name}`;
  }

  /** The name of the `js` or `wasm` file that the module loads. The name contains a hash of the content. */
  beside(end) {
    return readdirSync(this.folder).find((name) => name.startsWith("coworker-notifications_bg") && name.endsWith(`.${end}`));
  }

  /** Makes the sandbox serve another folder below `name`. */
  link(name, folder) {
    symlinkSync(resolve(folder), join(this.folder, name));
  }

  /** Writes a page with the bell's module and returns its path on the server. */
  page(body, { head = "", lang = "en", module = "/coworker-notifications.js" } = {}) {
    const script = module ? `<script type="module" src="${module}"></script>` : "";
    this.#pages += 1;
    return this.write(
      `page-${this.#pages}.html`,
      `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>A page</title>
    ${head}
    ${script}
  </head>
  <body>
    ${body}
  </body>
</html>
`,
    );
  }

  remove() {
    rmSync(this.folder, { recursive: true });
  }
}
