// A screen that nobody sees, with a window manager, which gives windows their size and focus.

import { spawn } from "node:child_process";

export class Screen {
  #programs;

  static async open() {
    // The third descriptor is where the server writes which display it took.
    const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1920x1200x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const number = await new Promise((resolve, reject) => {
      server.stdio[3].once("data", (data) => resolve(String(data).trim()));
      server.once("error", reject);
      server.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}`)));
    });
    const display = `:${number}`;
    const manager = spawn("openbox", { stdio: "ignore", env: { ...process.env, DISPLAY: display } });
    return new Screen(display, [manager, server]);
  }

  constructor(display, programs) {
    this.display = display;
    this.#programs = programs;
  }

  close() {
    for (const program of this.#programs) program.kill("SIGTERM");
  }
}
