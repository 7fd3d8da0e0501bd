//! Reads JSON as servers really write it: numbers in quotes, texts without, fields in any number and order.
//!
//! Values stay raw slices of the text. So one odd value does not spoil its neighbours, nothing is copied without need,
//! and the code is a fraction of derived readers for many structs. docs/performance.md says what serde_json and the
//! browser's `JSON.parse` were measured to cost instead.

mod walk;

use std::{
    borrow::Cow,
    str::{Chars, FromStr},
};

pub(crate) use walk::Flaw;
use walk::{Part, walk};

/// A value, unread: a slice of a text that is known to be JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// Takes a text that is JSON as a whole.
    pub(crate) fn parse(json: &'a str) -> Result<Self, Flaw> {
        walk(json, &mut |_| ()).map(|()| Self(json.trim_ascii()))
    }

    /// The value as it is written.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }
}

/// The fields of a JSON object, their values unread.
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Object<'a> {
    /// Reads a text that is an object.
    pub(crate) fn parse(json: &'a str) -> Result<Self, Flaw> {
        let mut object = Self(Vec::new());
        walk(json, &mut |part| {
            if part.depth == 1 {
                object.push(part);
            }
        })?;
        if json.trim_ascii_start().starts_with('{') { Ok(object) } else { Err(Flaw::Other) }
    }

    /// Reads a value; `None` if it is not an object.
    pub(crate) fn of(value: Raw<'a>) -> Option<Self> {
        Self::parse(value.get()).ok()
    }

    fn push(&mut self, part: Part<'a>) {
        self.0.push((string(part.name).unwrap_or_default(), Raw(part.value)));
    }

    /// The value of a field; `None` if it is missing or null. Of several with one name the last counts, as in browsers.
    pub(crate) fn get(&self, name: &str) -> Option<Raw<'a>> {
        let (_, value) = self.0.iter().rfind(|(field, _)| field.len() == name.len() && field == name)?;
        (value.get() != "null").then_some(*value)
    }

    /// All fields in their order.
    pub(crate) fn into_fields(self) -> Vec<(Cow<'a, str>, Raw<'a>)> {
        self.0
    }
}

