// The attributes, and the properties that reflect them: a wrong or absent one reads as its default.

import { toJson } from "./json.js";

const text = (fallback) => (value) => value ?? fallback;

const number = (fallback, min, max) => (value) =>
  /^\s*\d+\s*$/.test(value) ? Math.min(max, Math.max(min, value)) : fallback;

const word =
  (...words) =>
  (value) =>
    words.find((word) => word === value?.trim().toLowerCase()) ?? words[0];

const json = (value) => {
  try {
    return JSON.parse(value);
  } catch {
    return /^\s*nexudus\s*$/i.test(value) ? "nexudus" : null;
  }
};

/** A boolean attribute: the property says whether it is set. */
const flag = undefined;

/** The attributes that properties reflect, under the same names in camel case. `token` is not among them. */
const REFLECTED = {
  "coworker-id": text(null),
  "api-base": text("https://spaces.nexudus.com"),
  "page-size": number(25, 1, 100),
  "poll-interval": number(60, 0, 86400),
  "dismiss-mode": word("auto", "api", "local"),
  push: word("auto", "off"),
  view: word("inbox", "dismissed"),
  types: text(""),
  locale: text(""),
  theme: word("auto", "light", "dark"),
  placement: word("bottom-end", "bottom-start", "top-start", "top-end"),
  variant: word("popover", "inline"),
  "max-badge": number(99, 1, 999999),
  links: json,
  "title-badge": flag,
  "desktop-alerts": flag,
  toasts: flag,
  open: flag,
  "fallback-href": text(null),
  loading: word("idle", "eager", "intent"),
};

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

export const ATTRIBUTES = ["token", ...Object.keys(REFLECTED)];

/**
 * Takes over attributes whose names are written in camel case. React writes them so on a server, and while the element
 * is not defined yet; markup then drops the capital letters.
 */
export const adoptCamel = (element) => {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(camel(name));
    if (value !== null && !element.hasAttribute(name)) {
      element.setAttribute(name, value);
    }
  }
};

/** Gives a class a property. The descriptor has no prototype, so a `value` on `Object.prototype` cannot break it. */
export const define = ({ prototype }, name, accessors) =>
  Object.defineProperty(prototype, name, { __proto__: null, ...accessors, configurable: true, enumerable: true });

/** Gives the element's class the properties that reflect attributes. */
export const reflect = (element) => {
  for (const [name, read] of Object.entries(REFLECTED)) {
    define(element, camel(name), {
      get() {
        return read ? read(this.getAttribute(name)) : this.hasAttribute(name);
      },
      set(value) {
        if (!read) {
          this.toggleAttribute(name, Boolean(value));
        } else if (value == null) {
          this.removeAttribute(name);
        } else {
          this.setAttribute(name, read === json && typeof value === "object" ? toJson(value) : value);
        }
      },
    });
  }
};
