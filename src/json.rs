//! Reading JSON as the world writes it: numbers in quotes, texts without, fields in any number and order.
//!
//! Values are looked at as raw slices of the text. That keeps one odd value from spoiling its neighbours, copies
//! nothing that nobody asks for, and is a fraction of the code that derived readers of many structs would be.

mod check;

use std::{
    borrow::Cow,
    str::{Chars, FromStr},
};

pub(crate) use check::Flaw;

/// A value, unread: a slice of a text that is known to be JSON.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// Takes a text that is JSON as a whole.
    pub(crate) fn parse(json: &'a str) -> Result<Self, Flaw> {
        check::check(json)?;
        Ok(Self(json.trim_ascii()))
    }

    /// The value as it is written.
    pub(crate) fn get(self) -> &'a str {
        self.0
    }

    /// What stands between the brackets, at each comma that is no part of an item; `None` if it does not begin with
    /// that bracket.
    fn items(self, bracket: char) -> Option<impl Iterator<Item = &'a str>> {
        let inner = self.0.strip_prefix(bracket)?;
        let inner = inner.get(..inner.len() - 1)?;
        let some = !inner.trim_ascii().is_empty();
        Some(inner.split(outside(',')).filter(move |_| some))
    }
}

/// Finds a mark that is in no text and no bracket.
fn outside(mark: char) -> impl FnMut(char) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_u32, false, false);
    move |c| {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => in_text = !in_text,
            _ if in_text => {}
            '[' | '{' => depth += 1,
            ']' | '}' => depth -= 1,
            _ => return c == mark && depth == 0,
        }
        false
    }
}

/// The fields of a JSON object, their values unread.
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Object<'a> {
    /// Reads a text that is an object.
    pub(crate) fn parse(json: &'a str) -> Result<Self, Flaw> {
        Self::of(Raw::parse(json)?).ok_or(Flaw::Other)
    }

    /// Reads a value; `None` if it is not an object.
    pub(crate) fn of(value: Raw<'a>) -> Option<Self> {
        let field = |field: &'a str| {
            let (name, value) = field.split_once(outside(':'))?;
            Some((string(name.trim_ascii())?, Raw(value.trim_ascii())))
        };
        value.items('{')?.map(field).collect::<Option<_>>().map(Self)
    }

    /// The value of a field; `None` if it is missing or null. Of several with one name the last counts, as in browsers.
    pub(crate) fn get(&self, name: &str) -> Option<Raw<'a>> {
        let (_, value) = self.0.iter().rfind(|(field, _)| field == name)?;
        (value.get() != "null").then_some(*value)
    }

    /// All fields in their order.
    pub(crate) fn into_fields(self) -> Vec<(Cow<'a, str>, Raw<'a>)> {
        self.0
    }
}

/// The items of an array; `None` for anything else.
pub(crate) fn array(value: Raw<'_>) -> Option<Vec<Raw<'_>>> {
    Some(value.items('[')?.map(|item| Raw(item.trim_ascii())).collect())
}

/// A whole number: `7`, `7.0`, `7e0` or any of them in quotes.
pub(crate) fn integer(value: Raw<'_>) -> Option<i64> {
    let text = text(value)?;
    let text = text.trim();
    text.parse().ok().or_else(|| integral(text))
}

/// A whole number, written as this widget itself writes it.
pub(crate) fn strict<T: FromStr>(value: Raw<'_>) -> Option<T> {
    value.get().parse().ok()
}

/// Whole numbers, the same.
pub(crate) fn strict_all(value: Raw<'_>) -> Option<Vec<i64>> {
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
pub(crate) fn text(value: Raw<'_>) -> Option<String> {
    match value.get().as_bytes().first() {
        Some(b'{' | b'[' | b'n') | None => None,
        Some(b'"') => string(value.get()).map(Cow::into_owned),
        Some(_) => Some(value.get().to_owned()),
    }
}

/// What a text in quotes says. Half an emoji (a lone surrogate, left where a server cut a text) reads as U+FFFD.
fn string(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    let Some((before, mut rest)) = inner.split_once('\\') else { return Some(inner.into()) };
    let mut said = before.to_owned();
    loop {
        let mut escape = rest.chars();
        said.push(match escape.next()? {
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => unit(&mut escape)?,
            itself => itself,
        });
        let Some((before, after)) = escape.as_str().split_once('\\') else {
            said.push_str(escape.as_str());
            return Some(said.into());
        };
        said.push_str(before);
        rest = after;
    }
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