/// The items of an array; `None` for anything else.
pub(crate) fn array(value: Raw<'_>) -> Option<Vec<Raw<'_>>> {
    let mut items = Vec::new();
    let read = walk(value.get(), &mut |part| {
        if part.depth == 1 {
            items.push(Raw(part.value));
        }
    });
    (read.is_ok() && value.get().starts_with('[')).then_some(items)
}

/// Reads one item of a list: from the item as it is written, and its fields if it is an object.
pub(crate) type Read<T> = fn(&str, Option<&Object<'_>>) -> T;

/// Reads a list of objects, or an object with such a list in its field `name`. Returns the list and the object, each if
/// it is there. A list is long, so its items are read in the same pass.
pub(crate) fn list<'a, T>(
    json: &'a str,
    name: &str,
    read: Read<T>,
) -> Result<(Option<Vec<T>>, Option<Object<'a>>), Flaw> {
    let (mut outer, mut inner) = (Object(Vec::new()), Object(Vec::new()));
    let (mut items, mut list) = (Vec::new(), None);
    let bare = !json.trim_ascii_start().starts_with('{');
    walk(json, &mut |part| {
        let of_list = part.value.starts_with('[');
        // A bare list counts one level deeper, as if it were a field.
        match part.depth + usize::from(bare) {
            3 => inner.push(part),
            2 => {
                items.push(read(part.value, part.value.starts_with('{').then_some(&inner)));
                inner.0.clear();
            }
            1 => {
                let items = std::mem::take(&mut items);
                if !bare {
                    outer.push(part);
                }
                if bare || outer.0.last().is_some_and(|(field, _)| field == name) {
                    list = of_list.then_some(items);
                }
            }
            _ => {}
        }
    })?;
    Ok((list, (!bare).then_some(outer)))
}

/// A whole number: `7`, `7.0`, `7e0` or any of them in quotes.
pub(crate) fn integer(value: Raw<'_>) -> Option<i64> {
    let text = said(value)?;
    let text = text.trim();
    text.parse().ok().or_else(|| integral(text))
}

/// A whole number, written as this widget itself writes it.
pub(crate) fn strict<T: FromStr>(value: Raw<'_>) -> Option<T> {
    value.get().parse().ok()
}

/// A list of such numbers.
pub(crate) fn strict_all(value: Raw<'_>) -> Option<Vec<i64>> {
    array(value)?.into_iter().map(strict).collect()
}

/// Whole numbers as JSON.
pub(crate) fn numbers(numbers: impl Iterator<Item = i64>) -> String {
    join(numbers.map(|number| number.to_string()))
}

/// A JSON list of items that are JSON already.
pub(crate) fn join(items: impl Iterator<Item = String>) -> String {
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

/// A whole number that is written with a fraction or an exponent.
fn integral(text: &str) -> Option<i64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = [whole, fraction].concat();
    let digits = all.trim_end_matches('0');
    if matches!(digits, "" | "-") {
        return (!all.is_empty() && all != "-").then_some(0);
    }
    let zeros = i64::try_from(all.len() - digits.len()).ok()? - i64::try_from(fraction.len()).ok()?;
    let zeros = zeros.checked_add(exponent)?;
    digits.parse::<i64>().ok()?.checked_mul(10_i64.checked_pow(u32::try_from(zeros).ok()?)?)
}

/// A truth value: `true`, `1`, or either in quotes; the same for `false` and `0`.
pub(crate) fn boolean(value: Raw<'_>) -> Option<bool> {
    let text = said(value)?;
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
pub(crate) fn text(value: Raw<'_>) -> Option<String> {
    said(value).map(Cow::into_owned)
}

/// The same, copied only if it is written with escapes.
pub(crate) fn said(value: Raw<'_>) -> Option<Cow<'_, str>> {
    match value.get().as_bytes().first() {
        Some(b'{' | b'[' | b'n') | None => None,
        Some(b'"') => string(value.get()),
        Some(_) => Some(value.get().into()),
    }
}

/// The content of a text in quotes. Half an emoji (a lone surrogate, left where a server cut a text) reads as U+FFFD.
fn string(json: &str) -> Option<Cow<'_, str>> {
    let mut rest = json.get(1..json.len().checked_sub(1)?)?;
    let mut said = String::new();
    // Byte by byte: most texts are short, and have no escapes.
    while let Some(plain) = rest.bytes().position(|byte| byte == b'\\') {
        said.push_str(rest.get(..plain)?);
        let mut escape = rest.get(plain + 1..)?.chars();
        said.push(match escape.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => unit(&mut escape)?,
            itself => itself,
        });
        rest = escape.as_str();
    }
    if said.is_empty() {
        return Some(rest.into());
    }
    said.push_str(rest);
    Some(said.into())
}

/// The character of `\u1234`, or of a pair of those.
fn unit(rest: &mut Chars<'_>) -> Option<char> {
    let four = |rest: &mut Chars<'_>| {
        let digits = rest.as_str().get(..4)?;
        *rest = rest.as_str().get(4..)?.chars();
        u32::from_str_radix(digits, 16).ok()
    };
    let first = four(rest)?;
    if (0xd800..0xdc00).contains(&first)
        && let Some(after) = rest.as_str().strip_prefix("\\u")
    {
        let mut after = after.chars();
        let second = four(&mut after)?;
        if (0xdc00..0xe000).contains(&second) {
            *rest = after;
            return char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00));
        }
    }
    Some(char::from_u32(first).unwrap_or('\u{fffd}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> Raw<'_> {
        Raw::parse(json).unwrap()
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
            assert_eq!(integer(raw(json)), number, "{json}");
        }
    }

    #[test]
    fn truth_comes_in_many_forms() {
        for json in ["true", "1", "\"true\"", "\"True\"", "\"1\""] {
            assert_eq!(boolean(raw(json)), Some(true), "{json}");
        }
        for json in ["false", "0", "\"false\"", "\"FALSE\"", "\"0\""] {
            assert_eq!(boolean(raw(json)), Some(false), "{json}");
        }
        for json in ["null", "2", "\"\"", "\"maybe\"", "[]"] {
            assert_eq!(boolean(raw(json)), None, "{json}");
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
            assert_eq!(text(raw(json)).as_deref(), expected, "{json}");
        }
    }

    #[test]
    fn half_an_emoji_does_not_cost_the_text() {
        let text = text(raw(r#""Party \ud83c""#)).unwrap();
        assert!(text.starts_with("Party \u{fffd}"), "{text}");
    }

    #[test]
    fn an_object_gives_its_fields_by_name() {
        let object = Object::parse(r#" {"a": 1, "\u0062": [2], "c": null, "a": "3", "d": {"e": 1e999}} "#).unwrap();
        let get = |name| object.get(name).map(Raw::get);
        assert_eq!(get("a"), Some("\"3\""), "the last one counts");
        assert_eq!(get("b"), Some("[2]"));
        assert_eq!(get("c"), None, "null is as good as missing");
        assert_eq!(get("d"), Some(r#"{"e": 1e999}"#), "what nobody reads cannot be wrong");
        assert_eq!(get("A"), None);
    }

    #[test]
    fn what_is_no_object_or_array_is_none() {
        for json in ["null", "1", "\"a\"", "[]", "[1, 2]"] {
            assert!(Object::of(raw(json)).is_none(), "{json}");
        }
        for json in ["null", "1", "\"a\"", "{}"] {
            assert!(array(raw(json)).is_none(), "{json}");
        }
        assert_eq!(array(raw("[1, null]")).unwrap().len(), 2);
    }
}
