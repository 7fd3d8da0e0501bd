//! Whether a text is JSON (RFC 8259), and where it stops to be. Brackets may be nested as deep as memory goes.

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    /// It breaks off.
    End,
    /// It is no JSON from this byte on.
    At(usize),
    /// It is JSON, but something else than what was looked for.
    Other,
}

/// Checks a whole text.
pub(super) fn check(json: &str) -> Result<(), Flaw> {
    let mut rest = Rest(json.as_bytes());
    rest.whole().map_err(|()| match rest.0 {
        [] => Flaw::End,
        left => Flaw::At(json.len() - left.len()),
    })
}

/// What has not been checked yet. Where a check fails, it begins with what is wrong.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn whole(&mut self) -> Result<(), ()> {
        let mut open = Vec::new();
        loop {
            self.space();
            match self.0.first() {
                Some(b'{') => {
                    self.skip();
                    self.space();
                    open.push(b'}');
                    if self.0.first() != Some(&b'}') {
                        self.name()?;
                        continue;
                    }
                }
                Some(b'[') => {
                    self.skip();
                    self.space();
                    open.push(b']');
                    if self.0.first() != Some(&b']') {
                        continue;
                    }
                }
                Some(b'"') => self.text()?,
                Some(b't') => self.word(b"true")?,
                Some(b'f') => self.word(b"false")?,
                Some(b'n') => self.word(b"null")?,
                _ => self.number()?,
            }
            // After a value: the next one, or the end of what it is in.
            loop {
                self.space();
                let Some(bracket) = open.last() else {
                    return if self.0.is_empty() { Ok(()) } else { Err(()) };
                };
                if self.0.first() == Some(&b',') {
                    self.skip();
                    if *bracket == b'}' {
                        self.space();
                        self.name()?;
                    }
                    break;
                }
                self.byte(|byte| byte == *bracket)?;
                open.pop();
            }
        }
    }

    fn name(&mut self) -> Result<(), ()> {
        self.text()?;
        self.space();
        self.byte(|byte| byte == b':')
    }

    fn text(&mut self) -> Result<(), ()> {
        self.byte(|byte| byte == b'"')?;
        loop {
            match self.0.first() {
                Some(b'"') => return self.byte(|_| true),
                Some(b'\\') => {
                    self.skip();
                    if self.0.first() == Some(&b'u') {
                        self.skip();
                        for _ in 0..4 {
                            self.byte(|byte| byte.is_ascii_hexdigit())?;
                        }
                    } else {
                        self.byte(|byte| b"\"\\/bfnrt".contains(&byte))?;
                    }
                }
                _ => self.byte(|byte| byte >= b' ')?,
            }
        }
    }

    fn number(&mut self) -> Result<(), ()> {
        if self.0.first() == Some(&b'-') {
            self.skip();
        }
        if self.0.first() == Some(&b'0') {
            self.skip();
        } else {
            self.digits()?;
        }
        if self.0.first() == Some(&b'.') {
            self.skip();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.0.first() {
            self.skip();
            if let Some(b'+' | b'-') = self.0.first() {
                self.skip();
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Result<(), ()> {
        self.byte(|byte| byte.is_ascii_digit())?;
        while self.0.first().is_some_and(u8::is_ascii_digit) {
            self.skip();
        }
        Ok(())
    }

    fn word(&mut self, word: &[u8]) -> Result<(), ()> {
        word.iter().try_for_each(|letter| self.byte(|byte| byte == *letter))
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.0.first() {
            self.skip();
        }
    }

    /// The next byte, if it is right.
    fn byte(&mut self, right: impl FnOnce(u8) -> bool) -> Result<(), ()> {
        match self.0.first() {
            Some(byte) if right(*byte) => {
                self.skip();
                Ok(())
            }
            _ => Err(()),
        }
    }

    fn skip(&mut self) {
        self.0 = self.0.get(1..).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
                assert_eq!(check(text).is_ok(), theirs.is_ok(), "{text:?}");
                if theirs.is_err_and(|error| error.is_eof()) {
                    assert_eq!(check(text), Err(Flaw::End), "{text:?}");
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
            assert_eq!(check(json), Err(flaw), "{json:?}");
        }
    }
}
