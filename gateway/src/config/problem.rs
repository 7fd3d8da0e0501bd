//! What is wrong with the configuration, one line for each value.

use std::fmt;

/// A flag or variable that cannot be used, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    /// A value that is wrong. `shown` is what was given, made fit for a log.
    pub(super) fn bad_value(name: &str, shown: &str, right: impl fmt::Display) -> Self {
        Self(format!("{name} {}: {right}", quoted(shown)))
    }

    /// A command line that is not understood.
    pub(super) fn of_the_command_line(words: String) -> Self {
        Self(words)
    }

    /// Something wrong with a flag or variable whose value is not to be shown.
    pub(super) fn with(name: &str, right: impl fmt::Display) -> Self {
        Self(format!("{name}: {right}"))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value in quotation marks, on one line and not longer than anybody reads.
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
