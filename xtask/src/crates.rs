//! The crates that everything here is built from: their licences, where they come from, and whether one is there
//! twice. deny.toml says what is allowed. The tests read it here, which takes a second; a release has cargo-deny read
//! it, which takes minutes to build and also knows the database of advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::process::Step;
use crate::project::Project;
use crate::{files, tools, ui};

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";
/// The database of advisories is a few megabytes.
const FETCH_LIMIT: Duration = Duration::from_secs(60);

/// Fails where a crate is not allowed.
pub(crate) fn check(project: &Project) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["metadata", "--format-version=1", "--locked", "--all-features", "--quiet"]);
    let said = Step::new("Licences, sources and versions of all crates").run(&mut cargo)?;
    let json = said.lines().find(|line| line.starts_with('{')).context("cargo metadata printed no JSON")?;
    let metadata: Value = serde_json::from_str(json).context("cargo metadata printed something else than JSON")?;
    let rules = Rules::read(&files::read(&project.path("deny.toml"))?);
    let wrong = rules.broken_by(metadata["packages"].as_array().context("cargo metadata names no packages")?);
    ensure!(wrong.is_empty(), "deny.toml does not allow:\n  {}", wrong.join("\n  "));
    Ok(())
}

/// All that cargo-deny knows. A database of advisories that cannot be reached is no failure.
pub(crate) fn audit(project: &Project) -> Result<()> {
    let program = tools::cargo_deny()?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(project.root()).args(["--color=never", "--locked"]).args(arguments);
        command
    };
    Step::new("cargo deny: licences, sources, duplicates").run(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    let fetch = Step::new("Fetch the advisories").within(FETCH_LIMIT).optional();
    if fetch.run(&mut deny(&["fetch", "db"])).is_err() {
        ui::line("  Advisories were not looked at: their database cannot be reached from here.");
        return Ok(());
    }
    Step::new("cargo deny: advisories").run(&mut deny(&["--offline", "check", "advisories"]))?;
    Ok(())
}

/// What deny.toml says about licences and about crates in two versions.
struct Rules {
    licences: BTreeSet<String>,
    twice: BTreeSet<String>,
}

impl Rules {
    /// Reads the two lists. Each of their entries has a line of its own.
    fn read(toml: &str) -> Self {
        let list = |section: &str, key: &str| {
            let lines = toml.lines().skip_while(|line| line.trim() != section).skip(1);
            let lines = lines.take_while(|line| !line.starts_with('['));
            let entries = lines.skip_while(|line| line.trim() != format!("{key} = [")).skip(1);
            let entries = entries.take_while(|line| line.trim() != "]");
            entries.map(|line| line.trim().trim_matches([',', '"']).to_owned()).collect()
        };
        Self { licences: list("[licenses]", "allow"), twice: list("[bans]", "skip") }
    }

    fn broken_by(&self, packages: &[Value]) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut versions = BTreeMap::<&str, Vec<&str>>::new();
        for package in packages {
            let [name, version] = ["name", "version"].map(|key| package[key].as_str().unwrap_or_default());
            versions.entry(name).or_default().push(version);
            // Those without a source are this workspace's own.
            let Some(source) = package["source"].as_str() else { continue };
            if source != CRATES_IO {
                wrong.push(format!("{name} {version}: it comes from {source}"));
            }
            let licence = package["license"].as_str().unwrap_or("none that is named");
            if !allows(licence, &|one| self.licences.contains(one)) {
                wrong.push(format!("{name} {version}: its licence is {licence}"));
            }
        }
        for (name, versions) in versions {
            if versions.len() > 1 && !self.twice.contains(name) {
                wrong.push(format!("{name} in the versions {}", versions.join(" and ")));
            }
        }
        wrong
    }
}

/// Whether an SPDX expression can be met: OR needs one side, AND both; an exception belongs to its licence.
fn allows(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    // Before SPDX, crates wrote a slash for OR.
    let expression = expression.replace('/', " OR ");
    let expression = strip_parentheses(expression.trim());
    for (word, all) in [(" OR ", false), (" AND ", true)] {
        let sides = split_outside(expression, word);
        if sides.len() > 1 {
            let mut sides = sides.into_iter().map(|side| allows(side, is_allowed));
            return if all { sides.all(|side| side) } else { sides.any(|side| side) };
        }
    }
    is_allowed(&expression.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Splits at a word that is not inside parentheses.
fn split_outside<'a>(expression: &'a str, word: &str) -> Vec<&'a str> {
    let (mut sides, mut start) = (Vec::new(), 0);
    for (at, _) in expression.match_indices(word) {
        let before = &expression[..at];
        if before.matches('(').count() == before.matches(')').count() {
            sides.push(&expression[start..at]);
            start = at + word.len();
        }
    }
    sides.push(&expression[start..]);
    sides
}

fn strip_parentheses(expression: &str) -> &str {
    let inner = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    // In `(A) OR (B)` the first and the last do not belong together.
    let is_whole = |inner: &&str| {
        let mut depth = 0i32;
        inner.chars().all(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth >= 0
        })
    };
    inner.filter(is_whole).map_or(expression, strip_parentheses)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const RULES: &str = "[licenses]\nallow = [\n  \"MIT\",\n  \"Apache-2.0 WITH LLVM-exception\",\n]\n\n[bans]\nskip = [\n  \"syn\",\n]\n";

    fn wrong(packages: Value) -> Vec<String> {
        Rules::read(RULES).broken_by(packages.as_array().unwrap())
    }

    fn package(name: &str, version: &str, license: &str) -> Value {
        json!({ "name": name, "version": version, "license": license, "source": CRATES_IO })
    }

    #[test]
    fn a_licence_that_is_not_allowed_is_named() {
        assert_eq!(wrong(json!([package("a", "1.0.0", "MIT OR GPL-3.0")])), [""; 0]);
        assert_eq!(
            wrong(json!([package("a", "1.0.0", "MIT AND GPL-3.0")])),
            ["a 1.0.0: its licence is MIT AND GPL-3.0"]
        );
        assert_eq!(wrong(json!([{ "name": "own", "version": "0.1.0", "license": null, "source": null }])), [""; 0]);
    }

    #[test]
    fn another_source_and_a_second_version_are_named() {
        let foreign = json!({ "name": "a", "version": "1.0.0", "license": "MIT", "source": "git+https://host/a" });
        assert_eq!(wrong(json!([foreign])), ["a 1.0.0: it comes from git+https://host/a"]);
        assert_eq!(wrong(json!([package("syn", "1.0.0", "MIT"), package("syn", "2.0.0", "MIT")])), [""; 0]);
        assert_eq!(
            wrong(json!([package("a", "1.0.0", "MIT"), package("a", "2.0.0", "MIT")])),
            ["a in the versions 1.0.0 and 2.0.0"]
        );
    }

    #[test]
    fn expressions_are_read_as_spdx_means_them() {
        let is_met = |expression| allows(expression, &|one| ["A", "B WITH C"].contains(&one));
        for met in ["A", "A/X", "X / A", "(X OR A) AND A", "(A) OR (X)", "((A))", "B WITH C OR X", "X AND X OR A"] {
            assert!(is_met(met), "{met}");
        }
        for not_met in ["X", "B", "A AND X", "(A OR X) AND X", "(X) OR (X)"] {
            assert!(!is_met(not_met), "{not_met}");
        }
    }
}
