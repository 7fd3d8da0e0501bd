// The states a bell can be in, and what brings it there: settings, a fault of the sandbox, or a browser that says it
// has no network.

const fault = (label, faults) => ({ label, faults });

export const STATES = {
  fine: { label: "As it should be" },
  loading: fault("Loading", { delayMs: 20_000 }),
  empty: { label: "Empty", settings: { "coworker-id": "1002" } },
  many: { label: "Ten thousand", settings: { "coworker-id": "1003" } },
  "no-token": { label: "No token yet", settings: { token: "" } },
  unauthorized: fault("Signed out (401)", { status: 401 }),
  forbidden: fault("Not allowed (403)", { status: 403 }),
  throttled: fault("Throttled (429)", { status: 429, retryAfter: "30" }),
  server: fault("Server error (500)", { status: 500 }),
  network: fault("Broken line", { drop: true }),
  // A request that succeeds is proof of a network, whatever the browser says: so none may.
  offline: { label: "Offline", online: false, faults: { drop: true } },
  decode: fault("Not JSON", { body: "html" }),
  record: fault("One bad record", { badRecord: true }),
  writes: fault("No dismissing (403)", { refuseWrites: 403 }),
  config: { label: "Set up wrongly", settings: { "api-base": "http://elsewhere.example" } },
};
