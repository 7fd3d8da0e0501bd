// The bell before the program has loaded, and when it fails to load. The markup equals that of the program's bell, so
// that nothing moves when the program takes over.

// Lucide "bell" (ISC licence, see THIRD-PARTY-NOTICES).
const BELL = "M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326";

/** The root element that a bell is drawn in. */
export const stand = () => make("div", { class: "root" });

/** Draws the bell into `root`, without a badge. The inline variant has no bell. */
export function paint(root, variant, toggle) {
  if (variant === "inline") {
    return;
  }
  const bell = button("button", { type: "button", "aria-haspopup": "dialog", "aria-expanded": "false" });
  bell.addEventListener("click", toggle);
  // The live region is added before it has text: only changes of a known live region are sure to be read aloud.
  root.replaceChildren(bell, make("span", { part: "live", role: "status", class: "hidden", lang: "en" }));
}

/** Shows and announces that a pressed bell is still loading. */
export function paintBusy(root, busy) {
  root.querySelector("[part=bell]")?.setAttribute("aria-busy", busy);
  root.querySelector("[part=live]")?.replaceChildren(busy ? "Loading notifications…" : "");
}

/** Puts the count on a painted bell as the program will; 0 removes the badge. */
export function paintCount(root, count, max, locale) {
  const bell = root.querySelector("[part=bell]");
  bell?.querySelector("[part=badge]")?.remove();
  if (count) {
    bell?.append(make("span", { part: "badge", "aria-hidden": "true" }, [
      count > max ? `${digits(max, locale)}+` : digits(count, locale),
    ]));
  }
  if (/^en/i.test(locale)) {
    bell?.setAttribute("aria-label", count ? `Notifications, ${count} unread` : "Notifications");
  }
}

/** A number in the locale's digits. Of the program's languages only Arabic may have digits of its own. */
function digits(number, locale) {
  try {
    return /^ar/i.test(locale) ? number.toLocaleString(locale.replace("_", "-"), { useGrouping: false }) : number;
  } catch {
    return number;
  }
}

/** Draws the bell as a link to the page's own list, or without one as a button that calls `retry`, if that is given. */
export function paintBroken(root, href, retry) {
  const link = button("a", { href });
  // Other protocols may run scripts.
  if (href && /^https?:$/.test(link.protocol)) {
    root.replaceChildren(link);
    return;
  }
  const again = button("button", retry ? { type: "button", "aria-label": "Notifications, try again" } : { disabled: "" });
  again.addEventListener("click", retry);
  root.replaceChildren(again);
}

function button(tag, attributes) {
  const path = make("path", { d: BELL }, [], "2000/svg");
  const icon = { viewBox: "0 0 24 24", "aria-hidden": "true" };
  const slot = make("slot", { name: "bell" }, [make("svg", icon, [path], "2000/svg")]);
  return make(tag, { part: "bell", "aria-label": "Notifications", ...attributes }, [slot]);
}

/** Makes an element with attributes and content. */
export function make(tag, attributes, content = [], language = "1999/xhtml") {
  const made = document.createElementNS(`http://www.w3.org/${language}`, tag);
  // `for … in` would also list properties that the page has added to `Object.prototype`.
  for (const [name, value] of Object.entries(attributes)) {
    made.setAttribute(name, value);
  }
  made.append(...content);
  return made;
}
