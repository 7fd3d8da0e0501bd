//! The language of the widget.

/// The languages that have words, by the names of their files in `locales/`.
pub const LOCALES: &[&str] = &["en", "es", "fr", "de", "pt", "it", "nl", "ca", "da", "sv", "pl", "ja", "zh-Hans", "ar"];

/// A language that the widget speaks. Words, numbers, times and direction all follow it.
///
/// ```
/// use coworker_notifications::view::text::Language;
///
/// let brazilian = Language::of("pt_BR");
/// assert_eq!((brazilian.words(), brazilian.tag()), ("pt", "pt-BR"));
/// // There are no Finnish words, so all is English: English words with Finnish times would mix two languages.
/// assert_eq!(Language::of("fi-FI"), Language::of("en"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    words: &'static str,
    tag: String,
}

impl Language {
    /// The language for a page that asks for `asked`, in any spelling: BCP 47 (`pt-BR`), with underscores, or as
    /// operating systems write it (`de_DE.UTF-8@euro`). A language without words gives English.
    pub fn of(asked: &str) -> Self {
        let asked = asked.split(['.', '@']).next().unwrap_or_default();
        let mut subtags = asked.split(['-', '_']).map(str::trim);
        let language = subtags.next().unwrap_or_default();
        let Some(words) = LOCALES.iter().find(|locale| bare(locale).eq_ignore_ascii_case(language)) else {
            return Self { words: "en", tag: "en".to_owned() };
        };
        let (mut script, mut region) = ("", "");
        let mut extension = String::new();
        while let Some(subtag) = subtags.next() {
            let letters = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
            match subtag.len() {
                // A single letter begins an extension. Only Unicode's is kept, because it may name the digits.
                1 if subtag.eq_ignore_ascii_case("u") => extension = unicode_extension(subtags.by_ref()),
                1 => break,
                4 if letters => script = subtag,
                2 if letters => region = subtag,
                3 if subtag.bytes().all(|byte| byte.is_ascii_digit()) => region = subtag,
                // Variants and the like do not change words or times.
                _ => {}
            }
        }
        let mut tag = bare(words).to_owned();
        if let Some((_, written)) = words.split_once('-') {
            let elsewhere = ["TW", "HK", "MO"].iter().any(|other| other.eq_ignore_ascii_case(region));
            let other = if script.is_empty() { elsewhere } else { !script.eq_ignore_ascii_case(written) };
            if other {
                // The times of that script or region would not match the words.
                region = "";
            }
            if other || !script.is_empty() {
                tag = (*words).to_owned();
            }
        }
        if !region.is_empty() {
            tag = tag + "-" + &region.to_ascii_uppercase();
        }
        Self { words, tag: tag + &extension }
    }

    /// The name of the language's file in `locales/`: one of [`LOCALES`].
    pub fn words(&self) -> &'static str {
        self.words
    }

    /// The tag (BCP 47) for `lang` and for `Intl`.
    pub fn tag(&self) -> &str {
        &self.tag
    }
}

/// A tag's language without region and script.
pub(super) fn bare(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

/// `-u-` and its keys, if these are well-formed.
fn unicode_extension<'a>(subtags: impl Iterator<Item = &'a str>) -> String {
    let mut extension = "-u".to_owned();
    for subtag in subtags {
        if !(2..=8).contains(&subtag.len()) || !subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return String::new();
        }
        extension = extension + "-" + subtag;
    }
    if extension.len() > 2 { extension } else { String::new() }
}

/// The writing direction of a language, as the `dir` attribute has it.
pub(super) fn direction(tag: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 4] = ["ar", "he", "fa", "ur"];
    match RIGHT_TO_LEFT.iter().any(|known| known.eq_ignore_ascii_case(bare(tag))) {
        true => "rtl",
        false => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_of_a_tag_is_one_language_with_a_valid_tag() {
        for (asked, words, tag) in [
            ("en", "en", "en"),
            ("EN-gb", "en", "en-GB"),
            (" fr ", "fr", "fr"),
            ("de-", "de", "de"),
            ("de_AT", "de", "de-AT"),
            ("de-DE@posix", "de", "de-DE"),
            ("de_DE.UTF-8@euro", "de", "de-DE"),
            ("pt_BR", "pt", "pt-BR"),
            ("es-419", "es", "es-419"),
            ("ca-ES-valencia", "ca", "ca-ES"),
            ("ar_EG", "ar", "ar-EG"),
            ("ar@latn", "ar", "ar"),
            ("ar-Latn-EG", "ar", "ar-EG"),
            ("ar-u-nu-latn", "ar", "ar-u-nu-latn"),
            ("ar-EG-u-nu", "ar", "ar-EG-u-nu"),
            ("ar-u-", "ar", "ar"),
            ("ar-u", "ar", "ar"),
            ("de-x-private", "de", "de"),
            ("zh", "zh-Hans", "zh"),
            ("zh-CN", "zh-Hans", "zh-CN"),
            ("zh_Hans_CN", "zh-Hans", "zh-Hans-CN"),
            ("zh-cmn-Hans-CN", "zh-Hans", "zh-Hans-CN"),
        ] {
            let language = Language::of(asked);
            assert_eq!((language.words(), language.tag()), (words, tag), "{asked:?}");
        }
    }

    #[test]
    fn what_there_are_no_words_for_is_english_in_all() {
        for asked in ["", " ", "fi", "he", "fa-IR", "art", "x", "x-klingon", "C", "POSIX", "🦀", "français"] {
            let language = Language::of(asked);
            assert_eq!((language.words(), language.tag()), ("en", "en"), "{asked:?}");
        }
    }

    #[test]
    fn the_times_of_another_script_do_not_stand_beside_simplified_words() {
        for asked in ["zh-Hant", "zh-Hant-TW", "zh-TW", "zh_HK", "zh-mo"] {
            let language = Language::of(asked);
            assert_eq!((language.words(), language.tag()), ("zh-Hans", "zh-Hans"), "{asked:?}");
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
