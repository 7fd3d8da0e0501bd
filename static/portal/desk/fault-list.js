// Every fault the sandbox can have, in words. The sandbox's fault object is the one truth: a switch
// is on when the object holds what one of its options sets, so faults that exclude each other
// (an answer has one status) need no further rule.

const status = (code, note, label) => ({
  label,
  note,
  off: { status: null, retryAfter: null },
  options: [{ set: { status: code, retryAfter: null } }],
});

const waits = (code) => [
  { label: "wait 5 s", set: { status: code, retryAfter: "5" } },
  { label: "wait 30 s", set: { status: code, retryAfter: "30" } },
  // The header may also be a date; the sandbox gets one a minute from when the switch is thrown.
  {
    label: "until a date",
    set: () => ({ status: code, retryAfter: new Date(Date.now() + 60_000).toUTCString() }),
    holds: (faults) => faults.status === code && /\D/.test(faults.retryAfter ?? ""),
  },
  { label: "not said", set: { status: code, retryAfter: null } },
];

const choices = (field, off, list) => ({
  off: { [field]: off },
  options: list.map(([label, value]) => ({ label, set: { [field]: value } })),
});

export const NO_FAULTS = Object.freeze({
  delayMs: 0,
  status: null,
  retryAfter: null,
  body: null,
  drop: false,
  refuseWrites: null,
  envelopeFailure: false,
  dir: "one-is-descending",
  maxPageSize: null,
  cors: true,
  badRecord: false,
  applyTo: "all",
  remaining: null,
});

export const FAULT_GROUPS = [
  {
    title: "The line",
    faults: [
      {
        label: "Slow answers",
        note: "Every answer takes its time. 20 s is past the bell’s patience.",
        ...choices("delayMs", 0, [
          ["by 1 s", 1000],
          ["by 3 s", 3000],
          ["by 8 s", 8000],
          ["by 20 s", 20000],
        ]),
      },
      {
        label: "Cut connection",
        note: "The work is done, then the line goes dead in the middle of the answer.",
        ...choices("drop", false, [[null, true]]),
      },
      {
        label: "No CORS headers",
        note: "Felt by pages on another origin, not by this one.",
        ...choices("cors", true, [[null, false]]),
      },
    ],
  },
  {
    title: "The answer",
    faults: [
      status(500, "HTTP 500 to everything.", "Server error"),
      {
        label: "Down for maintenance",
        note: "HTTP 503, with or without Retry-After.",
        off: { status: null, retryAfter: null },
        options: waits(503),
      },
      {
        label: "Throttled",
        note: "HTTP 429, with or without Retry-After.",
        off: { status: null, retryAfter: null },
        options: waits(429),
      },
      status(401, "HTTP 401, as if the token had just expired.", "Token refused"),
      status(403, "HTTP 403, as if the token lacked the role.", "Role missing"),
      status(404, "HTTP 404 to everything.", "Not found"),
      {
        label: "Not the JSON it should be",
        note: "The work is done and the status fine, but the body is not.",
        ...choices("body", null, [
          ["an HTML page", "html"],
          ["nothing", "empty"],
          ["cut in half", "truncated"],
          ["garbage", "garbage"],
        ]),
      },
    ],
  },
  {
    title: "Writing",
    faults: [
      {
        label: "Writes refused",
        note: "Reading works; dismissing and sending do not.",
        ...choices("refuseWrites", null, [
          ["with 403", 403],
          ["with 404", 404],
          ["with 405", 405],
          ["with 501", 501],
        ]),
      },
      {
        label: "A yes that means no",
        note: "HTTP 200 with WasSuccessful: false.",
        ...choices("envelopeFailure", false, [[null, true]]),
      },
    ],
  },
  {
    title: "The data",
    faults: [
      {
        label: "One broken record",
        note: "One record of every list cannot be read.",
        ...choices("badRecord", false, [[null, true]]),
      },
      {
        label: "Small pages",
        note: "Fewer records to a page than asked for.",
        ...choices("maxPageSize", null, [
          ["5", 5],
          ["10", 10],
        ]),
      },
      {
        label: "Another meaning of “dir”",
        note: "Usually 1 asks for descending. The vendor’s references differ.",
        ...choices("dir", "one-is-descending", [
          ["1 ascends", "one-is-ascending"],
          ["words only", "words"],
          ["ignored", "ignored"],
        ]),
      },
    ],
  },
];

/** The option of a fault that the object holds, as an index; -1 when the fault is off. */
export function optionHeld(fault, faults) {
  return fault.options.findIndex((option) =>
    option.holds ? option.holds(faults) : Object.entries(option.set).every(([field, value]) => faults[field] === value),
  );
}

/** The object with an option switched on. */
export const withOption = (faults, option) => ({
  ...faults,
  ...(typeof option.set === "function" ? option.set() : option.set),
});

/** What is left of the object when its number of requests is used up: these were never counted. */
export const withoutSpent = ({ dir, maxPageSize, cors }) => ({ ...NO_FAULTS, dir, maxPageSize, cors });

/** The object with a fault switched off. */
export const without = (faults, fault) => ({ ...faults, ...fault.off });
