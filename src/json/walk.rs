//! Checks whether a text is JSON (RFC 8259), finds its values, and says where it is wrong. Only memory limits the
//! nesting.

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It breaks off.
    End,
    /// It is not JSON from this byte on.
    At(usize),
    /// It is JSON, but not of the expected kind.
    Other,
}

/// A value that has been read, as it is written.
pub(super) struct Part<'a> {
    /// How many brackets it stands in.
    pub(super) depth: usize,
    /// Its name in its quotes, where it is a field's value.
    pub(super) name: &'a str,
    /// The value.
    pub(super) value: &'a str,
}

/// Reads a text once, from beginning to end, and passes each value to `part` where it ends: inner values come before
/// the value that holds them.
pub(super) fn walk<'a>(json: &'a str, part: &mut dyn FnMut(Part<'a>)) -> Result<(), Flaw> {
    let mut rest = Rest { text: json, bytes: json.as_bytes() };
    rest.values(part).map_err(|()| if rest.bytes.is_empty() { Flaw::End } else { Flaw::At(rest.place()) })
}

/// The text that has not been read yet. After an error, it begins with what is wrong.
struct Rest<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

impl<'a> Rest<'a> {
    fn values(&mut self, part: &mut dyn FnMut(Part<'a>)) -> Result<(), ()> {
        // The open brackets: where each began, its name, and the bracket that ends it.
        let mut open = Vec::new();
        let mut name = "";
        self.space();
        loop {
            let begin = self.place();
            let end = match self.first() {
                Some(b'{') => b'}',
                Some(b'[') => b']',
                _ => 0,
            };
            if end == 0 {
                self.scalar()?;
                part(Part { depth: open.len(), name, value: self.since(begin) });
            } else {
                self.skip(1);
                self.space();
                open.push((begin, name, end));
                if self.first() != Some(end) {
                    name = self.name(end)?;
                    continue;
                }
            }
            // After a value comes the next one, or the end of what holds it.
            loop {
                self.space();
                let Some(&(begin, its_name, end)) = open.last() else {
                    return if self.bytes.is_empty() { Ok(()) } else { Err(()) };
                };
                if self.first() == Some(b',') {
                    self.skip(1);
                    self.space();
                    name = self.name(end)?;
                    break;
                }
                self.byte(|byte| byte == end)?;
                open.pop();
                part(Part { depth: open.len(), name: its_name, value: self.since(begin) });
            }
        }
    }

    /// The name before a value in brackets that end with `end`, and its colon.
    fn name(&mut self, end: u8) -> Result<&'a str, ()> {
        if end == b']' {
            return Ok("");
        }
        let begin = self.place();
        self.text()?;
        let name = self.since(begin);
        self.space();
        self.byte(|byte| byte == b':')?;
        self.space();
        Ok(name)
    }

