// The bell before the program has loaded, and when it does not. Markup as in the program's own bell, so that nothing
// moves when that takes over.

const SVG = "http://www.w3.org/2000/svg";

// Lucide "bell" (ISC licence, see THIRD-PARTY-NOTICES).
const BELL = "M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326";

/** Draws the bell into `root`, without a badge; nothing for the list alone. */
export function paint(root, variant, toggle) {
  if (variant === "inline") {
    return;
  }
  const bell = button("button");
  bell.type = "button";
  bell.setAttribute("aria-haspopup", "dialog");
  bell.setAttribute("aria-expanded", "false");
  bell.addEventListener("click", toggle);
  root.replaceChildren(bell);
}

/** Puts the count on a painted bell, as the program will. */
export function paintCount(root, count, max, english) {
  const bell = root.querySelector("[part=bell]");
  if (!bell || !count) {
    return;
  }
  const badge = document.createElement("span");
  badge.setAttribute("part", "badge");
  badge.setAttribute("aria-hidden", "true");
  badge.textContent = count > max ? `${max}+` : count;
  bell.querySelector("[part=badge]")?.remove();
  bell.append(badge);
  if (english) {
    bell.setAttribute("aria-label", `Notifications, ${count} unread`);
  }
}

/** Draws the bell as a link to the page's own list, or as a button that does nothing where there is none. */
export function paintBroken(root, href) {
  let bell = button("a");
  bell.href = href ?? "";
  // Links of other kinds run scripts.
  if (!href || !/^https?:$/.test(bell.protocol)) {
    bell = button("button");
    bell.disabled = true;
  }
  root.replaceChildren(bell);
}

function button(tag) {
  const bell = document.createElement(tag);
  bell.setAttribute("part", "bell");
  bell.setAttribute("aria-label", "Notifications");
  const slot = document.createElement("slot");
  slot.name = "bell";
  slot.append(icon());
  bell.append(slot);
  return bell;
}

function icon() {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" })) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", BELL);
  svg.append(path);
  return svg;
}
