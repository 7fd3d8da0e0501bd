//! Which language to speak.

/// The languages there are words for, by the name of their file in `locales/`.
pub const LOCALES: &[&str] = &["en", "es", "fr", "de", "pt", "it", "nl", "ca", "da", "sv", "pl", "ja", "zh-Hans", "ar"];

/// The language to use for a BCP 47 tag: the same, else the same without its region, else English.
///
/// ```
/// use coworker_notifications::view::text::choose;
///
/// assert_eq!(choose("pt-BR"), "pt");
/// assert_eq!(choose("zh-CN"), "zh-Hans");
/// assert_eq!(choose("tlh"), "en");
/// ```
pub fn choose(tag: &str) -> &'static str {
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    LOCALES
        .iter()
        .find(|locale| {
            let known = locale.split('-').next().unwrap_or_default();
            known.eq_ignore_ascii_case(language.trim())
        })
        .unwrap_or(&"en")
}

/// The writing direction of a language, as the `dir` attribute has it.
pub(super) fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 4] = ["ar", "he", "fa", "ur"];
    let language = tag.split(['-', '_']).next().unwrap_or_default();
    match RIGHT_TO_LEFT.iter().any(|known| known.eq_ignore_ascii_case(language)) {
        true => "rtl",
        false => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_or_a_script_falls_back_to_its_language() {
        for (tag, locale) in [
            ("en", "en"),
            ("EN-gb", "en"),
            ("de_AT", "de"),
            ("zh", "zh-Hans"),
            ("zh-Hant-TW", "zh-Hans"),
            ("ar-EG", "ar"),
            ("ca-ES-valencia", "ca"),
            ("", "en"),
            ("x-klingon", "en"),
        ] {
            assert_eq!(choose(tag), locale, "{tag}");
        }
    }

    #[test]
    fn arabic_hebrew_persian_and_urdu_run_from_the_right() {
        assert_eq!(direction("ar-EG"), "rtl");
        assert_eq!(direction("FA"), "rtl");
        assert_eq!(direction("en"), "ltr");
        assert_eq!(direction("art"), "ltr");
    }
}
