// Runs a program and returns what it printed; what it printed is in the error, too.

import { spawnSync } from "node:child_process";

import { SAMPLES } from "./paths.mjs";

/** `npm` is a script that Windows starts by its full name only. */
export const NPM = process.platform === "win32" ? "npm.cmd" : "npm";

export function run(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: SAMPLES, encoding: "utf8", ...options });
  if (error || status !== 0) {
    throw new Error(`${program} ${args.join(" ")}: ${error ?? `ended with ${status}`}\n${stdout}\n${stderr}`);
  }
  return { stdout, stderr };
}

/** A program that npm has installed here. */
export const script = (path, args) => run(process.execPath, [`node_modules/${path}`, ...args]);
