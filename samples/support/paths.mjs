// Where things are.

import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = at("../../");
export const DIST = at("../../dist/");
export const SAMPLES = at("../");
/** All that is made here; not kept. */
export const BUILT = at("../built/");
/** The package as an application has it: unpacked from what `npm pack` made. */
export const INSTALLED = at("../node_modules/coworker-notifications/");
