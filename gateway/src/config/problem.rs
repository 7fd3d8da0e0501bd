//! What is wrong with the configuration, one line for each value.

use std::fmt;

/// A flag or variable that cannot be used, and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    /// A value that is wrong. `shown` is the value without what may be a secret.
    pub(super) fn bad_value(name: &str, shown: &str, expected: impl fmt::Display) -> Self {
        Self(format!("{name} {}: {expected}", quoted(shown)))
    }

    /// A command line that cannot be parsed.
    pub(super) fn command_line(words: String) -> Self {
        Self(words)
    }

    /// A problem with a flag or variable whose value is missing or must not be shown.
    pub(super) fn without_value(name: &str, expected: impl fmt::Display) -> Self {
        Self(format!("{name}: {expected}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value in quotation marks, on one line and cut off after 120 characters.
fn quoted(value: &str) -> String {
    const LONGEST: usize = 120;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{:?} and so on", value.get(..end).unwrap_or_default()),
        None => format!("{value:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_one_line_whatever_the_value_holds() {
        let problem = Problem::bad_value("--listen", "a\nb\u{1b}[31m", "an address is needed");
        assert_eq!(problem.to_string(), r#"--listen "a\nb\u{1b}[31m": an address is needed"#);
        let long = Problem::bad_value("LISTEN", &"x".repeat(10_000), "an address is needed").to_string();
        assert!(long.len() < 200, "{long}");
    }
}
