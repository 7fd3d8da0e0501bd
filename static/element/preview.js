// The panel while the program is on its way: its frame, and what the early answer says of the newest notifications. It
// looks like the program's own panel before its first list, so that little moves when that takes its place.

import { listen } from "./listen.js";
import { make } from "./paint.js";
import { dress } from "./styles.js";

/** So many rows fill the highest panel. */
const ROWS = 12;
/** So many letters are more than three lines can hold. */
const EXCERPT = 500;

/** What ends each preview, by the shadow root that it is in. */
const shown = new WeakMap();

/**
 * Shows the preview of an element that is open, and takes it away from one that is not. `records` are the newest
 * notifications as the API names their fields, once they are known; `locale` is the language that the page asks for.
 */
export function preview(element, records, locale) {
  const root = element.shadowRoot;
  const isWanted = element.open && element.isConnected && element.variant !== "inline";
  // Where the browser cannot keep the panel at its bell, the bell says that it is busy, and no more.
  if (!isWanted || !globalThis.CSS?.supports("position-area", "self-block-end")) {
    return endPreview(root);
  }
  dress(root);
  const known = element.view === "inbox" && isNewestFirst(records) ? records : undefined;
  let panel = shown.get(root)?.panel;
  if (panel) {
    panel.querySelector(".scroller").replaceChildren(skeleton(known));
  } else {
    panel = frame(element, known, locale);
    root.append(panel);
    shown.set(root, { panel, ends: closeFrom(element) });
    root.querySelector("[part=bell]")?.setAttribute("aria-expanded", "true");
  }
  // One that was taken out of the document and put back has left the top layer.
  if (!panel.matches(":popover-open")) {
    panel.showPopover();
    panel.focus({ preventScroll: true });
  }
  return undefined;
}

/** Whether the preview in this shadow root has rows to read. */
export const foretells = (root) => Boolean(shown.get(root)?.panel.querySelector("p"));

/** Takes the preview away, if there is one. */
export function endPreview(root) {
  const preview = shown.get(root);
  if (preview) {
    const bell = root.querySelector("[part=bell]");
    bell?.setAttribute("aria-expanded", "false");
    if (root.activeElement === preview.panel) {
      bell?.focus({ preventScroll: true });
    }
    shown.delete(root);
    preview.ends.abort();
    preview.panel.remove();
  }
}

function frame(element, records, locale) {
  const isEnglish = /^en/i.test(locale);
  const title = element.labels?.title ?? (isEnglish ? "Notifications" : "");
  const heading = make("h2", { part: "title" }, [title]);
  const header = make("div", { part: "header" }, [make("slot", { name: "header" }, [heading])]);
  const [side, end] = element.placement.split("-");
  const panel = make(
    "div",
    {
      part: "panel",
      class: "preview",
      popover: "manual",
      tabindex: "-1",
      role: "dialog",
      "aria-label": title || "Notifications",
      "aria-busy": "true",
      dir: /^ar/i.test(locale) ? "rtl" : "ltr",
      lang: locale,
    },
    [header, make("div", { class: "scroller" }, [skeleton(records)])],
  );
  // Logical words, as the panel's own direction has them.
  const edge = side === "top" ? "start" : "end";
  const towards = end === "end" ? "start" : "end";
  panel.style.setProperty("--_area", `self-block-${edge} span-self-inline-${towards}`);
  return panel;
}

/** Servers differ in which way round they list, and the program finds out; until then the dates say it. */
function isNewestFirst(records) {
  return !(Date.parse(records?.at(0)?.CreatedOn) < Date.parse(records?.at(-1)?.CreatedOn));
}

/** Rows in the shape of those to come, with their messages where these are known. */
function skeleton(records) {
  const rows = records?.slice(0, ROWS) ?? Array(7).fill();
  const kinds = new Set(rows.map((record) => record?.NotificationType));
  const isPlain = Boolean(records) && kinds.size < 2;
  return make("div", { class: isPlain ? "skeleton plain" : "skeleton" }, rows.map(row));
}

function row(record) {
  const text = String(record?.Message ?? "").trim();
  const message = make("p", { class: "clamp" }, [text.slice(0, EXCERPT)]);
  const lines = record ? [make("i", {}), message] : [make("i", {}), make("i", {}), make("i", {})];
  return make("div", { class: "bone" }, [make("i", {}), make("div", {}, lines)]);
}

/** Escape and a press outside close the preview as they close the panel. */
function closeFrom(element) {
  const ends = new AbortController();
  const view = element.ownerDocument.defaultView;
  const escape = (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      element.hide();
    }
  };
  const press = (event) => event.composedPath().includes(element) || element.hide();
  listen(view, "keydown", escape, ends.signal, true);
  listen(view, "pointerdown", press, ends.signal, true);
  return ends;
}
