// `links="nexudus"`: the pages of a Nexudus Members Portal, version 5, that a notification can lead to.

import { toJson } from "./json.js";

const PAGES = {
  coworkerinvoice: "/user/dashboard/invoices",
  "identitycheck-fail": "/user/identity-checks",
  "identitycheck-success": "/user/identity-checks",
  course: "/user/activity/courses",
  "community-event": "/events/list",
};

/** The value of `links` as the program reads it. */
export function linksOf(text) {
  if (text?.trim().toLowerCase() !== "nexudus") {
    return text;
  }
  const base = basePath();
  return toJson(Object.fromEntries(Object.entries(PAGES).map(([type, path]) => [type, base + path])));
}

/** The path below which the portal lives, from its router. */
function basePath() {
  try {
    return globalThis.__nexudus.router.basename.replace(/\/+$/, "");
  } catch {
    return "";
  }
}
