// The element's events, each as a line that can be read.

import { element, plural, timeOfDay } from "../dom.js";

const NAMES = ["cn-ready", "cn-change", "cn-arrive", "cn-open", "cn-close", "cn-select", "cn-dismiss", "cn-error"];

const SUMMARIES = {
  "cn-ready": ({ count }) => `The first list is on screen, ${count} unread.`,
  "cn-change": ({ count }) => `The unread count is now ${count}.`,
  "cn-arrive": ({ notifications = [] }) =>
    `${plural(notifications.length, "arrival")}: ${notifications.slice(0, 3).map(quote).join(", ")}`,
  "cn-open": () => "The panel opened.",
  "cn-close": () => "The panel closed.",
  "cn-select": ({ notification, href }) => `${quote(notification)} leads to ${href ?? "nothing"}.`,
  "cn-dismiss": ({ ids = [] }) =>
    `About to dismiss ${ids.length > 6 ? `${ids.length} notifications` : ids.join(", ")}.`,
  "cn-error": ({ kind, status, message, retryAt }) =>
    `${kind}${status ? ` (HTTP ${status})` : ""}: ${message}${retryAt ? ` Next try at ${timeOfDay(new Date(retryAt))}.` : ""}`,
};

const TONES = { "cn-ready": "good", "cn-arrive": "new", "cn-error": "bad" };

/** Writes a line for each event that reaches `place`. */
export function mountEvents(lines, isPaused, place = document) {
  for (const name of NAMES) {
    place.addEventListener(name, ({ detail }) => {
      if (isPaused()) return;
      const line = element(
        "li",
        {},
        element("span", { className: "log-time" }, timeOfDay(new Date())),
        element(
          "span",
          { className: "log-what" },
          element("span", { className: "log-name" }, name),
          " ",
          SUMMARIES[name](detail ?? {}),
        ),
      );
      if (TONES[name]) line.dataset.tone = TONES[name];
      lines.add(line);
    });
  }
  return { empty: lines.empty };
}

function quote(notification) {
  if (!notification) return "a notification";
  const text = notification.Message || notification.NotificationType || "no text";
  return `#${notification.Id} “${text.length > 70 ? `${text.slice(0, 68)}…` : text}”`;
}
