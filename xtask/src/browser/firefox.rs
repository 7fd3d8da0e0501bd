//! Firefox, and the program that drives it for wasm-bindgen's tests.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::find;
use crate::{apt, tools};

const BROWSERS: &[&str] = &["firefox-esr", "firefox"];
const BROWSER_PLACES: &[&str] =
    &["/Applications/Firefox.app/Contents/MacOS/firefox", "/opt/firefox/firefox", "/snap/bin/firefox"];
/// The version of geckodriver; it drives Firefox 128 and newer.
const GECKODRIVER: &str = "0.37.1";

/// A Firefox that tests can drive.
pub(crate) struct Firefox {
    /// The browser.
    pub(crate) program: PathBuf,
}

impl Firefox {
    /// Finds the browser, or installs it where that is possible.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(program) = Self::find() {
            return Ok(Self { program });
        }
        apt::install("Firefox", &["firefox-esr"])
            .context("the tests need Firefox; if it is somewhere unusual, name it in FIREFOX")?;
        let program = Self::find().context("firefox-esr was installed, yet it is not on PATH")?;
        Ok(Self { program })
    }

    fn find() -> Option<PathBuf> {
        find("FIREFOX", BROWSERS, BROWSER_PLACES)
    }

    /// What drives the browser for wasm-bindgen's tests: found, or built once.
    pub(crate) fn driver() -> Result<PathBuf> {
        if let Some(own) = find("GECKODRIVER", &["geckodriver"], &[]) {
            return Ok(own);
        }
        let root = tools::dir()?.join(format!("geckodriver-{GECKODRIVER}"));
        let found = tools::program(&root, "geckodriver");
        if !found.is_file() {
            tools::cargo_install("geckodriver", GECKODRIVER, &root, &["--locked"], "once, about a minute")?;
        }
        Ok(found)
    }

    /// How wasm-bindgen's test runner has to start the browser.
    pub(crate) fn capabilities(&self) -> Value {
        json!({ "moz:firefoxOptions": { "binary": self.program, "args": ["-headless"] } })
    }
}
