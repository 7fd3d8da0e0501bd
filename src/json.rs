//! Reading JSON as the world writes it: numbers in quotes, texts without, fields in any number and order.
//!
//! Values are looked at as raw slices of the text. That keeps one odd value from spoiling its neighbours, copies
//! nothing that nobody asks for, and is a fraction of the code that derived readers of many structs would be.

use std::{borrow::Cow, fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};
use serde_json::value::RawValue;

/// The fields of a JSON object, their values unread.
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'a> Object<'a> {
    /// Reads a text that is an object.
    pub(crate) fn parse(json: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Reads a value; `None` if it is not an object.
    pub(crate) fn of(value: &'a RawValue) -> Option<Self> {
        Self::parse(value.get()).ok()
    }

    /// The value of a field; `None` if it is missing or null. Of several with one name the last counts, as in browsers.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let (_, value) = self.0.iter().rfind(|(field, _)| field == name)?;
        (value.get() != "null").then_some(*value)
    }

    /// All fields in their order.
    pub(crate) fn into_fields(self) -> Vec<(Cow<'a, str>, &'a RawValue)> {
        self.0
    }
}

/// The items of an array; `None` for anything else.
pub(crate) fn array(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// A whole number: `7`, `7.0`, `7e0` or any of them in quotes.
pub(crate) fn integer(value: &RawValue) -> Option<i64> {
    let text = text(value)?;
    let text = text.trim();
    text.parse().ok().or_else(|| integral(text))
}

/// A whole number, written as this widget itself writes it.
pub(crate) fn strict<T: FromStr>(value: &RawValue) -> Option<T> {
    value.get().parse().ok()
}

/// Whole numbers, the same.
pub(crate) fn strict_all(value: &RawValue) -> Option<Vec<i64>> {
    array(value)?.into_iter().map(strict).collect()
}

/// Whole numbers as JSON.
pub(crate) fn numbers(numbers: impl Iterator<Item = i64>) -> String {
    list(numbers.map(|number| number.to_string()))
}

/// A list of what is JSON already.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    let mut list = String::from("[");
    for item in items {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&item);
    }
    list.push(']');
    list
}

/// A number with a fraction or an exponent that is whole all the same.
fn integral(text: &str) -> Option<i64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_end_matches('0');
    if matches!(digits, "" | "-") {
        return (!all.is_empty() && all != "-").then_some(0);
    }
    let zeros =
        i64::try_from(all.len() - digits.len()).ok()? - i64::try_from(fraction.len()).ok()? + i64::from(exponent);
    digits.parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(u32::try_from(zeros).ok()?)?)
}

/// A truth value: `true`, `1`, or either in quotes; the same for `false` and `0`.
pub(crate) fn boolean(value: &RawValue) -> Option<bool> {
    let text = text(value)?;
    let text = text.trim();
    if text == "1" || text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text == "0" || text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// A text; numbers and truth values as they are written.
pub(crate) fn text(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).ok().map(|Text(text)| text),
        Some(b'{' | b'[' | b'n') | None => None,
        Some(_) => Some(raw.to_owned()),
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> de::Visitor<'de> for Fields {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    fields.push((name, value));
                }
                Ok(Object(fields))
            }
        }

        deserializer.deserialize_map(Fields)
    }
}

/// A field's name, copied only if it is written with escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrow;

        impl<'de> de::Visitor<'de> for Borrow {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_str<E: de::Error>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }

        deserializer.deserialize_str(Borrow)
    }
}

/// A JSON string in which half an emoji (a lone surrogate, left where a server cut a text) reads as U+FFFD.
struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl de::Visitor<'_> for Bytes {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_bytes<E: de::Error>(self, bytes: &[u8]) -> Result<Text, E> {
                Ok(Text(String::from_utf8_lossy(bytes).into_owned()))
            }
        }

        // As bytes, because serde_json refuses lone surrogates in strings.
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Box<RawValue> {
        RawValue::from_string(json.to_owned()).unwrap()
    }

    #[test]
    fn whole_numbers_come_in_many_forms() {
        for (json, number) in [
            ("7", Some(7)),
            ("-7", Some(-7)),
            ("\"7\"", Some(7)),
            ("\" 7 \"", Some(7)),
            ("7.0", Some(7)),
            ("700.00", Some(700)),
            ("\"7.000\"", Some(7)),
            ("7e2", Some(700)),
            ("7.25E+2", Some(725)),
            ("700e-2", Some(7)),
            ("0", Some(0)),
            ("0.0", Some(0)),
            ("-0.0", Some(0)),
            ("0e99", Some(0)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1e400", None),
            ("1e999999999999", None),
            ("7.5", None),
            ("7e-1", None),
            ("\"\"", None),
            ("\"-\"", None),
            ("\".\"", None),
            ("\"seven\"", None),
            ("\"0x7\"", None),
            ("true", None),
            ("null", None),
            ("[7]", None),
            ("{}", None),
        ] {
            assert_eq!(integer(&raw(json)), number, "{json}");
        }
    }

    #[test]
    fn truth_comes_in_many_forms() {
        for json in ["true", "1", "\"true\"", "\"True\"", "\"1\""] {
            assert_eq!(boolean(&raw(json)), Some(true), "{json}");
        }
        for json in ["false", "0", "\"false\"", "\"FALSE\"", "\"0\""] {
            assert_eq!(boolean(&raw(json)), Some(false), "{json}");
        }
        for json in ["null", "2", "\"\"", "\"maybe\"", "[]"] {
            assert_eq!(boolean(&raw(json)), None, "{json}");
        }
    }

    #[test]
    fn texts_keep_what_they_say() {
        for (json, expected) in [
            (r#""Hello""#, Some("Hello")),
            (r#""""#, Some("")),
            (r#""a\"b\\c\n\u00e9""#, Some("a\"b\\c\né")),
            (r#""\ud83d\ude00""#, Some("😀")),
            ("12", Some("12")),
            ("false", Some("false")),
            ("null", None),
            ("{}", None),
            ("[]", None),
        ] {
            assert_eq!(text(&raw(json)).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn half_an_emoji_does_not_cost_the_text() {
        let text = text(&raw(r#""Party \ud83c""#)).unwrap();
        assert!(text.starts_with("Party \u{fffd}"), "{text}");
    }

    #[test]
    fn an_object_gives_its_fields_by_name() {
        let object = Object::parse(r#" {"a": 1, "\u0062": [2], "c": null, "a": "3", "d": {"e": 1e999}} "#).unwrap();
        let get = |name| object.get(name).map(RawValue::get);
        assert_eq!(get("a"), Some("\"3\""), "the last one counts");
        assert_eq!(get("b"), Some("[2]"));
        assert_eq!(get("c"), None, "null is as good as missing");
        assert_eq!(get("d"), Some(r#"{"e": 1e999}"#), "what nobody reads cannot be wrong");
        assert_eq!(get("A"), None);
    }

    #[test]
    fn what_is_no_object_or_array_is_none() {
        for json in ["null", "1", "\"a\"", "[]", "[1, 2]"] {
            assert!(Object::of(&raw(json)).is_none(), "{json}");
        }
        for json in ["null", "1", "\"a\"", "{}"] {
            assert!(array(&raw(json)).is_none(), "{json}");
        }
        assert_eq!(array(&raw("[1, null]")).unwrap().len(), 2);
    }
}
