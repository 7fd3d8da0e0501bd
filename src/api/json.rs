//! Reading JSON as the world writes it: numbers in quotes, texts without, and bodies that are not JSON at all.
//!
//! Values are looked at as raw slices of the body. That keeps one odd value from spoiling its neighbours, copies
//! nothing that nobody asks for, and leaves serde_json's float parsing out of the widget.

use std::fmt;

use serde::{Deserialize, Deserializer, de};
use serde_json::{error::Category, value::RawValue};

use crate::error::{Failure, FailureKind};

/// A whole number: `7`, `7.0`, `7e0` or any of them in quotes.
pub(super) fn integer(value: &RawValue) -> Option<i64> {
    let text = text(value)?;
    let text = text.trim();
    text.parse().ok().or_else(|| integral(text))
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
    digits
        .parse::<i64>()
        .ok()?
        .checked_mul(10_i64.checked_pow(u32::try_from(zeros).ok()?)?)
}

/// A truth value: `true`, `1`, or either in quotes; the same for `false` and `0`.
pub(super) fn boolean(value: &RawValue) -> Option<bool> {
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
pub(super) fn text(value: &RawValue) -> Option<String> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str(raw).ok().map(|Text(text)| text),
        Some(b'{' | b'[' | b'n') | None => None,
        Some(_) => Some(raw.to_owned()),
    }
}

/// The items of an array; `None` for anything else.
pub(super) fn array(value: &RawValue) -> Option<Vec<&RawValue>> {
    serde_json::from_str(value.get()).ok()
}

/// The fields of an object; `None` for anything else.
pub(super) fn object<'a, T: Deserialize<'a>>(value: &'a RawValue) -> Option<T> {
    // Derived structs would also take an array, field by field in order.
    if value.get().starts_with('{') {
        serde_json::from_str(value.get()).ok()
    } else {
        None
    }
}

/// Reads a whole body, which must be JSON; `expected` says what it should have been if it is something else.
pub(super) fn body<'a, T: Deserialize<'a>>(status: u16, body: &'a str, expected: &str) -> Result<T, Failure> {
    serde_json::from_str(trim(body)).map_err(|error| unreadable(status, body, &error, expected))
}

/// The body without byte order mark and outer space.
pub(super) fn trim(body: &str) -> &str {
    let body = body.trim_ascii();
    body.strip_prefix('\u{feff}').unwrap_or(body).trim_ascii()
}

/// Why a body cannot be read, in words that tell the usual accidents apart.
fn unreadable(status: u16, body: &str, error: &serde_json::Error, expected: &str) -> Failure {
    let body = trim(body);
    if body.is_empty() {
        return decode_failure(status, &["is empty where ", expected, " was expected."]);
    }
    let begins = excerpt(body);
    if body.starts_with('<') {
        return decode_failure(
            status,
            &["is an HTML page where ", expected, " was expected: ", &begins],
        );
    }
    match error.classify() {
        Category::Eof => {
            let length = body.chars().count().to_string();
            decode_failure(
                status,
                &["breaks off after ", &length, " characters; it begins with ", &begins],
            )
        }
        Category::Data => decode_failure(status, &["is JSON, but not ", expected, ": ", &begins]),
        Category::Syntax | Category::Io => {
            let (line, column) = (error.line().to_string(), error.column().to_string());
            decode_failure(
                status,
                &[
                    "is not JSON (line ",
                    &line,
                    ", column ",
                    &column,
                    "); it begins with ",
                    &begins,
                ],
            )
        }
    }
}

/// A failure of kind `Decode` that says what is wrong with "the answer".
pub(super) fn decode_failure(status: u16, words: &[&str]) -> Failure {
    let mut message = String::from("The answer (HTTP ");
    message.push_str(&status.to_string());
    message.push_str(") ");
    for word in words {
        message.push_str(word);
    }
    Failure::new(FailureKind::Decode, message).with_status(status)
}

/// The first 80 characters on one line, in quotes, without anything that could be a token.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 80;
    let mut shown = String::new();
    let mut after_bearer = false;
    for piece in text.split_inclusive(|c| !is_token_character(c)) {
        let word = piece.trim_end_matches(|c| !is_token_character(c));
        // Tokens are long unbroken words, or follow "Bearer". 24 lets GUIDs go too, which nobody misses.
        let is_secret = word.len() >= 24 || (after_bearer && !word.is_empty());
        shown.push_str(if is_secret { "***" } else { word });
        if !word.is_empty() {
            after_bearer = word.eq_ignore_ascii_case("bearer");
        }
        for c in piece.chars().skip(word.len()) {
            if !(c.is_whitespace() || c.is_control()) {
                shown.push(c);
            } else if !shown.ends_with(' ') {
                shown.push(' ');
            }
        }
        if shown.chars().count() > LONGEST {
            shown = shown.chars().take(LONGEST).collect();
            shown.push('…');
            break;
        }
    }
    ["“", shown.trim(), "”"].concat()
}

fn is_token_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '+' | '/' | '=')
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
    fn an_excerpt_is_short_and_on_one_line() {
        assert_eq!(excerpt("  <html>\r\n\t<body>\u{7}oops "), "“<html> <body> oops”");
        let long = excerpt(&"wörd ".repeat(100));
        assert_eq!(long.chars().count(), 83);
        assert!(long.ends_with("…”"));
    }

    #[test]
    fn an_excerpt_holds_no_token() {
        for body in [
            "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl refused",
            "Authorization: Bearer s3cret",
            r#"{"access_token":"c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"}"#,
        ] {
            let shown = excerpt(body);
            assert!(shown.contains("***"), "{shown}");
            for secret in ["eyJ", "s3cret", "c2Vj"] {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
    }
}
