//! Every language says everything that English says.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Finding, Source};

const FOLDER: &str = "static/locales/";
const ORIGINAL: &str = "static/locales/en.json";
const WHY: &str = "each language has exactly the keys of en.json: a missing one shows English, a surplus one nobody";
/// A language has the plural forms that it needs, not those that English needs.
const PLURALS: &[&str] = &["zero", "one", "two", "few", "many", "other"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let languages = || sources.iter().filter(|source| source.path.starts_with(FOLDER) && source.is(&["json"]));
    let Some(original) = languages().find(|source| source.path == ORIGINAL) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let wanted = keys(original, &mut findings);
    for source in languages().filter(|source| source.path != ORIGINAL) {
        let found = keys(source, &mut findings);
        findings.extend(wanted.difference(&found).map(|key| source.finding(1, format!("has no {key}"), WHY)));
        findings.extend(
            found.difference(&wanted).map(|key| source.finding(1, format!("has {key}, which en.json has not"), WHY)),
        );
    }
    findings
}

fn keys(source: &Source, findings: &mut Vec<Finding>) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    match serde_json::from_str(&source.text) {
        Ok(value) => collect(&value, "", &mut keys),
        Err(error) => findings.push(source.finding(error.line(), error.to_string(), "a language is a JSON file")),
    }
    keys
}

fn collect(value: &Value, path: &str, keys: &mut BTreeSet<String>) {
    match value.as_object() {
        Some(object) if !object.keys().all(|key| PLURALS.contains(&key.as_str())) => {
            for (key, value) in object {
                collect(value, &format!("{path}.{key}"), keys);
            }
        }
        _ => _ = keys.insert(path.trim_start_matches('.').to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, source};
    use super::check;

    fn english() -> Source {
        source(
            "static/locales/en.json",
            r##"{ "title": "Notifications", "new": { "one": "# new", "other": "# new" } }"##,
        )
    }

    #[test]
    fn missing_and_surplus_keys_are_found() {
        let german = source("static/locales/de.json", r##"{ "titel": "Mitteilungen", "new": { "other": "# neu" } }"##);
        let what: Vec<String> = check(&[english(), german]).into_iter().map(|finding| finding.what).collect();
        assert_eq!(what, ["has no title", "has titel, which en.json has not"]);
    }

    #[test]
    fn plural_forms_differ_between_languages() {
        let polish = source(
            "static/locales/pl.json",
            r##"{ "title": "P", "new": { "one": "", "few": "", "many": "", "other": "" } }"##,
        );
        assert!(check(&[english(), polish]).is_empty());
    }

    #[test]
    fn a_broken_file_is_told_with_its_line() {
        let broken = source("static/locales/fr.json", "{\n  \"title\": \n}");
        assert_eq!(check(&[english(), broken])[0].line, 3);
    }
}
