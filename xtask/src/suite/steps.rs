//! What each step of the test run does.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::Step;
use super::count::{Tally, of_cargo_test, of_node_test, of_playwright};
use crate::browser::Browser;
use crate::process::{self, Failure};
use crate::project::{Project, WIDGET};
use crate::stage::Stage;
use crate::toolchain::WasmToolchain;
use crate::{deny, dist, example, files, node, release, tidy, tools, ui};

const DENY_WARNINGS: &[&str] = &["--", "-D", "warnings"];
/// The package as applications use it.
const SAMPLES: &str = "samples";
/// Tests that run in a browser are the integration tests with these names.
const BROWSER_TESTS: &str = "browser_*";

pub(super) fn run(step: Step, project: &Project, specs: &[String]) -> Result<Tally> {
    match step {
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
        Step::Deny => deny::check(project).map(|()| Tally::success()),
        Step::Doc => {
            doc("cargo doc", project.cargo().arg("doc"))?;
            doc("cargo doc for wasm32", &mut WasmToolchain::ensure()?.cargo(project, "doc"))
        }
        Step::Host => {
            let mut cargo = project.cargo();
            Ok(count(cargo.args(["test", "--workspace", "--no-fail-fast"]), "cargo test", of_cargo_test))
        }
        Step::Browser => browser(project),
        Step::Dist => dist::run(project).map(|()| Tally::success()),
        Step::Package => package(project),
        Step::E2e => e2e(project, specs),
    }
}

/// A command that holds or does not.
fn check(title: &str, by_hand: &str, command: &mut Command) -> Result<Tally> {
    process::Step::new(title).by_hand(by_hand).run(command)?;
    Ok(Tally::success())
}

/// A command that runs many tests, and how to read from what it prints how many passed.
fn count(command: &mut Command, title: &str, read: fn(&str) -> Tally) -> Tally {
    match process::Step::new(title).loud().run(command) {
        Ok(output) => read(&output),
        Err(failure) => {
            ui::line(&failure.to_string());
            read(&failure.output).of_run(false)
        }
    }
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

fn browser(project: &Project) -> Result<Tally> {
    if !has_browser_tests(project)? {
        bail!("there is no tests/browser_*.rs, so nothing was tested in a browser");
    }
    let toolchain = WasmToolchain::ensure()?;
    let runner = tools::wasm_bindgen(project)?.test_runner;
    let browser = Browser::ensure()?;
    let capabilities = browser.write_capabilities(project)?;
    let mut cargo = toolchain.cargo(project, "test");
    cargo.args(["--package", WIDGET, "--no-fail-fast", "--test", BROWSER_TESTS]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    cargo.env("CHROMEDRIVER", &browser.driver).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities);
    cargo.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    Ok(count(&mut cargo, "cargo test for wasm32, in headless Chromium", of_cargo_test))
}

fn has_browser_tests(project: &Project) -> Result<bool> {
    let prefix = BROWSER_TESTS.trim_end_matches('*');
    let names = files::walk(&project.path("tests"))?;
    Ok(names.iter().any(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(prefix) && files::has_extension(path, &["rs"])
    }))
}

/// The package as applications use it: packed, installed, type-checked, bundled; and what the crate would hold.
fn package(project: &Project) -> Result<Tally> {
    prepare_samples(project)?;
    let mut tally = count(&mut node_tests(project), "node --test", of_node_test);
    release::check_crate(project)?;
    tally += Tally::success();
    Ok(tally)
}

fn node_tests(project: &Project) -> Command {
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec"]).current_dir(project.path(SAMPLES));
    command
}

/// Packs the bundle and installs the package into samples/, as an application would.
fn prepare_samples(project: &Project) -> Result<()> {
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

fn e2e(project: &Project, specs: &[String]) -> Result<Tally> {
    let stage = Stage::ensure(project)?;
    example::write(project, &project.site().join(example::NAME))?;
    if !project.path(SAMPLES).join("built/webpack").is_dir() {
        prepare_samples(project)?;
        process::Step::new("Bundle small applications").run(node_tests(project).arg("bundle.test.mjs"))?;
    }
    let report = project.target("e2e-report.json");
    if report.exists() {
        fs::remove_file(&report)?;
    }
    let mut command = stage.script("node_modules/@playwright/test/cli.js");
    command.args(["test", "--reporter=list,json"]).env("PLAYWRIGHT_JSON_OUTPUT_NAME", &report);
    // Playwright looks for these words in whole paths, of which the checkout's folder is a part.
    command.args(specs.iter().map(|spec| format!("e2e/{spec}")));
    let ended = process::Step::new("playwright test").loud().run(&mut command);
    let tally = read_report(&report, &ended)?;
    if let Err(failure) = &ended {
        ui::line(&failure.to_string());
    }
    Ok(tally.of_run(ended.is_ok()))
}

fn read_report(path: &std::path::Path, ended: &Result<String, Failure>) -> Result<Tally> {
    let text = match (fs::read_to_string(path), ended) {
        (Ok(text), _) => text,
        (Err(_), Err(failure)) => bail!("{failure}"),
        (Err(error), Ok(_)) => return Err(error).context("Playwright wrote no report"),
    };
    let report: Value = serde_json::from_str(&text).context("Playwright's report is not JSON")?;
    Ok(of_playwright(&report))
}
