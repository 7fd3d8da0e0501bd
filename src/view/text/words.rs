//! A table of texts as a file holds it: a flat JSON object, where a text with a count has one form per plural category.

use yew::AttrValue;

use super::Key;
use crate::json::{Object, Raw, text};

/// One text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Word {
    /// The same for every number.
    Plain(AttrValue),
    /// One form per CLDR plural category ("one", "few", "other", …).
    Plural(Vec<(String, AttrValue)>),
}

impl Word {
    /// The form for a plural category; `other` is the one that every language has.
    pub(super) fn form(&self, category: &str) -> AttrValue {
        match self {
            Self::Plain(text) => text.clone(),
            Self::Plural(forms) => {
                let find = |wanted: &str| forms.iter().find(|(name, _)| name == wanted);
                find(category)
                    .or_else(|| find("other"))
                    .or_else(|| forms.first())
                    .map(|(_, text)| text.clone())
                    .unwrap_or_default()
            }
        }
    }
}

/// The texts of a file, in the order of [`Key::NAMES`]; `None` for a missing text. Unknown names (of another version)
/// are skipped, and so are values that are no text.
pub(super) fn read(json: &str) -> Option<Vec<Option<Word>>> {
    let mut words = vec![None; Key::NAMES.len()];
    for (name, value) in Object::parse(json).ok()?.into_fields() {
        if let Some(place) = Key::find(&name).and_then(|index| words.get_mut(index)) {
            *place = word(value);
        }
    }
    Some(words)
}

fn word(value: Raw<'_>) -> Option<Word> {
    if let Some(plain) = text(value) {
        return Some(Word::Plain(plain.into()));
    }
    let mut forms = Vec::new();
    for (category, form) in Object::of(value)?.into_fields() {
        if let Some(form) = text(form) {
            forms.push((category.into_owned(), form.into()));
        }
    }
    Some(Word::Plural(forms))
}

/// Replaces each `{name}` in a text by its value. A placeholder without a value stays.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> AttrValue {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let value = after.split_once('}').and_then(|(name, following)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((*value, following))
        });
        match value {
            Some((value, following)) => {
                filled.push_str(value);
                rest = following;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_unknown_ones_stay() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "2")]), "1 of 2");
        assert_eq!(fill("{a} {x} {", &[("a", "{b}"), ("b", "no")]), "{b} {x} {");
        assert_eq!(fill("plain", &[]), "plain");
    }

    #[test]
    fn a_missing_plural_category_takes_other() {
        let words = read(r#"{"title": {"one": "a", "other": "b"}, "undo": "c", "close": {}, "new": [1]}"#).unwrap();
        let form = |key: Key, category| words[key.index()].as_ref().map(|word| word.form(category));
        assert_eq!(form(Key::Title, "one").unwrap(), "a");
        assert_eq!(form(Key::Title, "few").unwrap(), "b");
        assert_eq!(form(Key::Undo, "many").unwrap(), "c");
        assert_eq!(form(Key::Close, "other").unwrap(), "");
        assert_eq!(form(Key::New, "other"), None);
    }
}
