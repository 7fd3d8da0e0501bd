// The panel while the program loads: its frame, and the newest notifications of the early answer. It looks like the
// program's panel before its first list, so that little moves when that panel replaces it.

import { listen } from "./listen.js";
import { make } from "./paint.js";
import { dress } from "./styles.js";

/** This many rows fill the highest panel. */
const ROWS = 12;
/** This many letters are more than three lines can hold. */
const EXCERPT = 500;

/** Each preview's panel and the controller that ends its listeners, by shadow root. */
const shown = new WeakMap();

/**
 * Shows the preview of an open element, and removes that of a closed one. `records` are the newest notifications as the
 * API sends them, once they are known; `locale` is the language that the page asks for.
 */
export function preview(element, records, locale) {
  const root = element.shadowRoot;
  const isWanted = element.open && element.isConnected && element.variant !== "inline";
  // In a browser that cannot keep the panel at its bell, the bell only says that it is busy.
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
  // A panel that was taken out of the document and put back has left the top layer.
  if (!panel.matches(":popover-open")) {
    panel.showPopover();
    panel.focus({ preventScroll: true });
  }
  return undefined;
}

/** Whether the preview in this shadow root shows messages. */
export const foretells = (root) => Boolean(shown.get(root)?.panel.querySelector("p"));

/** Removes the preview, if there is one. */
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
  // Logical sides, which follow the panel's own direction.
  const edge = side === "top" ? "start" : "end";
  const towards = end === "end" ? "start" : "end";
  panel.style.setProperty("--_area", `self-block-${edge} span-self-inline-${towards}`);
  return panel;
}

/** Servers list in different orders, which the program finds out. Until then the dates tell the order. */
function isNewestFirst(records) {
  return !(Date.parse(records?.at(0)?.CreatedOn) < Date.parse(records?.at(-1)?.CreatedOn));
}

/** Placeholder rows in the shape of the real ones, with the messages that are known. */
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
