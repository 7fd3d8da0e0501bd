// Which language the page asks for.

/** The element's `locale`, else the nearest `lang` around it, through shadow roots, else the browser's language. */
export function language(element) {
  let lang;
  // Out of the document the outermost element may be a form, and what has a field called `host` seems to be a root.
  for (let inner = element; inner?.isConnected && lang == null; inner = inner.getRootNode().host) {
    lang = inner.closest("[lang]")?.getAttribute("lang");
  }
  return element.locale || lang || navigator.language;
}
