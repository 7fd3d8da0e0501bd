//! The crates that the widget, the sandbox and the chores are built from: their licences, where they come from, and
//! whether one is there twice.
//!
//! What `cargo deny check licenses sources bans` looks at, read from `cargo metadata`: building cargo-deny costs a fresh
//! machine minutes, and this a second. Whoever has it finds its settings in deny.toml; advisories are asked of it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Finding;
use crate::project::Project;
use crate::tools::on_path;

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// Licences that ask for no more than to be named.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];
/// Crates that others want in two versions, which is theirs to mend: yew's own gloo crates are older than today's, and
/// macros lag behind.
const TWICE: &[&str] =
    &["getrandom", "gloo-net", "gloo-timers", "gloo-utils", "http", "syn", "thiserror", "thiserror-impl"];
const WHY_LICENCE: &str = "what is built in may be passed on by anybody who passes the widget on";
const WHY_SOURCE: &str = "crates come from crates.io, which keeps every version as it was";
const WHY_TWICE: &str = "a crate in two versions is downloaded, built and looked after twice";

/// What is wrong with any of them.
pub(super) fn check(project: &Project) -> Result<Vec<Finding>> {
    let mut cargo = project.cargo();
    cargo.args(["metadata", "--format-version=1", "--locked", "--all-features"]);
    let metadata = metadata(&mut cargo)?;
    Ok(findings(&metadata))
}

/// Says whether crates in use have known weaknesses, as far as that can be learnt here; never a reason to fail.
pub(super) fn advisories(project: &Project) -> String {
    if on_path("cargo-deny").is_none() {
        return "advisories: not looked at, for there is no cargo-deny here (cargo install cargo-deny)".to_owned();
    }
    match project.cargo().args(["deny", "--color=never", "check", "advisories"]).output() {
        Ok(output) if output.status.success() => "advisories: none".to_owned(),
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
            let unreachable = said.contains("failed to fetch advisory database");
            if unreachable { "advisories: not looked at, their database cannot be reached".to_owned() } else { said }
        }
        Err(error) => format!("advisories: not looked at, cargo could not be started: {error}"),
    }
}

fn metadata(cargo: &mut Command) -> Result<Value> {
    let output = cargo.output().context("cargo metadata could not be started")?;
    anyhow::ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")
}

fn findings(metadata: &Value) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let text = |name: &str| package[name].as_str();
        let (name, version) = (text("name").unwrap_or_default(), text("version").unwrap_or_default());
        // Those without a source are this project's own.
        let Some(source) = text("source") else { continue };
        if source != REGISTRY {
            findings.push(finding(format!("{name} {version} comes from {source}"), WHY_SOURCE));
        }
        let licence = text("license").unwrap_or_default();
        if !is_free(licence) {
            findings.push(finding(format!("{name} {version} has the licence {licence:?}"), WHY_LICENCE));
        }
        versions.entry(name).or_default().insert(version);
    }
    for (name, versions) in versions.iter().filter(|(name, versions)| versions.len() > 1 && !TWICE.contains(name)) {
        let versions: Vec<&str> = versions.iter().copied().collect();
        findings.push(finding(format!("{name} is there as {}", versions.join(" and ")), WHY_TWICE));
    }
    findings
}

/// Whether an SPDX expression can be met by licences of the list. Without brackets, which nobody here needs, `AND`
/// binds closer than `OR`; older crates write `/` for the latter.
fn is_free(licence: &str) -> bool {
    let licence = licence.replace('/', " OR ");
    let known = |name: &str| LICENCES.contains(&name.trim().trim_matches(['(', ')']));
    // `(MIT OR Apache-2.0) AND Unicode-3.0`: every side of AND needs one that is known.
    if licence.contains('(') {
        return licence.split(" AND ").all(|side| side.split(" OR ").any(known));
    }
    licence.split(" OR ").any(|side| side.split(" AND ").all(known))
}

fn finding(what: String, why: &'static str) -> Finding {
    Finding { path: "Cargo.lock".to_owned(), line: 1, what, why }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{REGISTRY, findings, is_free};

    fn told(packages: serde_json::Value) -> Vec<String> {
        findings(&json!({ "packages": packages })).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn crates_of_other_places_are_found() {
        let elsewhere = json!([
            { "name": "own", "version": "0.1.0", "source": null, "license": null },
            { "name": "a", "version": "1.0.0", "source": REGISTRY, "license": "MIT" },
            { "name": "b", "version": "1.0.0", "source": "git+https://forge.example/b", "license": "MIT" },
        ]);
        assert_eq!(told(elsewhere), ["b 1.0.0 comes from git+https://forge.example/b"]);
    }

    #[test]
    fn licences_that_ask_for_more_are_found() {
        let strict = json!([{ "name": "a", "version": "1.0.0", "source": REGISTRY, "license": "GPL-3.0-only" }]);
        assert_eq!(told(strict), ["a 1.0.0 has the licence \"GPL-3.0-only\""]);
        assert_eq!(told(json!([{ "name": "a", "version": "1.0.0", "source": REGISTRY, "license": null }])).len(), 1);
    }

    #[test]
    fn a_crate_in_two_versions_is_found_once() {
        let twice = json!([
            { "name": "a", "version": "1.0.0", "source": REGISTRY, "license": "MIT" },
            { "name": "a", "version": "2.0.0", "source": REGISTRY, "license": "MIT" },
        ]);
        assert_eq!(told(twice), ["a is there as 1.0.0 and 2.0.0"]);
    }

    #[test]
    fn expressions_are_met_by_one_side_of_or_and_both_of_and() {
        for free in ["MIT", "MIT OR GPL-3.0", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "MIT AND ISC"] {
            assert!(is_free(free), "{free}");
        }
        for other in ["", "MIT AND GPL-3.0", "(MIT OR ISC) AND GPL-3.0", "MPL-2.0"] {
            assert!(!is_free(other), "{other}");
        }
    }
}
