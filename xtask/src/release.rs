//! `cargo xtask release`: everything that is published, built, measured and packed.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde_json::Value;

use crate::process::Step;
use crate::project::{Project, WIDGET};
use crate::{crates, dist, files, node, size, ui};

#[derive(Args)]
pub(crate) struct Options {
    /// Take the changelog's section "Unreleased" for the version's, and the checkout as it is
    #[arg(long)]
    rehearse: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    node::require()?;
    let version = version(project, options.rehearse)?;
    if !options.rehearse {
        check_repository(&files::read(&project.path("Cargo.toml"))?, &npm_manifest(project)?)?;
    }
    crates::audit(project)?;
    dist::build(project)?;
    size::run(project, &size::Options::default())?;

    let to = project.target("package");
    files::empty_dir(&to)?;
    let package = pack(project, &to)?;
    check_crate(project)?;
    let mut cargo = cargo_package(project);
    if options.rehearse {
        cargo.arg("--allow-dirty");
    }
    Step::new("Pack the crate, and build what was packed").run(&mut cargo)?;

    ui::line(&format!("\nVersion {version} is ready. What publishes it:"));
    ui::line(&format!("  npm publish {}", to.join(package).display()));
    ui::line(&format!("  cargo publish --package {WIDGET}"));
    Ok(())
}

/// Fails where the crate would hold what does not belong there.
pub(crate) fn check_crate(project: &Project) -> Result<()> {
    let mut cargo = cargo_package(project);
    cargo.args(["--list", "--quiet", "--allow-dirty"]);
    let listed = Step::new("List what the crate holds").run(&mut cargo)?;
    let strange: Vec<&str> = listed.lines().filter(|path| !belongs(path)).collect();
    ensure!(strange.is_empty(), "the crate would hold what does not belong there:\n{}", strange.join("\n"));
    Ok(())
}

fn cargo_package(project: &Project) -> Command {
    let mut cargo = project.cargo();
    cargo.args(["package", "--package", WIDGET]);
    cargo
}

fn npm_manifest(project: &Project) -> Result<Value> {
    let path = project.path("npm/package.json");
    serde_json::from_str(&files::read(&path)?).with_context(|| format!("{} is not JSON", path.display()))
}

/// Both packages must say where their sources are: whoever installs one, or finds a weakness in it, looks there.
fn check_repository(cargo_toml: &str, package_json: &Value) -> Result<()> {
    let named = |line: &str| Some(line.strip_prefix("repository = \"")?.strip_suffix('"')?.to_owned());
    let Some(of_crate) = cargo_toml.lines().find_map(named) else {
        bail!(
            "Cargo.toml names no repository: add `repository = \"https://…\"` to [package], and the same to npm/package.json"
        );
    };
    let field = &package_json["repository"];
    let of_npm = field.as_str().or(field["url"].as_str()).unwrap_or_default();
    let plain = of_npm.trim_start_matches("git+").trim_end_matches(".git");
    ensure!(
        plain == of_crate.trim_end_matches(".git"),
        "Cargo.toml has the repository {of_crate:?}, npm/package.json has {of_npm:?}; they must be the same"
    );
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
    let package = npm_manifest(project)?;
    let npm_version = package["version"].as_str().unwrap_or_default();
    ensure!(
        npm_version == crate_version,
        "Cargo.toml has the version {crate_version}, npm/package.json has {npm_version}; they must be the same"
    );
    let section = if rehearse { "Unreleased" } else { &crate_version };
    let changelog = files::read(&project.path("CHANGELOG.md"))?;
    if !has_section(&changelog, section) {
        bail!("CHANGELOG.md has no section `## {section}` with an entry in it; write what is new there");
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
    let json = printed.find('[').and_then(|start| printed.get(start..)).context("npm pack printed no JSON")?;
    let report: Value = serde_json::from_str(json).context("npm pack printed no JSON")?;
    let packed = &report[0];
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
    use serde_json::json;

    use super::{belongs, check_repository, has_section};

    const CHANGELOG: &str =
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 – 2026-12-01\n\n### Added\n\n- A bell.\n\n## 0.1.0\n";

    #[test]
    fn the_crate_holds_the_library_and_nothing_of_its_tools() {
        assert!(belongs("src/lib.rs") && belongs("Cargo.toml.orig") && belongs("LICENSE-MIT"));
        assert!(!belongs("e2e/node_modules/axe-core/README.md") && !belongs("npm/README.md"));
    }

    #[test]
    fn a_repository_must_be_named_by_both_packages() {
        let cargo_toml = "[package]\nname = \"a\"\nrepository = \"https://forge.example/a\"\n";
        let npm = |url: &str| json!({ "repository": { "type": "git", "url": url } });
        assert!(check_repository(cargo_toml, &npm("git+https://forge.example/a.git")).is_ok());
        assert!(check_repository(cargo_toml, &json!({ "repository": "https://forge.example/a" })).is_ok());
        let told = |cargo_toml, npm| check_repository(cargo_toml, &npm).unwrap_err().to_string();
        assert!(told("[package]\n", json!({})).contains("Cargo.toml names no repository"));
        let other = told(cargo_toml, npm("https://forge.example/b"));
        assert!(other.contains("forge.example/a") && other.contains("forge.example/b"), "{other}");
    }

    #[test]
    fn a_section_must_be_there_and_say_something() {
        assert!(has_section(CHANGELOG, "0.2.0"));
        assert!(!has_section(CHANGELOG, "Unreleased"), "it is empty");
        assert!(!has_section(CHANGELOG, "0.1.0"), "it is empty, too");
        assert!(!has_section(CHANGELOG, "0.2"), "there is no such version");
    }
}
