// The panel's style sheet, which comes with the program.

import { panelCss } from "./built.js";

/** Gives a shadow root that has the bell's styles alone the panel's, too: those of the same window, kept with them. */
export function dress({ adoptedStyleSheets }) {
  const [bell] = adoptedStyleSheets;
  if (bell && !adoptedStyleSheets.includes(bell.panel)) {
    if (!bell.panel) {
      bell.panel = new bell.constructor();
      bell.panel.replaceSync(panelCss);
    }
    adoptedStyleSheets.splice(1, 0, bell.panel);
  }
}
