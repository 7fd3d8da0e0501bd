// WebKitGTK's driver, spoken to in plain WebDriver: a command is a request.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const DRIVER = process.env.WEBKIT_DRIVER || "/usr/bin/WebKitWebDriver";
const BROWSER = process.env.WEBKIT_BROWSER || "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The driver's process. It has one session at a time. */
export class Driver {
  #process;

  static async start(display) {
    const port = await freePort();
    const env = { ...process.env, DISPLAY: display, TZ: "UTC", LANG: "en_US.UTF-8", LC_ALL: "", GTK_THEME: "Adwaita" };
    const driver = new Driver(spawn(DRIVER, [`--port=${port}`], { stdio: "ignore", env }), port);
    for (let tries = 0; tries < 100; tries += 1) {
      try {
        await driver.ask("GET", "/status");
        return driver;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error(`${DRIVER} does not answer`);
  }

  constructor(process, port) {
    this.#process = process;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Opens a browser; `binary` is another one than WebKitGTK's own. */
  async session(binary = BROWSER) {
    const options = { binary, args: binary === BROWSER ? ["--automation"] : [] };
    const always = { "webkitgtk:browserOptions": options, unhandledPromptBehavior: "ignore" };
    const { sessionId } = await this.ask("POST", "/session", { capabilities: { alwaysMatch: always } });
    return new Session(this, sessionId);
  }

  async ask(method, path, body) {
    const answer = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) {
      throw Object.assign(new Error(`${method} ${path}: ${value.error}: ${value.message}`), { code: value.error });
    }
    return value;
  }

  stop() {
    this.#process.kill("SIGTERM");
  }
}

/** One running browser. */
export class Session {
  #driver;
  #path;

  constructor(driver, id) {
    this.#driver = driver;
    this.#path = `/session/${id}`;
  }

  get(path) {
    return this.#driver.ask("GET", this.#path + path);
  }

  post(path, body = {}) {
    return this.#driver.ask("POST", this.#path + path, body);
  }

  delete(path = "") {
    return this.#driver.ask("DELETE", this.#path + path);
  }

  /** Calls a function in the page, waits for what it returns, and returns that. */
  async call(script, ...args) {
    const source = `
      const done = arguments[arguments.length - 1];
      const values = Array.prototype.slice.call(arguments, 0, -1);
      new Promise((resolve) => resolve((${script})(...values))).then(
        (value) => done({ value: value === undefined ? null : value }),
        (error) => done({ error: String(error) }),
      );`;
    const { value, error } = await this.post("/execute/async", { script: source, args });
    if (error) throw new Error(error);
    return value;
  }
}