    fn scalar(&mut self) -> Result<(), ()> {
        match self.first() {
            Some(b'"') => self.text(),
            Some(b't') => self.word(b"true"),
            Some(b'f') => self.word(b"false"),
            Some(b'n') => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn text(&mut self) -> Result<(), ()> {
        self.byte(|byte| byte == b'"')?;
        loop {
            while self.bytes.first_chunk().is_some_and(|eight| all_plain(u64::from_le_bytes(*eight))) {
                self.skip(8);
            }
            while self.first().is_some_and(|byte| byte >= b' ' && !matches!(byte, b'"' | b'\\')) {
                self.skip(1);
            }
            if self.first() != Some(b'\\') {
                return self.byte(|byte| byte == b'"');
            }
            self.skip(1);
            if self.first() == Some(b'u') {
                self.skip(1);
                for _ in 0..4 {
                    self.byte(|byte| byte.is_ascii_hexdigit())?;
                }
            } else {
                self.byte(|byte| b"\"\\/bfnrt".contains(&byte))?;
            }
        }
    }

    fn number(&mut self) -> Result<(), ()> {
        if self.first() == Some(b'-') {
            self.skip(1);
        }
        if self.first() == Some(b'0') {
            self.skip(1);
        } else {
            self.digits()?;
        }
        if self.first() == Some(b'.') {
            self.skip(1);
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.first() {
            self.skip(1);
            if let Some(b'+' | b'-') = self.first() {
                self.skip(1);
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), ()> {
        self.byte(|byte| byte.is_ascii_digit())?;
        while self.first().is_some_and(|byte| byte.is_ascii_digit()) {
            self.skip(1);
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<(), ()> {
        word.iter().try_for_each(|letter| self.byte(|byte| byte == *letter))
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.first() {
            self.skip(1);
        }
    }

    /// The next byte, if it is right.
    fn byte(&mut self, right: impl FnOnce(u8) -> bool) -> Result<(), ()> {
        match self.first() {
            Some(byte) if right(byte) => {
                self.skip(1);
                Ok(())
            }
            _ => Err(()),
        }
    }

    fn first(&self) -> Option<u8> {
        self.bytes.first().copied()
    }

    fn skip(&mut self, count: usize) {
        self.bytes = self.bytes.get(count..).unwrap_or_default();
    }

    /// The text that was read since `begin`.
    fn since(&self, begin: usize) -> &'a str {
        self.text.get(begin..self.place()).unwrap_or_default()
    }

    /// How much has been read.
    fn place(&self) -> usize {
        self.text.len() - self.bytes.len()
    }
}

/// Whether eight bytes continue a text: no quote, no backslash, no control character.
fn all_plain(eight: u64) -> bool {
    const ONES: u64 = u64::MAX / 255;
    // `below` sets the top bit of each byte that is less than `limit`. It may also set that of the byte above such a
    // one: then the eight bytes are read one by one, and nothing else changes.
    let below = |bytes: u64, limit: u64| bytes.wrapping_sub(ONES * limit) & !bytes;
    let is = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
    (below(eight, 0x20) | is(b'"') | is(b'\\')) & (ONES << 7) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(json: &str) -> Result<(), Flaw> {
        walk(json, &mut |_| ())
    }

    #[test]
    fn another_reader_finds_the_same_texts_to_be_json() {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\n",
            "\"a\"",
            "\"\\u00e9\"",
            "\"\\x\"",
            "\"",
            "-",
            "0",
            "12",
            ".5",
            "e+3",
            "null",
            "tru",
        ];
        let mut texts = vec![String::new()];
        for _ in 0..4 {
            texts = texts.iter().flat_map(|text| pieces.map(|piece| [text, piece].concat())).collect();
            for text in &texts {
                let theirs = serde_json::from_str::<serde::de::IgnoredAny>(text);
                assert_eq!(checked(text).is_ok(), theirs.is_ok(), "{text:?}");
                if theirs.is_err_and(|error| error.is_eof()) {
                    assert_eq!(checked(text), Err(Flaw::End), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_is_found_where_it_stands() {
        for (json, flaw) in [
            ("", Flaw::End),
            ("[1, 2", Flaw::End),
            ("{\"a", Flaw::End),
            ("[1 2]", Flaw::At(3)),
            ("{\"a\" 1}", Flaw::At(5)),
            ("{a: 1}", Flaw::At(1)),
            ("[1,]", Flaw::At(3)),
            ("[1] x", Flaw::At(4)),
            ("01", Flaw::At(1)),
            ("[1}", Flaw::At(2)),
            ("\"\\u12g4\"", Flaw::At(5)),
            ("\"a\u{1}\"", Flaw::At(2)),
        ] {
            assert_eq!(checked(json), Err(flaw), "{json:?}");
        }
    }

    #[test]
    fn a_text_ends_at_its_quote_however_long_it_is() {
        for length in 0..20 {
            for place in 0..=length {
                for odd in
                    ["\u{0}", "\u{1f}", " ", "!", "\"", "#", "[", "\\", "\\\"", "]", "\u{7f}", "\u{80}", "é", "😀"]
                {
                    let text = ["\"", &"a".repeat(place), odd, &"é".repeat(length - place), "\""].concat();
                    let theirs = serde_json::from_str::<serde::de::IgnoredAny>(&text);
                    assert_eq!(checked(&text).is_ok(), theirs.is_ok(), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn each_value_is_handed_on_with_its_name_and_depth() {
        let mut parts = Vec::new();
        walk(r#" {"a": [1, {}], "b" : {"c": "d"}} "#, &mut |part| parts.push((part.depth, part.name, part.value)))
            .unwrap();
        let expected = [
            (2, "", "1"),
            (2, "", "{}"),
            (1, "\"a\"", "[1, {}]"),
            (2, "\"c\"", "\"d\""),
            (1, "\"b\"", "{\"c\": \"d\"}"),
            (0, "", r#"{"a": [1, {}], "b" : {"c": "d"}}"#),
        ];
        assert_eq!(parts, expected);
    }
}
