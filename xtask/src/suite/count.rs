//! Reading from what test runners print how many tests passed.

use std::fmt;
use std::ops::AddAssign;

use crate::ui;

/// How many passed, failed and were left out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) passed: u64,
    pub(super) failed: u64,
    pub(super) skipped: u64,
}

impl Tally {
    /// One check that holds.
    pub(super) fn success() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One check that does not.
    pub(super) fn failure() -> Self {
        Self { failed: 1, ..Self::default() }
    }

    /// A run that failed without a failed test, such as one that does not compile, counts as one failure.
    pub(super) fn of_run(self, succeeded: bool) -> Self {
        if succeeded || self.failed > 0 { self } else { Self { failed: 1, ..self } }
    }
}

/// What came of some steps.
#[derive(Default)]
pub(super) struct Outcome {
    tally: Tally,
    failed: Vec<String>,
    not_run: Vec<String>,
}

impl Outcome {
    pub(super) fn of(name: &str, tally: Tally) -> Self {
        let failed = if tally.failed > 0 { vec![name.to_owned()] } else { Vec::new() };
        Self { tally, failed, not_run: Vec::new() }
    }

    /// A step that could not come to its end.
    pub(super) fn of_error(name: &str, error: &anyhow::Error) -> Self {
        ui::line(&format!("{} {error:#}", ui::red("error:")));
        Self::of(name, Tally::failure())
    }

    /// Something that this machine cannot run: said in a line, and no failure.
    pub(super) fn not_run(name: &str, why: &anyhow::Error) -> Self {
        let line = format!("{name}: not run: {why:#}");
        ui::line(&line);
        Self { not_run: vec![line], ..Self::default() }
    }

    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    pub(super) fn is_good(&self) -> bool {
        self.tally.failed == 0
    }

    /// The end of the whole run; its last line is `N passed, N failed`.
    pub(super) fn print(&self) {
        for line in &self.not_run {
            ui::line(line);
        }
        if !self.failed.is_empty() {
            ui::line(&format!("{} {}", ui::red("Failed:"), self.failed.join(", ")));
        }
        if self.tally.skipped > 0 {
            ui::line(&format!("{} skipped, for the reasons given above", self.tally.skipped));
        }
        ui::line(&Tally { skipped: 0, ..self.tally }.to_string());
    }
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.tally += other.tally;
        self.failed.extend(other.failed);
        self.not_run.extend(other.not_run);
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// Adds up the `test result:` lines that cargo's and wasm-bindgen's test runners print.
pub(super) fn of_cargo_test(output: &str) -> Tally {
    let mut tally = Tally::default();
    for result in output.lines().filter_map(|line| line.trim_start().strip_prefix("test result: ")) {
        let counts = result.split_once(". ").map_or(result, |(_, counts)| counts);
        for count in counts.split(';') {
            match count.trim().split_once(' ') {
                Some((number, "passed")) => tally.passed += number.parse().unwrap_or(0),
                Some((number, "failed")) => tally.failed += number.parse().unwrap_or(0),
                Some((number, "ignored")) => tally.skipped += number.parse().unwrap_or(0),
                _ => {}
            }
        }
    }
    tally
}

/// Reads the closing lines of Node's own test runner, such as `ℹ pass 5`.
pub(super) fn of_node_test(output: &str) -> Tally {
    let number = |name: &str| {
        let words = |line: &str| line.split_once(' ')?.1.strip_prefix(name)?.trim().parse::<u64>().ok();
        output.lines().rev().find_map(words).unwrap_or(0)
    };
    Tally { passed: number("pass "), failed: number("fail ") + number("cancelled "), skipped: number("skipped ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_test_programs_are_added() {
        let output = "running 3 tests
test a ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.01s

test result: FAILED. 40 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.10s
";
        assert_eq!(of_cargo_test(output), Tally { passed: 42, failed: 2, skipped: 1 });
    }

    #[test]
    fn wasm_bindgens_result_line_counts_too() {
        let output = "test result: ok. 7 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.53s";
        assert_eq!(of_cargo_test(output), Tally { passed: 7, failed: 0, skipped: 0 });
    }

    #[test]
    fn a_run_that_breaks_without_a_failed_test_is_one_failure() {
        assert_eq!(of_cargo_test("error: could not compile").of_run(false), Tally::failure());
        assert_eq!(Tally { passed: 1, failed: 2, skipped: 0 }.of_run(false).failed, 2);
    }

    #[test]
    fn nodes_closing_lines_are_read() {
        let output = "✔ fail 3 times (1 ms)\nℹ tests 7\nℹ pass 5\nℹ fail 1\nℹ cancelled 0\nℹ skipped 1\nℹ todo 0\n";
        assert_eq!(of_node_test(output), Tally { passed: 5, failed: 1, skipped: 1 });
    }

    #[test]
    fn what_cannot_be_run_is_named_and_no_failure() {
        let mut outcome = Outcome::of("host", Tally::success());
        outcome += Outcome::not_run("firefox", &anyhow::anyhow!("it is missing"));
        assert!(outcome.is_good());
        assert_eq!(outcome.not_run, ["firefox: not run: it is missing"]);
        outcome += Outcome::of("webkit", Tally::failure());
        assert!(!outcome.is_good());
        assert_eq!(outcome.failed, ["webkit"]);
    }

    #[test]
    fn what_was_skipped_is_named_only_if_something_was() {
        assert_eq!(Tally { passed: 3, failed: 0, skipped: 0 }.to_string(), "3 passed, 0 failed");
        assert_eq!(Tally { passed: 3, failed: 1, skipped: 2 }.to_string(), "3 passed, 1 failed, 2 skipped");
    }
}
