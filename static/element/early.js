// The first request, on its way before the program is: its answer is the count on the painted bell, and is handed over
// to the program, which then asks for nothing twice. Only the plain case: whatever needs thought is the program's.

const PATH = "/api/spaces/coworkernotifications";

/** Answers that the program has not taken over yet, by address and token. */
const answers = new Map();

/** What a tokenProvider was asked for here is given to the program when that asks for the first time. */
const tokens = new WeakMap();

let programAsks = false;

/**
 * Asks for the first page. Gives `{ count, records }` of what is unread; `null` where the program has to find out, and
 * nothing where there is nothing to ask for yet.
 *
 * `token` is a string or a tokenProvider.
 */
export async function ask(apiBase, coworker, size, types, token) {
  if (!coworker || !token) {
    return undefined;
  }
  const base = safeBase(apiBase);
  if (!base || !/^[1-9]\d*$/.test(coworker) || types || programAsks || !navigator.onLine) {
    return null;
  }
  try {
    // The server is known to list another way round.
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
    // The program meets the same failure, and knows the words.
  }
  return null;
}

/**
 * Whether the server counts nothing that is hidden in this browser: a muted type, an intent that is not over (its stage, the second
 * number, is 0 or 1), or what an earlier version of this module has left.
 */
function mayCount(base, coworker) {
  const intents = stored("localStorage", `intents:${base}:${coworker}`);
  const { local, pending } = JSON.parse(stored("localStorage", `journal:${base}:${coworker}`) ?? "{}");
  const muted = /"mutedTypes":\["/.test(stored("localStorage", `preferences:${base}:${coworker}`));
  return !muted && !/\[-?\d+,[01],/.test(intents) && !local?.length && !pending?.length;
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/** The first answer has come, or is not to be waited for: nothing else takes the line, or the processor, before. */
export async function counted() {
  await pause(0);
  const responses = [...answers.values()].map(({ response }) => response);
  await Promise.race([Promise.allSettled(responses), pause(1000)]);
}

/** From now on the program asks. Returns where it gets, each once, what has been asked already. */
export function handOver() {
  programAsks = true;
  return {
    /** Asked for nothing, it says how many answers there are. */
    answer: (url, token) => (url ? taken(answers, `${url} ${token}`) : answers.size),
    token: (provider) => taken(tokens, provider),
  };
}

function taken(from, key) {
  const value = from.get(key);
  from.delete(key);
  return value;
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
  const response = fetch(url, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    // As the program asks: revalidated, the token the only credential, and no redirect to carry it elsewhere.
    cache: "no-cache",
    credentials: "omit",
    redirect: "error",
    signal: controller.signal,
  });
  response.catch(() => {});
  return { response, controller };
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
