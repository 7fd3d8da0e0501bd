// A running gateway between the bell and the sandbox. The sandbox acts as Nexudus and as the space's portal.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const BINARY =
  process.env.GATEWAY ||
  fileURLToPath(new URL("../../target/debug/coworker-notifications-gateway", import.meta.url));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Gateway {
  #nexudus;
  #folder = mkdtempSync(join(tmpdir(), "gateway-"));
  #admin;
  #process;

  /** Starts a gateway for the sandbox at `nexudus`, whose pages may send requests to the gateway. */
  static async start(nexudus) {
    const [port, admin] = [await freePort(), await freePort()];
    const gateway = new Gateway(nexudus, `http://127.0.0.1:${port}`, `http://127.0.0.1:${admin}`);
    await gateway.start();
    return gateway;
  }

  constructor(nexudus, url, admin) {
    this.#nexudus = nexudus;
    this.url = url;
    this.#admin = admin;
  }

  /** Starts the gateway, also after a stop: at the same address and with the same store. */
  async start() {
    const addresses = ["--listen", new URL(this.url).host, "--admin-listen", new URL(this.#admin).host];
    const sources = ["--nexudus", this.#nexudus, "--portal", this.#nexudus, "--origin", this.#nexudus];
    const store = ["--store", `sqlite:${join(this.#folder, "gateway.db")}`, "--sync-interval", "1s"];
    this.#process = spawn(BINARY, [...addresses, ...sources, ...store], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NEXUDUS_TOKEN: "admin" },
    });
    let ended;
    this.#process.once("exit", (code) => (ended = `the gateway ended with ${code}`));
    this.#process.once("error", ({ message }) => (ended = message));
    for (let tries = 0; tries < 400; tries += 1) {
      if (ended) throw new Error(ended);
      const isReady = await fetch(`${this.#admin}/readyz`).then(({ ok }) => ok, () => false);
      if (isReady) return;
      await pause(50);
    }
    throw new Error("the gateway is not ready after 20 s");
  }

  /** Stops the gateway as an operator does. */
  async stop() {
    const gone = once(this.#process, "exit");
    this.#process.kill("SIGTERM");
    await gone;
  }

  async remove() {
    await this.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
