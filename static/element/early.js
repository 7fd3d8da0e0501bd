// The first request, on its way before the program is: its answer is the count on the painted bell, and is handed over
// to the program, which then asks for nothing twice. Only the plain case: whatever needs thought is the program's.

const PATH = "/api/spaces/coworkernotifications";

/** Answers that the program has not taken over yet, by address and token. */
const answers = new Map();

/** What a tokenProvider was asked for here is given to the program when that asks for the first time. */
const tokens = new WeakMap();

const wrappers = new WeakMap();

let programAsks = false;

/** The same provider as the program sees it: always the same function for the same provider. */
export function shared(provider) {
  if (!wrappers.has(provider)) {
    wrappers.set(provider, () => {
      const token = tokens.get(provider);
      tokens.delete(provider);
      return token ?? provider();
    });
  }
  return wrappers.get(provider);
}

/**
 * Asks for the first page, and tells `count(total, records)` once it is known that so many are unread.
 *
 * `settings` are the element's attributes; `token` is a string or a tokenProvider.
 */
export async function ask(settings, token, count) {
  const base = safeBase(settings.base);
  if (!base || !token || !/^[1-9]\d*$/.test(settings.coworker) || settings.types || programAsks || !navigator.onLine) {
    return;
  }
  try {
    // 0 and 32: this server is not known to need anything but dir=1 for "newest first".
    if (![null, "0", "32"].includes(stored("sessionStorage", `order:${base}`))) {
      return;
    }
    const known = typeof token === "string" ? token.trim() : (await firstToken(token)).trim();
    const url =
      `${base}${PATH}?CoworkerNotification_Coworker=${settings.coworker}&CoworkerNotification_IsDismissed=false` +
      `&page=1&size=${settings.size}&orderBy=CreatedOn&dir=1`;
    const key = `${url} ${known}`;
    if (!known || programAsks) {
      return;
    }
    if (!answers.has(key)) {
      answers.set(key, send(url, known));
    }
    const { status, body } = await answers.get(key).answer;
    const { Records, TotalItems } = status === 200 ? JSON.parse(body) : {};
    // What is dismissed in this browser only is counted by the server all the same.
    const journal = JSON.parse(stored("localStorage", `journal:${base}:${settings.coworker}`) ?? "{}");
    const changed = journal.local?.length || journal.pending?.length;
    if (Number.isInteger(TotalItems) && !changed && Records.every((record) => record.IsDismissed === false)) {
      count(TotalItems, Records);
    }
  } catch {
    // The program meets the same failure, and knows the words.
  }
}

/**
 * From now on the program asks. Returns where it gets, once, the answer to what has been asked already; or, asked for
 * nothing, how many answers there are.
 */
export function handOver() {
  programAsks = true;
  return (url, token) => {
    if (!url) {
      return answers.size;
    }
    const key = `${url} ${token}`;
    const answer = answers.get(key);
    answers.delete(key);
    return answer;
  };
}

/** The program has asked for what it needs: other answers would be old when it asks the next time. */
export function forget() {
  for (const { controller } of answers.values()) {
    controller.abort();
  }
  answers.clear();
}

function firstToken(provider) {
  let token = tokens.get(provider);
  if (!token) {
    // One that throws is one that rejects.
    token = new Promise((resolve) => resolve(provider()));
    tokens.set(provider, token);
  }
  return token;
}

function send(url, token) {
  const controller = new AbortController();
  const answer = fetch(url, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    // As the program asks: revalidated, the token the only credential, and no redirect to carry it elsewhere.
    cache: "no-cache",
    credentials: "omit",
    redirect: "error",
    signal: controller.signal,
  }).then(async (response) => ({
    status: response.status,
    retryAfter: response.headers.get("Retry-After"),
    date: response.headers.get("Date"),
    etag: response.headers.get("ETag"),
    body: await response.text(),
  }));
  answer.catch(() => {});
  return { answer, controller };
}

/** The API's address as the program writes it, if it is plainly one that a token may be sent to. */
function safeBase(text) {
  if (!/^(https?:\/\/|\/(?!\/))[\w.~:/[\]-]*$/i.test(text)) {
    return undefined;
  }
  const { protocol, hostname, origin, pathname } = new URL(text, location.href);
  const isLoopback = /^(localhost|.+\.localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(hostname);
  const isSafe = protocol === "https:" || origin === location.origin || isLoopback;
  return isSafe ? origin + pathname.replace(/\/+$/, "") : undefined;
}

/** What the program has stored; browsers may refuse to say. */
function stored(storage, key) {
  try {
    return globalThis[storage].getItem(`coworker-notifications:${key}`);
  } catch {
    return null;
  }
}
