// Which language the page asks for.

/** The element's `locale`, else the nearest `lang` around it, through shadow roots, else the browser's language. */
export function language(element) {
  let lang;
  for (let inner = element; inner?.closest && lang == null; inner = inner.getRootNode().host) {
    lang = inner.closest("[lang]")?.getAttribute("lang");
  }
  return element.locale || lang || navigator.language;
}
