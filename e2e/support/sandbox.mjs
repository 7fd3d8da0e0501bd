// One running sandbox: the process, and its controls.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const BINARY = process.env.SANDBOX ?? fileURLToPath(new URL("../../target/debug/sandbox", import.meta.url));

export class Sandbox {
  #process;

  /** Starts a sandbox on a free port. `site` is the folder that it serves; `options` are further arguments. */
  static async start(site, ...options) {
    const process = spawn(BINARY, ["--port", "0", "--site", site, ...options], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const line = await new Promise((resolve, reject) => {
      createInterface(process.stdout).once("line", resolve);
      process.once("error", reject);
      process.once("exit", (code) => reject(new Error(`${BINARY} ended with ${code}`)));
    });
    return new Sandbox(process, line.replace("listening on ", ""));
  }

  constructor(process, url) {
    this.#process = process;
    this.url = url;
  }

  async stop() {
    const gone = new Promise((resolve) => this.#process.once("exit", resolve));
    // SIGKILL ends it at once, even while it holds answers back.
    this.#process.kill("SIGKILL");
    await gone;
  }

  /** Data as at the start, faults off, log empty. */
  reset() {
    return this.#ask("POST", "/sandbox/reset");
  }

  /** Switches the given faults on and all others off. */
  faults(faults) {
    return this.#ask("PUT", "/sandbox/faults", faults);
  }

  /** The API requests that have been answered, oldest first. */
  async requests(filter = () => true) {
    return (await this.#ask("GET", "/sandbox/requests")).requests.filter(filter);
  }

  /** The requests for lists. */
  lists() {
    return this.requests(({ method }) => method === "GET");
  }

  /** The dismissals that were written, as `[Id, IsDismissed]`. */
  async writes() {
    const puts = await this.requests(({ method }) => method === "PUT");
    return puts.map(({ body }) => [body.Id, body.IsDismissed]);
  }

  /** Creates a notification as an operator does; returns its id. */
  async create(coworker, message, { type = "push-notification", entity = 7 } = {}) {
    const record = { CoworkerId: coworker, Message: message, NotificationType: type, EntityId: entity };
    const answer = await this.#ask("POST", "/api/spaces/coworkernotifications", record);
    return answer.Value.Id;
  }

  /** Makes a token expire. */
  endToken(token) {
    return this.#ask("POST", "/sandbox/tokens/end", { token });
  }

  /** Dismisses a notification as another program of the member does. */
  async dismissElsewhere(id) {
    const record = await this.record(id);
    await this.#ask("PUT", "/api/spaces/coworkernotifications", { ...record, IsDismissed: true });
  }

  /** One record as the API has it. */
  record(id) {
    return this.#ask("GET", `/api/spaces/coworkernotifications/${id}`);
  }

  /** The records of a coworker that are not dismissed, newest first. */
  async undismissed(coworker) {
    const query = `CoworkerNotification_Coworker=${coworker}&CoworkerNotification_IsDismissed=false`;
    const path = `/api/spaces/coworkernotifications?${query}&size=100&orderBy=CreatedOn&dir=1`;
    return (await this.#ask("GET", path)).Records;
  }

  /** Forgets all requests so far, also those of this class. */
  forget() {
    return this.#ask("DELETE", "/sandbox/requests");
  }

  async #ask(method, path, body) {
    const headers = { Accept: "application/json", Authorization: "Bearer admin", "Content-Type": "application/json" };
    const answer = await fetch(this.url + path, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
  }
}
