import { tag, test, expect } from "../support/test.mjs";

const DEFAULTS = {
  token: null,
  tokenProvider: null,
  coworkerId: null,
  apiBase: "https://spaces.nexudus.com",
  pageSize: 25,
  pollInterval: 60,
  dismissMode: "auto",
  push: "auto",
  types: "",
  theme: "auto",
  placement: "bottom-end",
  variant: "popover",
  maxBadge: 99,
  links: null,
  titleBadge: false,
  desktopAlerts: false,
  toasts: false,
  open: false,
  labels: null,
  unreadCount: 0,
  notifications: [],
  status: "loading",
};

test("an element without attributes has the documented defaults", async ({ bell, embed }) => {
  await embed(tag({}));
  await bell.get("updateComplete");
  for (const [name, value] of Object.entries(DEFAULTS)) {
    expect.soft(await bell.get(name), name).toEqual(value);
  }
});

test("an attribute that makes no sense reads as its default", async ({ bell, embed }) => {
  await embed(
    tag({ "page-size": "many", "dismiss-mode": "never", placement: "left", theme: "mauve", "max-badge": "" }),
  );
  await bell.get("updateComplete");
  for (const name of ["pageSize", "dismissMode", "placement", "theme", "maxBadge"]) {
    expect.soft(await bell.get(name), name).toEqual(DEFAULTS[name]);
  }
});
