// One server for everybody: the built files, compressed alike, and the stand-ins of the APIs. A process of its own, started
// by server/start.mjs; says its address to its parent.

import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";
import { WebSocketServer } from "ws";

import { FEW, MANY, notifications } from "./notifications.mjs";
import { standIns } from "./stand-ins.mjs";

const [site] = process.argv.slice(2);
const brotli = promisify(brotliCompress);
/** Files as a content network keeps them, answers as a server makes them. */
const LEVEL = { file: 11, answer: 5 };
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

const crowds = { few: notifications(FEW), many: notifications(MANY) };
/** Set by PUT /crowd: how many there are, and the size of a page where the stand-in and not the client decides it. */
let crowd = { size: "few", page: undefined };
/** Set by PUT /cache: whether browsers may keep the files of a page. */
let cached = false;
const compressed = new Map();

async function compress(key, level, content) {
  if (!compressed.has(key)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: level };
    compressed.set(key, brotli(await content(), { params }));
  }
  return compressed.get(key);
}

function send(response, type, body, { status = 200, keep = false } = {}) {
  response.writeHead(status, {
    "Content-Type": type,
    "Content-Length": body.length,
    "Content-Encoding": "br",
    "Cache-Control": keep ? "max-age=31536000, immutable" : "no-store",
    // Lets the page measure its memory.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
  });
  response.end(body);
}

const read = (request) =>
  new Promise((resolve) => {
    const parts = [];
    request.on("data", (part) => parts.push(part)).on("end", () => resolve(Buffer.concat(parts).toString()));
  });

async function respond(request, response) {
  const url = new URL(request.url, "http://localhost");
  const body = await read(request);
  if (url.pathname === "/crowd") {
    crowd = JSON.parse(body);
    return send(response, TYPES[".json"], await brotli("{}"));
  }
  if (url.pathname === "/cache") {
    cached = JSON.parse(body);
    return send(response, TYPES[".json"], await brotli("{}"));
  }
  if (url.pathname === "/pulse") {
    pulse(Number(body));
    return send(response, TYPES[".json"], await brotli("{}"));
  }
  const standIn = standIns.find(({ serves }) => serves(url.pathname));
  if (standIn) {
    const key = `${request.method} ${request.url} ${body} ${JSON.stringify(crowd)}`;
    const answer = () =>
      JSON.stringify(standIn.answer({ method: request.method, url, body }, crowds[crowd.size], crowd));
    return send(response, TYPES[".json"], await compress(key, LEVEL.answer, answer));
  }
  const path = join(site, normalize(url.pathname));
  const type = TYPES[extname(path)] ?? "application/octet-stream";
  const keep = cached && !path.endsWith(".html");
  send(response, type, await compress(path, LEVEL.file, () => readFile(path)), { keep });
}

const server = createServer((request, response) => {
  respond(request, response).catch(async (error) => {
    process.stderr.write(`${request.method} ${request.url}: ${error.message}\n`);
    send(response, "text/plain", await brotli(String(error)), { status: 404 });
  });
});

const sockets = new WebSocketServer({ server });
sockets.on("connection", (socket, request) => {
  const standIn = standIns.find(({ serves }) => serves(request.url));
  socket.pulse = standIn?.pulse;
  const say = (text) => text !== undefined && socket.send(text);
  say(standIn?.greeting?.());
  socket.on("message", (data) => say(standIn?.reply?.(data.toString())));
});

/** What servers say by themselves; the client's clock says when, as it may be a clock that is moved by hand. */
function pulse(seconds) {
  for (const socket of sockets.clients) {
    if (socket.pulse && seconds % socket.pulse.seconds === 0) socket.send(socket.pulse.text);
  }
}

// Before anybody waits for it.
for (const name of await readdir(site, { recursive: true })) {
  if (extname(name) in TYPES) await compress(join(site, name), LEVEL.file, () => readFile(join(site, name)));
}

server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send(`http://127.0.0.1:${server.address().port}`));
process.on("disconnect", () => process.exit());
