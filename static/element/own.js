// The properties that stand in no attribute: what is in the page's markup is for everybody to read.

const same = (value) => value;

/** Their names, how a value that is set is kept, and how it is read. */
export const OWN = [
  ["token", same, same],
  ["tokenProvider", (provider) => (typeof provider === "function" ? provider : null), same],
  ["labels", JSON.stringify, JSON.parse],
  [
    "preferences",
    ({ mutedTypes, toasts, alerts }) => JSON.stringify({ mutedTypes: [...(mutedTypes ?? [])], toasts, alerts }),
    (json) => JSON.parse(json) ?? { mutedTypes: [] },
  ],
];
