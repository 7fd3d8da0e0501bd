use std::collections::BTreeSet;

use super::*;

#[test]
fn english_has_every_text() {
    let Words(words) = serde_json::from_str(include_str!("../../../static/locales/en.json")).unwrap();
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

#[test]
fn placeholders_are_known_by_name() {
    let allowed: BTreeSet<_> = ["count", "label", "done", "total", "when"].into();
    for word in Text::english().words {
        let forms = match &word {
            Word::Plain(text) => vec![text.clone()],
            Word::Plural(forms) => forms.iter().map(|(_, text)| text.clone()).collect(),
        };
        for form in forms {
            for rest in form.split('{').skip(1) {
                assert!(allowed.contains(rest.split('}').next().unwrap()), "{form}");
            }
        }
    }
}
