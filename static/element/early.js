// The first request, sent before the program has loaded. Its answer gives the painted bell its count, and the program
// then takes it over, so that nothing is requested twice. Only the plain case is here; the program does all else.

const PATH = "/api/spaces/coworkernotifications";

/** Answers that the program has not taken over yet, by address and token. */
const answers = new Map();

/** The tokens that tokenProviders gave here. The program takes them over instead of asking for its first one. */
const tokens = new WeakMap();

let programAsks = false;

/**
 * Requests the first page. Resolves to `{ count, records }` of the unread notifications, to `null` where only the
 * program can find these out, and to `undefined` while the coworker or the token is missing.
 *
 * `token` is a string or a tokenProvider.
 */
export async function ask(apiBase, coworker, size, types, token) {
  if (!coworker || !token) {
    return undefined;
  }
  try {
    const base = safeBase(apiBase);
    if (!base || !/^[1-9]\d*$/.test(coworker) || types || programAsks || navigator.onLine === false) {
      return null;
    }
    // This server is known to sort in the other direction.
    if (!/^(descending|$)/.test(stored("sessionStorage", `order:${base}`) ?? "")) {
      return null;
    }
    const given = typeof token === "function" ? await firstToken(token) : token;
    const known = given.trim().replace(/^bearer( |$)\s*/i, "");
    const url =
      `${base}${PATH}?CoworkerNotification_Coworker=${coworker}&CoworkerNotification_IsDismissed=false` +
      `&page=1&size=${size}&orderBy=CreatedOn&dir=1`;
    const key = `${url} ${known}`;
    if (!known || programAsks) {
      return null;
    }
    if (!answers.has(key)) {
      answers.set(key, send(url, known));
    }
    const response = await answers.get(key).response;
    // A copy: the program reads the answer, too.
    const { Records, TotalItems } = response.ok ? await response.clone().json() : {};
    const isPlain = Number.isInteger(TotalItems) && Records.every((record) => record.IsDismissed === false);
    if (isPlain && mayCount(base, coworker)) {
      return { count: TotalItems, records: Records };
    }
  } catch {
    // The program meets the same failure and reports it.
  }
  return null;
}

/**
 * Whether the server's count holds here: this browser hides nothing. It may store a muted type, an intent that is not
 * over (its stage, the second number, is 0 or 1), or a journal that an earlier version has left.
 */
function mayCount(base, coworker) {
  const intents = stored("localStorage", `intents:${base}:${coworker}`);
  const { local, pending } = JSON.parse(stored("localStorage", `journal:${base}:${coworker}`) ?? "{}");
  const muted = /"mutedTypes":\["/.test(stored("localStorage", `preferences:${base}:${coworker}`));
  return !muted && !/\[-?\d+,[01],/.test(intents) && !local?.length && !pending?.length;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** Waits for the early answers, at most a second, so that nothing else takes network or processor before them. */
export async function counted() {
  await pause(0);
  const settled = [...answers.values()].map(({ settled }) => settled);
  await Promise.race([Promise.all(settled), pause(1000)]);
}

/** From now on the program sends the requests. Returns two functions that give it the answers and tokens, each once. */
export function handOver() {
  programAsks = true;
  return {
    /** Without a URL it returns how many answers there are. */
    answer: (url, token) => (url ? taken(answers, `${url} ${token}`) : answers.size),
    token: (provider) => taken(tokens, provider),
  };
}

function taken(from, key) {
  const value = from.get(key);
  from.delete(key);
  return value;
}

/** Drops the answers that the program has not taken: they would be out of date at its next request. */
export function forget() {
  for (const { controller } of answers.values()) {
    controller.abort();
  }
  answers.clear();
}

function firstToken(provider) {
  let token = tokens.get(provider);
  if (!token) {
    // A provider that throws counts as one that rejects.
    token = new Promise((resolve) => resolve(provider()));
    tokens.set(provider, token);
  }
  return token;
}

function send(url, token) {
  const controller = new AbortController();
  const response = fetch(url, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    // The program's options, too: revalidate, send no other credential, and let no redirect carry the token away.
    cache: "no-cache",
    credentials: "omit",
    redirect: "error",
    signal: controller.signal,
  });
  const nothing = () => {};
  // Not `allSettled`, which promises of a page's own may lack.
  return { response, controller, settled: response.then(nothing, nothing) };
}

/**
 * The API's address as the program writes it, or `undefined` if a token may not clearly be sent there. Throws if it is
 * no address. A `srcdoc` frame has its parent's origin, but no address of its own.
 */
function safeBase(text) {
  if (!/^(https?:\/\/|\/(?!\/))[\w.~:/[\]-]*$/i.test(text)) {
    return undefined;
  }
  // A page's own variable `origin` takes the place of the global object's, so that is asked only where there is no other.
  const own = location.origin === "null" ? globalThis.origin : location.origin;
  const { protocol, hostname, origin, pathname } = new globalThis.URL(text[0] === "/" ? own + text : text);
  const isLoopback = /^(localhost|.+\.localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
  const isSafe = protocol === "https:" || origin === own || isLoopback;
  return isSafe ? origin + pathname.replace(/\/+$/, "") : undefined;
}

/** A value that the program has stored; `null` also where the browser refuses access. */
function stored(storage, key) {
  try {
    return globalThis[storage].getItem(`coworker-notifications:${key}`);
  } catch {
    return null;
  }
}
