//! What each step of the test run does.

use std::process::Command;

use anyhow::{Result, bail};

use super::count::{Outcome, Tally, of_cargo_test, of_node_test};
use super::{Step, browsers};
use crate::process;
use crate::project::{Project, WIDGET};
use crate::toolchain::WasmToolchain;
use crate::{crates, dist, example, files, node, postgres, release, tidy, ui};

const DENY_WARNINGS: &[&str] = &["--", "-D", "warnings"];
/// The package as applications use it.
pub(super) const SAMPLES: &str = "samples";
/// What measures the bell beside others.
const BENCH: &str = "bench";
/// Tests that run in a browser are the integration tests with these names.
pub(super) const BROWSER_TESTS: &str = "browser_*";

pub(super) fn run(step: Step, project: &Project) -> Result<Outcome> {
    let tally = match step {
        Step::Fmt => check(
            "cargo fmt",
            "cargo fmt --all",
            project.cargo().args(["fmt", "--all", "--check", "--", "--color=never"]),
        ),
        Step::Clippy => {
            let mut cargo = project.cargo();
            cargo.args(["clippy", "--workspace", "--all-targets"]).args(DENY_WARNINGS);
            check("cargo clippy", "", &mut cargo)
        }
        Step::ClippyWasm => clippy_wasm(project),
        Step::Tidy => {
            let holds = tidy::run(project, &tidy::Options::default())?;
            Ok(if holds { Tally::success() } else { Tally::failure() })
        }
        Step::Crates => crates::check(project).map(|()| Tally::success()),
        Step::Doc => {
            doc("cargo doc", project.cargo().arg("doc"))?;
            doc("cargo doc for wasm32", &mut WasmToolchain::ensure()?.cargo(project, "doc"))
        }
        Step::Host => return Ok(host(project)),
        Step::Dist => dist::bundle(project).map(|()| Tally::success()),
        Step::Package => package(project),
        Step::Browser => return browsers::component(project),
        Step::Chromium | Step::Firefox | Step::Webkit => bail!("engines are run together"),
    };
    Ok(Outcome::of(&super::described(step).0, tally?))
}

/// A command that holds or does not.
fn check(title: &str, by_hand: &str, command: &mut Command) -> Result<Tally> {
    process::Step::new(title).by_hand(by_hand).run(command)?;
    Ok(Tally::success())
}

/// A command that runs many tests, and how to read from what it prints how many passed.
pub(super) fn count(command: &mut Command, title: &str, read: fn(&str) -> Tally) -> Tally {
    match process::Step::new(title).loud().run(command) {
        Ok(output) => read(&output),
        Err(failure) => {
            ui::line(&failure.to_string());
            read(&failure.output).of_run(false)
        }
    }
}

fn host(project: &Project) -> Outcome {
    let mut outcome = Outcome::default();
    if let Err(error) = postgres::ensure() {
        outcome += Outcome::not_run("the gateway's tests with PostgreSQL", &error);
    }
    let mut cargo = project.cargo();
    cargo.args(["test", "--workspace", "--no-fail-fast"]);
    outcome += Outcome::of("host", count(&mut cargo, "cargo test", of_cargo_test));
    outcome
}

/// As docs.rs builds it.
fn doc(title: &str, cargo: &mut Command) -> Result<Tally> {
    cargo.args(["--no-deps", "--all-features", "--package", WIDGET]);
    check(title, "", cargo.env("DOCS_RS", "1").env("RUSTDOCFLAGS", "-D warnings"))
}

fn clippy_wasm(project: &Project) -> Result<Tally> {
    let mut cargo = WasmToolchain::ensure()?.cargo(project, "clippy");
    cargo.args(["--package", WIDGET, "--lib"]);
    if has_browser_tests(project)? {
        cargo.args(["--test", BROWSER_TESTS]);
    }
    check("cargo clippy for wasm32", "", cargo.args(DENY_WARNINGS))?;
    // By itself: with the widget it would be built with the features of both.
    let mut cargo = WasmToolchain::ensure()?.cargo(project, "clippy");
    cargo.args(["--package", example::NAME, "--bins"]);
    check("cargo clippy for wasm32, the example", "", cargo.args(DENY_WARNINGS))
}

pub(super) fn has_browser_tests(project: &Project) -> Result<bool> {
    let prefix = BROWSER_TESTS.trim_end_matches('*');
    let names = files::walk(&project.path("tests"))?;
    Ok(names.iter().any(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(prefix) && files::has_extension(path, &["rs"])
    }))
}

/// The package as applications use it: packed, installed, type-checked, bundled; what the crate would hold; and what of
/// the bench needs no browser.
fn package(project: &Project) -> Result<Tally> {
    prepare_samples(project)?;
    let mut tally = Tally::default();
    for folder in [SAMPLES, BENCH] {
        let title = format!("node --test, in {folder}");
        tally += count(&mut node_tests(project, folder), &title, of_node_test);
    }
    release::check_crate(project)?;
    tally += Tally::success();
    Ok(tally)
}

pub(super) fn node_tests(project: &Project, folder: &str) -> Command {
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec"]).current_dir(project.path(folder));
    command
}

/// Packs the bundle and installs the package into samples/, as an application would.
pub(super) fn prepare_samples(project: &Project) -> Result<()> {
    node::require()?;
    if !project.dist().is_dir() {
        dist::build(project)?;
    }
    let samples = project.path(SAMPLES);
    node::install_locked(&samples)?;
    let mut command = Command::new("node");
    command.arg("prepare.mjs").current_dir(samples);
    process::Step::new("Pack the bundle and install the package").run(&mut command)?;
    Ok(())
}
