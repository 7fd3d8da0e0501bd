use std::collections::{BTreeMap, BTreeSet};

use super::*;

#[test]
fn english_has_every_text() {
    let words = read(include_str!("../../../static/locales/en.json")).unwrap();
    for (name, word) in Key::NAMES.iter().zip(words) {
        assert!(word.is_some(), "locales/en.json lacks \"{name}\"");
    }
}

#[test]
fn what_a_file_lacks_is_said_in_english() {
    let text = Text::parse(r#"{"title": "Avisos", "from another version": "x"}"#, "es").unwrap();
    assert_eq!(text.get(Key::Title), "Avisos");
    assert_eq!(text.get(Key::Undo), "Undo");
}

#[test]
fn labels_that_are_no_object_are_told_in_words() {
    let failure = Text::english().with_labels("[1]").unwrap_err();
    assert_eq!(failure.kind, FailureKind::Config);
    assert!(failure.message.contains("labels is not usable: \"[1]\""), "{failure}");
}

/// The plural categories of the Unicode CLDR for whole numbers and large compact ones, by locale.
const CATEGORIES: &[(&str, &[&str])] = &[
    ("en", &["one", "other"]),
    ("es", &["one", "many", "other"]),
    ("fr", &["one", "many", "other"]),
    ("de", &["one", "other"]),
    ("pt", &["one", "many", "other"]),
    ("it", &["one", "many", "other"]),
    ("nl", &["one", "other"]),
    ("ca", &["one", "many", "other"]),
    ("da", &["one", "other"]),
    ("sv", &["one", "other"]),
    ("pl", &["one", "few", "many", "other"]),
    ("ja", &["other"]),
    ("zh-Hans", &["other"]),
    ("ar", &["zero", "one", "two", "few", "many", "other"]),
];

fn file(locale: &str) -> Vec<Word> {
    let path = [env!("CARGO_MANIFEST_DIR"), "/static/locales/", locale, ".json"].concat();
    let json = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let named: BTreeMap<String, serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(named.len(), Key::NAMES.len(), "{locale} has a text that is never used");
    let words = read(&json).unwrap().into_iter().zip(Key::NAMES);
    words.map(|(word, name)| word.unwrap_or_else(|| panic!("{locale} lacks \"{name}\""))).collect()
}

fn placeholders(form: &str) -> BTreeSet<&str> {
    form.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_language_says_everything_with_the_placeholders_and_plurals_it_needs() {
    assert_eq!(CATEGORIES.iter().map(|(locale, _)| *locale).collect::<Vec<_>>(), LOCALES);
    let english = file("en");
    for (locale, categories) in CATEGORIES {
        for ((word, english), name) in file(locale).iter().zip(&english).zip(Key::NAMES) {
            let full = english.form("other");
            let full = placeholders(&full);
            assert_eq!(placeholders(&word.form("other")), full, "{locale} {name}");
            match (word, english) {
                (Word::Plain(text), Word::Plain(_)) => assert!(!text.trim().is_empty(), "{locale} {name}"),
                (Word::Plural(forms), Word::Plural(_)) => {
                    assert_eq!(
                        forms.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
                        *categories,
                        "{locale} {name}"
                    );
                    // "One notification" and "two notifications" may say the number in a word.
                    for (_, form) in forms {
                        assert!(placeholders(form).is_subset(&full), "{locale} {name}: {form}");
                    }
                }
                _ => panic!("{locale} {name}: plural here and not in English, or the other way round"),
            }
        }
    }
}
