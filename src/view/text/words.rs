//! A table of texts as it lies in a file: a flat JSON object, where a text that counts has one form per plural category.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use yew::AttrValue;

use super::Key;

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

/// All texts, in the order of [`Key::NAMES`]; `None` where the file has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(pub(super) Vec<Option<Word>>);

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, or an object from plural category to text")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Word, E> {
                Ok(Word::Plain(text.to_owned().into()))
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Word, A::Error> {
                let mut forms = Vec::new();
                while let Some(category) = map.next_key::<String>()? {
                    forms.push((category, map.next_value::<String>()?.into()));
                }
                Ok(Word::Plural(forms))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Words;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object from text name to text")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
                let mut words = vec![None; Key::NAMES.len()];
                while let Some(name) = map.next_key::<String>()? {
                    match Key::find(&name).and_then(|index| words.get_mut(index)) {
                        Some(place) => *place = Some(map.next_value()?),
                        // A name of another version harms nobody.
                        None => drop(map.next_value::<de::IgnoredAny>()?),
                    }
                }
                Ok(Words(words))
            }
        }

        deserializer.deserialize_map(Visitor)
    }
}

/// Puts values where a text has `{name}`. A placeholder without a value stays as it is.
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
        let word: Word = serde_json::from_str(r#"{"one": "a", "other": "b"}"#).unwrap();
        assert_eq!(word.form("one"), "a");
        assert_eq!(word.form("few"), "b");
        assert_eq!(serde_json::from_str::<Word>(r#""c""#).unwrap().form("many"), "c");
        assert_eq!(serde_json::from_str::<Word>("{}").unwrap().form("other"), "");
    }
}
