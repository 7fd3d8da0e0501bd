// The properties that no attribute reflects, because everybody can read the page's markup.

import { toJson } from "./json.js";

const same = (value) => value;

/** Each property's name, how a set value is stored, and how the stored value is read. */
export const OWN = [
  ["token", same, same],
  ["tokenProvider", (provider) => (typeof provider === "function" ? provider : null), same],
  ["labels", toJson, JSON.parse],
  [
    "preferences",
    ({ mutedTypes, toasts, alerts }) => toJson({ mutedTypes: [...(mutedTypes ?? [])], toasts, alerts }),
    (json) => JSON.parse(json) ?? { mutedTypes: [] },
  ],
];
