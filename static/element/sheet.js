// The bell's style sheet, which comes with the module.

import { bellCss } from "./bell-css.js";

const sheets = new WeakMap();

/** The style sheet of all painted bells in a window. It is constructed, so no policy for inline styles applies. */
export function styleSheet(view) {
  let sheet = sheets.get(view);
  if (!sheet && view) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(bellCss);
    sheets.set(view, sheet);
  }
  return sheet;
}
