// The page that the bell stands on in the gallery: a plain header, and a text below that a panel may cover.

import { tag } from "../support/test.mjs";

export const style = `
  body { background: Canvas; color: CanvasText; color-scheme: light; font: 16px/1.5 Georgia, serif; margin: 0 }
  .dark { background: #101317; color: #e4e7eb; color-scheme: dark }
  header { align-items: center; border-bottom: 1px solid #8884; display: flex; gap: 12px; padding: 8px 16px }
  header b { flex: 1 }
  main { max-width: 34em; padding: 16px }
`;

const TEXT =
  "The lift is being serviced until noon. The stairs have the better view. Breakfast with the harbour pilot is on " +
  "Thursday, and whoever left a blue bicycle by the stairs may want to know that it rains. ";

/** The body of a page with a bell that has these attributes. */
export function markup(attributes, { dir, body } = {}) {
  const bell = tag({ "api-base": "/", "poll-interval": 0, ...attributes });
  const dark = attributes.theme === "dark" ? ' class="dark"' : "";
  const content = body?.(bell) ?? `<header><b>Harbour Works</b>${bell}</header><main>${TEXT.repeat(5)}</main>`;
  // The body's own class cannot be written here: the page's markup stands in it.
  return `<div${dark} dir="${dir}" style="min-height: 100vh">${content}</div>`;
}
