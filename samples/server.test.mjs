// On a server there is no page: the package is imported there all the same, by what renders pages.

import assert from "node:assert/strict";
import { test } from "node:test";

import { run } from "./support/run.mjs";

for (const name of ["coworker-notifications", "coworker-notifications/define"]) {
  test(`importing ${name} in Node throws nothing and asks for nothing`, () => {
    const program = `
      globalThis.fetch = () => { throw new Error("asked"); };
      const { CoworkerNotifications } = await import("${name}");
      if (typeof CoworkerNotifications !== "function") throw new Error("no class");
      console.info(Object.keys(globalThis.customElements ?? {}).length);`;
    const { stdout, stderr } = run(process.execPath, ["--input-type=module", "--eval", program]);
    assert.equal(stdout.trim(), "0");
    assert.equal(stderr, "");
  });
}
