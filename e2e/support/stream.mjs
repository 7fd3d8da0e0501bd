// A server that adds a stream to a sandbox: its lists name the stream, and tests write to the stream.

import { createServer } from "node:http";

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-methods": "GET, PUT",
  "access-control-allow-headers": "authorization, content-type, last-event-id, if-none-match",
  "access-control-expose-headers": "Link, ETag, Retry-After",
};

export class StreamServer {
  #server;
  /** The streams that are open. */
  #open = new Set();
  /** The answer to requests for a stream, if these are refused. */
  #refusal;

  /** The headers of each request for a stream, oldest first. */
  asked = [];

  /** Starts a stream server in front of a sandbox. */
  static async start(sandbox) {
    const stream = new StreamServer();
    stream.#server = createServer((request, response) => stream.#answer(sandbox, request, response));
    await new Promise((resolve) => stream.#server.listen(0, "127.0.0.1", resolve));
    stream.url = `http://127.0.0.1:${stream.#server.address().port}`;
    return stream;
  }

  /** How many streams are open. */
  get open() {
    return this.#open.size;
  }

  /** Writes to all open streams. */
  write(text) {
    for (const response of this.#open) response.write(text);
  }

  changed(id) {
    this.write(`event: changed\nid: ${id}\ndata: {"total":null,"newest":null}\n\n`);
  }

  /** Ends all open streams. */
  end() {
    for (const response of this.#open) response.end();
  }

  /** From now on requests for a stream get this answer; `undefined`: they open a stream again. */
  refuse(status, headers = {}, body = "") {
    this.#refusal = status && { status, headers, body };
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(sandbox, request, response) {
    const { pathname, search } = new URL(request.url, this.url);
    if (request.method === "OPTIONS") {
      response.writeHead(204, CORS).end();
    } else if (pathname.endsWith("/events")) {
      this.#stream(request, response);
    } else {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      const { authorization, "content-type": type = "application/json" } = request.headers;
      const answer = await fetch(sandbox.url + pathname + search, {
        method: request.method,
        headers: { Accept: "application/json", Authorization: authorization ?? "", "Content-Type": type },
        body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
      });
      const coworker = new URLSearchParams(search).get("CoworkerNotification_Coworker");
      const link = `<coworkernotifications/events?CoworkerNotification_Coworker=${coworker}>; rel="monitor"`;
      response.writeHead(answer.status, { ...CORS, "content-type": "application/json", link });
      response.end(await answer.text());
    }
  }

  #stream(request, response) {
    this.asked.push(request.headers);
    if (this.#refusal) {
      const { status, headers, body } = this.#refusal;
      response.writeHead(status, { ...CORS, ...headers }).end(body);
      return;
    }
    response.writeHead(200, { ...CORS, "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write("retry: 1000\n: here\n\n");
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
  }
}
