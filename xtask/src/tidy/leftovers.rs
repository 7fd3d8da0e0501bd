//! What is left behind when work is interrupted.

use super::{Finding, Source};

/// Each in two halves, so that this file does not find itself.
const EVERYWHERE: &[&[&str]] = &[&["TO", "DO"], &["FIX", "ME"], &["XX", "X"]];
const RUST: &[&[&str]] = &[&["dbg", "!("], &["todo", "!("]];
const SCRIPT: &[&[&str]] =
    &[&["console", ".log("], &["debug", "ger;"], &["test", ".only("], &["describe", ".only("], &["it", ".only("]];
const WHY: &str =
    "what is unfinished is finished or taken out, and traces of a search for a mistake go with the mistake";

pub(super) fn check(source: &Source) -> Vec<Finding> {
    let mut patterns: Vec<&&[&str]> = Vec::new();
    if source.is(&["rs"]) {
        patterns.extend(EVERYWHERE.iter().chain(RUST));
    } else if source.is(&["js", "mjs", "ts", "css"]) {
        patterns.extend(EVERYWHERE.iter().chain(SCRIPT));
    }
    let patterns: Vec<String> = patterns.into_iter().map(|parts| parts.concat()).collect();
    let mut findings = Vec::new();
    for (number, line) in source.lines() {
        for pattern in patterns.iter().filter(|pattern| line.contains(pattern.as_str())) {
            findings.push(source.finding(number, format!("has {pattern}"), WHY));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::check;

    #[test]
    fn leftovers_are_found_with_their_line() {
        let script = format!("let a;\nconsole{}(a);\n", ".log");
        assert_eq!(check(&source("static/element/a.js", &script))[0].line, 2);
        let rust = format!("// {}: later\nfn main() {{ {}1); }}\n", concat!("TO", "DO"), concat!("dbg", "!("));
        assert_eq!(check(&source("src/lib.rs", &rust)).len(), 2);
    }

    #[test]
    fn a_warning_to_the_page_is_not_a_leftover() {
        assert!(check(&source("static/element/a.js", "console.error(problem);")).is_empty());
    }
}
