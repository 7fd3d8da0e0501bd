//! Writing JSON.

/// An object; its values are JSON already.
pub(crate) fn object(fields: &[(&str, String)]) -> String {
    let mut object = String::new();
    for (name, value) in fields {
        object.push(if object.is_empty() { '{' } else { ',' });
        object.push_str(&quoted(name));
        object.push(':');
        object.push_str(value);
    }
    if object.is_empty() {
        object.push('{');
    }
    object.push('}');
    object
}

/// A text, or null.
pub(crate) fn quoted_or_null(text: Option<&str>) -> String {
    text.map_or_else(|| "null".to_owned(), quoted)
}

/// A truth value.
pub(crate) fn truth(is: bool) -> String {
    if is { "true" } else { "false" }.to_owned()
}

/// A text.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\0'..='\x1f' => {
                let digit = |value| char::from_digit(value, 16).unwrap_or('0');
                quoted.push_str("\\u00");
                quoted.extend([digit(u32::from(c) >> 4), digit(u32::from(c) & 15)]);
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_is_written_in_quotes() {
        assert_eq!(
            quoted("a \"b\" \\c\n\té😀\u{7f}\0\u{1f}"),
            r#""a \"b\" \\c\n\u0009é😀"#.to_owned() + "\u{7f}\\u0000\\u001f\""
        );
        assert_eq!(quoted_or_null(None), "null");
    }

    #[test]
    fn an_object_is_written_in_the_order_of_its_fields() {
        assert_eq!(object(&[]), "{}");
        assert_eq!(object(&[("b", truth(true)), ("a\"", quoted("1"))]), r#"{"b":true,"a\"":"1"}"#);
    }

    proptest! {
        #[test]
        fn other_readers_read_what_is_written(text in any::<String>()) {
            prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
        }
    }
}
