//! The operator's guide agrees with the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gateway::config;

fn top() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &str) -> String {
    fs::read_to_string(top().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn guide() -> String {
    read("docs/gateway.md")
}

/// The words in a text that begin like this and go on with small letters and `_`.
fn words(text: &str, start: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_ascii_lowercase() || c == '_');
    text.match_indices(start)
        .filter(|(at, _)| {
            !text[..*at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '-' | '.'))
        })
        .map(|(at, _)| text[at..].split(ends).next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_table_of_flags_is_that_of_the_program() {
    let guide = guide();
    let rows: Vec<&str> = guide.lines().filter(|line| line.starts_with("| `--")).collect();
    let flags: Vec<_> = config::flags().collect();
    assert_eq!(rows.len(), flags.len());
    for (row, (flag, variable, default)) in rows.iter().zip(flags) {
        let default = default.map_or("–".to_owned(), |default| format!("`{default}`"));
        let expected = format!("| `--{flag}` | `{variable}` | {default} | ");
        assert!(row.starts_with(&expected), "{row}\n{expected}");
    }
}

#[test]
fn the_table_of_metrics_is_what_is_measured() {
    let described = words(&read("gateway/src/admin.rs"), "gateway_");
    let guide = guide();
    let documented: BTreeSet<String> =
        guide.lines().filter(|line| line.starts_with("| `gateway_")).flat_map(|line| words(line, "gateway_")).collect();
    assert_eq!(documented, described);
    let alerts = words(&read("gateway/deploy/alerts.yaml"), "gateway_");
    assert!(alerts.is_subset(&described), "{alerts:?}");
}

#[test]
fn links_lead_to_what_is_there() {
    for (_, link) in
        guide().match_indices("](").map(|(at, _)| (at, guide()[at + 2..].split(')').next().unwrap().to_owned()))
    {
        match link.split_once('#') {
            Some(("", anchor)) => {
                let slug =
                    |line: &str| line.trim_start_matches(['#', ' ']).to_lowercase().replace(' ', "-").replace(',', "");
                assert!(guide().lines().any(|line| line.starts_with("## ") && slug(line) == anchor), "{link}");
            }
            _ => assert!(top().join("docs").join(link.split('#').next().unwrap()).exists(), "{link}"),
        }
    }
}

#[test]
fn what_is_deployed_is_configured_by_what_there_is() {
    let known: BTreeSet<&str> =
        config::flags().map(|(_, variable, _)| variable).chain(config::CREDENTIAL_VARIABLES).collect();
    let compose = read("gateway/deploy/compose.yaml");
    let gateway = compose.split("\n  database:").next().unwrap();
    let environment = gateway.split("environment:\n").nth(1).unwrap().split("\n    ports:").next().unwrap();
    let named: Vec<&str> =
        environment.lines().filter_map(|line| line.trim().split_once(": ").map(|(name, _)| name)).collect();
    assert!(named.len() >= 4);
    let dockerfile = read("gateway/Dockerfile");
    let image = dockerfile.lines().find_map(|line| line.strip_prefix("ENV ")).unwrap();
    let image = image.split(' ').filter_map(|pair| pair.split_once('=').map(|(name, _)| name));
    let unit = read("gateway/deploy/coworker-notifications-gateway.service");
    let unit = unit.lines().filter_map(|line| line.strip_prefix("Environment=")?.split_once('=')).map(|(name, _)| name);
    for name in named.into_iter().chain(image).chain(unit) {
        assert!(known.contains(name), "{name}");
    }
}
