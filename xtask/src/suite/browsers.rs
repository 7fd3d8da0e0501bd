//! The steps that run in browsers: tests of the component by wasm-bindgen, and pages by Playwright.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use super::count::{Outcome, Tally, of_cargo_test};
use super::playwright;
use super::steps::{BROWSER_TESTS, SAMPLES, count, has_browser_tests, node_tests, prepare_samples};
use crate::browser::{Chromium, Engine, Firefox};
use crate::process::{self, Failure};
use crate::project::{Project, WIDGET};
use crate::stage::Stage;
use crate::toolchain::WasmToolchain;
use crate::{example, files, tools, ui};

/// The specs that need the gateway, whose build takes minutes the first time.
const GATEWAY: &str = "gateway";

/// Tests of the component, in each engine that has a driver for them.
pub(super) fn component(project: &Project) -> Result<Outcome> {
    if !has_browser_tests(project)? {
        bail!("there is no tests/browser_*.rs, so nothing was tested in a browser");
    }
    let mut outcome = Outcome::default();
    let chromium = || {
        let chromium = Chromium::ensure()?;
        Ok((("CHROMEDRIVER", chromium.driver.clone()), chromium.capabilities()))
    };
    let firefox = || {
        let firefox = Firefox::ensure()?;
        Ok((("GECKODRIVER", Firefox::driver()?), firefox.capabilities()))
    };
    let mut run = |engine: Engine, found: Result<_>| -> Result<()> {
        match found {
            Ok((driver, capabilities)) => {
                outcome += Outcome::of("browser", component_in(project, engine, driver, &capabilities)?)
            }
            Err(error) => outcome += Outcome::not_run(&format!("browser tests in {}", engine.name()), &error),
        }
        Ok(())
    };
    run(Engine::Chromium, chromium())?;
    run(Engine::Firefox, firefox())?;
    ensure!(outcome.tally() != Tally::default(), "there is no browser to test in");
    Ok(outcome)
}

fn component_in(project: &Project, engine: Engine, driver: (&str, PathBuf), capabilities: &Value) -> Result<Tally> {
    let toolchain = WasmToolchain::ensure()?;
    let runner = tools::wasm_bindgen(project)?.test_runner;
    let path = project.target(&format!("webdriver-{}.json", engine.name()));
    files::write(&path, capabilities.to_string())?;
    let mut cargo = toolchain.cargo(project, "test");
    cargo.args(["--package", WIDGET, "--no-fail-fast", "--test", BROWSER_TESTS]);
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // The runner takes the first driver that a variable names.
    for name in ["CHROMEDRIVER", "GECKODRIVER", "SAFARIDRIVER"] {
        cargo.env_remove(name);
    }
    cargo.env(driver.0, driver.1).env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", path);
    cargo.env("WASM_BINDGEN_TEST_ONLY_WEB", "1");
    // Seconds: a machine that has other work starts browsers slowly.
    cargo.env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60").env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    Ok(count(&mut cargo, &format!("cargo test for wasm32, in headless {}", engine.name()), of_cargo_test))
}

/// The bundle on pages, in those of the engines that can be had: one run of Playwright, so that no core waits while
/// one engine is slower than another.
pub(super) fn end_to_end(project: &Project, engines: &[Engine], specs: &[String]) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let (mut names, mut variables) = (Vec::new(), Vec::new());
    for engine in engines {
        match engine.ensure() {
            Ok(found) => {
                names.push(engine.name());
                variables.extend(found);
            }
            Err(error) => outcome += Outcome::not_run(engine.name(), &error),
        }
    }
    if names.is_empty() {
        return Ok(outcome);
    }
    let stage = Stage::ensure(project)?;
    example::write(project, &project.site().join(example::NAME))?;
    if !project.path(SAMPLES).join("built/webpack").is_dir() {
        prepare_samples(project)?;
        process::Step::new("Bundle small applications").run(node_tests(project, SAMPLES).arg("bundle.test.mjs"))?;
    }
    if specs.is_empty() || specs.iter().any(|spec| spec.starts_with(GATEWAY)) {
        variables.push(("GATEWAY", build_gateway(project)?));
    }
    let path = project.target("e2e-report.json");
    if path.exists() {
        fs::remove_file(&path)?;
    }
    let mut command = stage.script("node_modules/@playwright/test/cli.js");
    command.args(["test", "--reporter=list,json"]).env("PLAYWRIGHT_JSON_OUTPUT_NAME", &path).envs(variables);
    command.args(names.iter().map(|name| format!("--project={name}")));
    // Playwright looks for these words in whole paths, of which the checkout's folder is a part.
    command.args(specs.iter().map(|spec| format!("e2e/{spec}")));
    let ended = process::Step::new("playwright test").loud().run(&mut command);
    if let Err(failure) = &ended {
        ui::line(&failure.to_string());
    }
    let report = read_report(&path, &ended)?;
    for name in &names {
        let of_engine = playwright::of_project(&report, name);
        ui::line(&format!("{name}: {}", of_engine.tally));
        for (why, times) in &of_engine.skipped {
            ui::line(&format!("  {times} skipped: {why}"));
        }
        outcome += Outcome::of(name, of_engine.tally);
    }
    if outcome.is_good() && (ended.is_err() || playwright::has_errors(&report)) {
        outcome += Outcome::of("playwright", Tally::failure());
    }
    Ok(outcome)
}

fn build_gateway(project: &Project) -> Result<PathBuf> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--package", GATEWAY]);
    process::Step::new("Build the gateway").takes("three minutes the first time").run(&mut cargo)?;
    Ok(project.target("debug").join(format!("coworker-notifications-gateway{}", env::consts::EXE_SUFFIX)))
}

fn read_report(path: &Path, ended: &Result<String, Failure>) -> Result<Value> {
    let text = match (fs::read_to_string(path), ended) {
        (Ok(text), _) => text,
        (Err(_), Err(failure)) => bail!("{failure}"),
        (Err(error), Ok(_)) => return Err(error).context("Playwright wrote no report"),
    };
    serde_json::from_str(&text).context("Playwright's report is not JSON")
}
