/** The word files of all languages except English, which is built in. Each URL is written so that bundlers find it. */
const LOCALES = {
  ar: () => new URL("./locales/ar.json", import.meta.url),
  ca: () => new URL("./locales/ca.json", import.meta.url),
  da: () => new URL("./locales/da.json", import.meta.url),
  de: () => new URL("./locales/de.json", import.meta.url),
  es: () => new URL("./locales/es.json", import.meta.url),
  fr: () => new URL("./locales/fr.json", import.meta.url),
  it: () => new URL("./locales/it.json", import.meta.url),
  ja: () => new URL("./locales/ja.json", import.meta.url),
  nl: () => new URL("./locales/nl.json", import.meta.url),
  pl: () => new URL("./locales/pl.json", import.meta.url),
  pt: () => new URL("./locales/pt.json", import.meta.url),
  sv: () => new URL("./locales/sv.json", import.meta.url),
  "zh-Hans": () => new URL("./locales/zh-Hans.json", import.meta.url),
};

/** The address of a language's words. */
export function localeUrl(name) {
  try {
    return LOCALES[name]().href;
  } catch {
    // The page has given the name `URL` to something else.
    return import.meta.url.replace(/[^/]*$/, `locales/${name}.json`);
  }
}
