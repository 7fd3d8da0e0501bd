//! The sandbox and the widget are written by two hands after one contract.

use super::{Finding, Source, has_word};

const WHY: &str =
    "the sandbox never uses the widget: a mistake in the client must not be shared by the server it is tested with";

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.path.starts_with("sandbox/") {
        return Vec::new();
    }
    let depends = |line: &str| {
        let key = line.split(['=', '.']).next().unwrap_or_default().trim().trim_matches('"');
        key == "coworker-notifications"
            || key == "[dependencies.coworker-notifications]"
            || line.contains("package = \"coworker-notifications\"")
    };
    let uses = |line: &str| has_word(line, "coworker_notifications");
    let wrong = |line: &str| (source.is(&["toml"]) && depends(line)) || (source.is(&["rs"]) && uses(line));
    source
        .code()
        .filter(|(_, line)| wrong(line))
        .map(|(number, _)| source.finding(number, "uses the widget", WHY))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::check;

    #[test]
    fn a_dependency_on_the_widget_is_found() {
        let manifest = source("sandbox/Cargo.toml", "[dependencies]\ncoworker-notifications = { path = \"..\" }\n");
        assert_eq!(check(&manifest)[0].line, 2);
        assert_eq!(check(&source("sandbox/src/lib.rs", "use coworker_notifications::api;")).len(), 1);
    }

    #[test]
    fn the_apis_own_name_is_not_the_widgets() {
        assert!(check(&source("sandbox/src/lib.rs", "let path = \"/api/spaces/coworkernotifications\";")).is_empty());
        assert!(check(&source("tests/client.rs", "use coworker_notifications::api;")).is_empty());
    }
}
