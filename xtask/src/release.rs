//! `cargo xtask release`: everything that is published, built, measured and packed.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::process::Step;
use crate::project::{Project, WIDGET};
use crate::{dist, files, node, size, ui};

#[derive(Args)]
pub(crate) struct Options {
    /// Take the changelog's section "Unreleased" for the version's, and the checkout as it is
    #[arg(long)]
    rehearse: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    ensure!(node::usable(), "a release needs Node and npm: https://nodejs.org, or your system's package nodejs");
    let version = version(project, options.rehearse)?;
    dist::build(project)?;
    size::run(project)?;

    let to = project.target("package");
    files::empty_dir(&to)?;
    let package = pack(project, &to)?;
    let cargo = |more: &[&str]| {
        let mut cargo = project.cargo();
        cargo.args(["package", "--package", WIDGET]).args(more);
        if options.rehearse {
            cargo.arg("--allow-dirty");
        }
        cargo
    };
    let listed = Step::new("List what the crate holds").run(&mut cargo(&["--list", "--quiet"]))?;
    let strange: Vec<&str> = listed.lines().filter(|path| !belongs(path)).collect();
    ensure!(strange.is_empty(), "the crate would hold what does not belong there:\n{}", strange.join("\n"));
    Step::new("Pack the crate, and build what was packed").run(&mut cargo(&[]))?;

    ui::line(&format!("\nVersion {version} is ready. What publishes it:"));
    ui::line(&format!("  npm publish {}", to.join(package).display()));
    ui::line(&format!("  cargo publish --package {WIDGET}"));
    Ok(())
}

/// Whether a path is one that the crate should hold.
fn belongs(path: &str) -> bool {
    const OWN: &[&str] = &["Cargo.", ".cargo_vcs_info.json", "CHANGELOG.md", "LICENSE-", "README.md", "THIRD-PARTY-"];
    ["src/", "static/"].iter().chain(OWN).any(|start| path.starts_with(start))
}

/// The version, which three files must agree on.
fn version(project: &Project, rehearse: bool) -> Result<String> {
    let crate_version = project.locked_version(WIDGET)?;
    let package: Value = serde_json::from_str(&files::read(&project.path("npm/package.json"))?)?;
    let npm_version = package["version"].as_str().unwrap_or_default();
    ensure!(npm_version == crate_version, "Cargo.toml says {crate_version}, npm/package.json says {npm_version}");
    let section = if rehearse { "Unreleased" } else { &crate_version };
    let changelog = files::read(&project.path("CHANGELOG.md"))?;
    if !has_section(&changelog, section) {
        bail!("CHANGELOG.md has no section {section} that says anything");
    }
    Ok(crate_version)
}

/// Whether the changelog has a section of this name that is not empty.
fn has_section(changelog: &str, name: &str) -> bool {
    let is_heading = |line: &&str| line.strip_prefix("## ").is_some_and(|rest| rest.split(' ').next() == Some(name));
    let lines = changelog.lines().skip_while(|line| !is_heading(line)).skip(1);
    lines.take_while(|line| !line.starts_with("## ")).any(|line| line.starts_with("- "))
}

/// Packs dist/ and prints what is in it; returns the name of the archive.
fn pack(project: &Project, to: &Path) -> Result<String> {
    let mut npm = node::npm();
    npm.arg("pack").arg(project.dist()).args(["--json", "--pack-destination"]).arg(to);
    let printed = Step::new("Pack the npm package").run(&mut npm)?;
    // Warnings come before it.
    let json = printed.find(['[', '{']).and_then(|start| printed.get(start..)).context("npm pack printed no JSON")?;
    let report: Value = serde_json::from_str(json).context("npm pack printed no JSON")?;
    let packed = report.as_array().and_then(|list| list.first()).unwrap_or(&report);
    let packed =
        packed.as_object().and_then(|one| one.values().find(|it| it["filename"].is_string())).unwrap_or(packed);
    ui::line("");
    for file in packed["files"].as_array().into_iter().flatten() {
        let size = file["size"].as_u64().unwrap_or(0);
        ui::line(&format!("{:<36} {size:>9}", file["path"].as_str().unwrap_or_default()));
    }
    let (size, unpacked) = (packed["size"].as_u64().unwrap_or(0), packed["unpackedSize"].as_u64().unwrap_or(0));
    ui::line(&format!("{size} bytes packed, {unpacked} unpacked"));
    Ok(packed["filename"].as_str().context("npm pack names no archive")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{belongs, has_section};

    const CHANGELOG: &str =
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 – 2026-12-01\n\n### Added\n\n- A bell.\n\n## 0.1.0\n";

    #[test]
    fn the_crate_holds_the_library_and_nothing_of_its_tools() {
        assert!(belongs("src/lib.rs") && belongs("Cargo.toml.orig") && belongs("LICENSE-MIT"));
        assert!(!belongs("e2e/node_modules/axe-core/README.md") && !belongs("npm/README.md"));
    }

    #[test]
    fn a_section_must_be_there_and_say_something() {
        assert!(has_section(CHANGELOG, "0.2.0"));
        assert!(!has_section(CHANGELOG, "Unreleased"), "it is empty");
        assert!(!has_section(CHANGELOG, "0.1.0"), "it is empty, too");
        assert!(!has_section(CHANGELOG, "0.2"), "there is no such version");
    }
}
