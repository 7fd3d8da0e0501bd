// All that the page asks of the sandbox: its control surface, and one API call, creating a notification.

let tellReachable = () => {};

/** Called with true or false after each answer of the control surface, or its absence. */
export const onReachable = (callback) => void (tellReachable = callback);

export const info = () => control("GET", "info");
export const faults = () => control("GET", "faults");
export const setFaults = (value) => control("PUT", "faults", value);
export const generator = () => control("GET", "generator");
export const setGenerator = (value) => control("PUT", "generator", value);
export const reset = () => control("POST", "reset");
export const meter = () => control("GET", "meter");
export const requests = (since) => control("GET", `requests?since=${since}`);
export const clearRequests = () => control("DELETE", "requests");

async function control(method, path, body) {
  try {
    const response = await fetch(`/sandbox/${path}`, {
      method,
      headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json" }) },
      body: body && JSON.stringify(body),
      cache: "no-store",
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`${method} /sandbox/${path} was answered with ${response.status}: ${text.slice(0, 200)}`);
    // A static server may answer any path with the page itself; that is no sandbox.
    const value = text === "" ? null : JSON.parse(text);
    tellReachable(true);
    return value;
  } catch (error) {
    tellReachable(false);
    throw error;
  }
}

/**
 * Creates a notification with the operator's token. Answers `{created: true, message, id}`, or
 * `{created: false, message, errors: [{property, message}]}`; never throws.
 */
export async function createNotification(record) {
  let response, text;
  try {
    response = await fetch("/api/spaces/coworkernotifications", {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", Authorization: "Bearer operator" },
      body: JSON.stringify(record),
    });
    text = await response.text();
  } catch {
    return refusal(
      "No whole answer: the connection broke off, or the sandbox is not running. Whether the notification was created cannot be known from this.",
    );
  }
  const answer = parse(text);
  if (response.ok && answer?.WasSuccessful) {
    return { created: true, message: answer.Message, id: answer.Value?.Id ?? null };
  }
  if (answer?.WasSuccessful === false) {
    const errors = (answer.Errors ?? []).map((error) => ({ property: error.PropertyName, message: error.Message }));
    return refusal(answer.Message || `The API said no (HTTP ${response.status}) and gave no reason.`, errors);
  }
  return refusal(inWords(response, text));
}

const refusal = (message, errors = []) => ({ created: false, message, errors });

function inWords(response, text) {
  const { status } = response;
  if (response.ok) {
    const what =
      text === "" ? "nothing at all" : text.trimStart().startsWith("<") ? "HTML" : "something that is not whole JSON";
    return `HTTP ${status}, but the body is ${what}. Whether the notification was created cannot be known from this.`;
  }
  const wait = response.headers.get("Retry-After");
  const reasons = {
    401: "the operator’s token was not accepted",
    403: "the API does not let this token create notifications",
    404: "there is no such address",
    405: "creating is not allowed here",
    429: "too many requests",
    501: "creating is not supported here",
    503: "the API is down for maintenance",
  };
  const reason = reasons[status] ?? (status >= 500 ? "the API has a problem of its own" : "the API said no");
  return `HTTP ${status}: ${reason}.${wait ? ` It asks to wait (Retry-After: ${wait}).` : ""}`;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
