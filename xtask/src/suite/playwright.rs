//! What Playwright's report says: how many tests of each project passed, and why some were left out.

use std::collections::BTreeMap;

use serde_json::Value;

use super::count::Tally;

/// The tests of one project, such as `firefox`.
#[derive(Default)]
pub(super) struct Project {
    pub(super) tally: Tally,
    /// Why tests were skipped, and how many for each reason.
    pub(super) skipped: BTreeMap<String, u64>,
}

/// Reads the report that Playwright writes as JSON.
pub(super) fn of_project(report: &Value, name: &str) -> Project {
    let mut project = Project::default();
    for suite in list(&report["suites"]) {
        add(&mut project, suite, name);
    }
    project
}

/// Whether something went wrong beside the tests, such as a file that cannot be read.
pub(super) fn has_errors(report: &Value) -> bool {
    report["errors"].as_array().is_none_or(|errors| !errors.is_empty())
}

fn add(project: &mut Project, suite: &Value, name: &str) {
    for suite in list(&suite["suites"]) {
        add(project, suite, name);
    }
    let tests = list(&suite["specs"]).iter().flat_map(|spec| list(&spec["tests"]));
    for test in tests.filter(|test| test["projectName"] == name) {
        match test["status"].as_str() {
            // A test that passes at the second try passes, and is named as flaky in the output.
            Some("expected" | "flaky") => project.tally.passed += 1,
            Some("skipped") => {
                project.tally.skipped += 1;
                *project.skipped.entry(why(test)).or_default() += 1;
            }
            _ => project.tally.failed += 1,
        }
    }
}

fn why(test: &Value) -> String {
    let skip = list(&test["annotations"]).iter().find(|annotation| annotation["type"] == "skip");
    skip.and_then(|skip| skip["description"].as_str()).unwrap_or("no reason given").to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tests_are_counted_by_project_and_skips_by_reason() {
        let test = |project: &str, status: &str| json!({ "projectName": project, "status": status });
        let skipped = json!({
            "projectName": "firefox",
            "status": "skipped",
            "annotations": [{ "type": "skip", "description": "no fingers" }],
        });
        let report = json!({ "errors": [], "suites": [{
            "specs": [{ "tests": [test("chromium", "expected"), test("firefox", "unexpected")] }],
            "suites": [{ "specs": [{ "tests": [test("firefox", "flaky"), skipped] }] }],
        }]});
        let firefox = of_project(&report, "firefox");
        assert_eq!(firefox.tally, Tally { passed: 1, failed: 1, skipped: 1 });
        assert_eq!(firefox.skipped, BTreeMap::from([("no fingers".to_owned(), 1)]));
        assert_eq!(of_project(&report, "chromium").tally, Tally { passed: 1, failed: 0, skipped: 0 });
        assert!(!has_errors(&report));
    }

    #[test]
    fn a_report_of_a_broken_run_says_so() {
        assert!(has_errors(&json!({ "suites": [], "errors": [{ "message": "no tests found" }] })));
        assert!(has_errors(&json!({})));
    }
}
