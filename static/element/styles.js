// The panel's style sheet, which comes with the program.

import { panelCss } from "./built.js";

/** Adds the panel's styles to a shadow root that has only the bell's. A window's bell sheet keeps its panel sheet. */
export function dress(root) {
  const [bell, ...others] = root.adoptedStyleSheets;
  if (bell && !others.includes(bell.panel)) {
    if (!bell.panel) {
      bell.panel = new bell.constructor();
      bell.panel.replaceSync(panelCss);
    }
    root.adoptedStyleSheets = [bell, bell.panel, ...others];
  }
}
