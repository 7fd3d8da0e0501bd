// The attributes, and the properties that reflect them: a wrong or absent one reads as its default.

const text = (fallback) => ({
  read: (value) => value ?? fallback,
  write: String,
});

const number = (fallback, min, max) => ({
  read: (value) => {
    const number = Number(value || NaN);
    return Number.isInteger(number) ? Math.min(max, Math.max(min, number)) : fallback;
  },
  write: String,
});

const word = (...words) => ({
  read: (value) => words.find((word) => word === value?.trim().toLowerCase()) ?? words[0],
  write: String,
});

const flag = { boolean: true };

const list = {
  read: (value) => value ?? "",
  write: (value) => (Array.isArray(value) ? value.join(",") : String(value)),
};

const json = {
  read: (value) => {
    try {
      return JSON.parse(value);
    } catch {
      return null;
    }
  },
  write: (value) => (typeof value === "string" ? value : JSON.stringify(value)),
};

/** Attributes that a property of the same name, in camel case, reflects. `token` is not among them. */
const REFLECTED = {
  "coworker-id": text(null),
  "api-base": text("https://spaces.nexudus.com"),
  "page-size": number(25, 1, 100),
  "poll-interval": number(60, 0, 86400),
  "dismiss-mode": word("auto", "api", "local"),
  types: list,
  locale: text(""),
  theme: word("auto", "light", "dark"),
  placement: word("bottom-end", "bottom-start", "top-start", "top-end"),
  variant: word("popover", "inline"),
  "max-badge": number(99, 1, 999999),
  links: json,
  "title-badge": flag,
  "desktop-alerts": flag,
  open: flag,
  "fallback-href": text(null),
};

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

export const ATTRIBUTES = ["token", ...Object.keys(REFLECTED)];

export const PROPERTIES = ["token", "tokenProvider", "labels", ...Object.keys(REFLECTED).map(camel)];

/** Accessors for the class: property name and descriptor. */
export function* reflected() {
  for (const [name, { boolean, read, write }] of Object.entries(REFLECTED)) {
    const accessors = boolean
      ? {
          get() {
            return this.hasAttribute(name);
          },
          set(value) {
            this.toggleAttribute(name, Boolean(value));
          },
        }
      : {
          get() {
            return read(this.getAttribute(name));
          },
          set(value) {
            if (value == null) {
              this.removeAttribute(name);
            } else {
              this.setAttribute(name, write(value));
            }
          },
        };
    yield [camel(name), { ...accessors, configurable: true, enumerable: true }];
  }
}
