//! Bodies that should be JSON, and words for those that are not.

use crate::{
    error::{Failure, FailureKind},
    json::{Flaw, Object},
};

/// Reads a body that must be an object; the failure of another body names it as `expected`.
pub(super) fn object<'a>(status: u16, body: &'a str, expected: &str) -> Result<Object<'a>, Failure> {
    Object::parse(trim(body)).map_err(|flaw| unreadable(status, body, flaw, expected))
}

/// The body without byte order mark and outer space.
pub(super) fn trim(body: &str) -> &str {
    let body = body.trim_ascii();
    body.strip_prefix('\u{feff}').unwrap_or(body).trim_ascii()
}

/// Why a body cannot be read, in words that tell the usual accidents apart.
pub(super) fn unreadable(status: u16, body: &str, flaw: Flaw, expected: &str) -> Failure {
    let body = trim(body);
    if body.is_empty() {
        return decode_failure(status, &["is empty where ", expected, " was expected."]);
    }
    let begins = excerpt(body);
    if body.starts_with('<') {
        return decode_failure(status, &["is an HTML page where ", expected, " was expected: ", &begins]);
    }
    match flaw {
        Flaw::End => {
            let length = body.chars().count().to_string();
            decode_failure(status, &["breaks off after ", &length, " characters; it begins with ", &begins])
        }
        Flaw::Other => decode_failure(status, &["is JSON, but not ", expected, ": ", &begins]),
        Flaw::At(place) => {
            let before = body.get(..place).unwrap_or_default();
            let (mut line, mut column) = (0_usize, 0);
            for text in before.split('\n') {
                line += 1;
                column = text.chars().count() + 1;
            }
            let (line, column) = (line.to_string(), column.to_string());
            decode_failure(status, &["is not JSON (line ", &line, ", column ", &column, "); it begins with ", &begins])
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
        // Tokens are long unbroken words, or follow "Bearer". The 24 hides GUIDs too, which does no harm.
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

#[cfg(test)]
mod tests {
    use super::*;

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
