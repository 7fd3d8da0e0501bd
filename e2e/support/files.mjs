// A plain web server for files, on an origin of its own.

import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

export class FileServer {
  #server;

  /** Serves `folder`; `change(path, content)` may replace a file's content. */
  static async start(folder, { headers = {}, change = (_, content) => content } = {}) {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url, "http://files");
      const path = join(folder, decodeURIComponent(pathname));
      if (!existsSync(path) || !statSync(path).isFile()) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain", ...headers });
      response.end(change(pathname, readFileSync(path)));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new FileServer(server);
  }

  constructor(server) {
    this.#server = server;
    // This name of the machine makes another origin than the sandbox's.
    this.url = `http://localhost:${server.address().port}`;
  }

  stop() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}
