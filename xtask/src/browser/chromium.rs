//! Chrome or Chromium, and the program that drives it for wasm-bindgen's tests.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::find;
use crate::apt;

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const BROWSER_PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/opt/google/chrome/chrome",
    "/snap/bin/chromium",
];
const DRIVERS: &[&str] = &["chromedriver", "chromium.chromedriver"];
const DRIVER_PLACES: &[&str] = &["/usr/lib/chromium/chromedriver", "/usr/lib/chromium-browser/chromedriver"];

/// Keeps a browser under test from talking to anyone but the tests.
const QUIET: &[&str] = &[
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

/// A Chrome or Chromium that tests can drive.
pub(crate) struct Chromium {
    /// The browser.
    pub(crate) program: PathBuf,
    /// What drives it for wasm-bindgen's tests.
    pub(crate) driver: PathBuf,
}

impl Chromium {
    /// Finds the browser and its driver, or installs them where that is possible.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        apt::install("Chromium", &["chromium", "chromium-driver"]).context(
            "the tests need Chrome or Chromium and the chromedriver of the same version; \
             if they are somewhere unusual, name them in CHROME and CHROMEDRIVER",
        )?;
        Self::find().context("chromium was installed, yet neither it nor its driver is on PATH")
    }

    fn find() -> Option<Self> {
        Some(Self {
            program: find("CHROME", BROWSERS, BROWSER_PLACES)?,
            driver: find("CHROMEDRIVER", DRIVERS, DRIVER_PLACES)?,
        })
    }

    /// How wasm-bindgen's test runner has to start the browser.
    pub(crate) fn capabilities(&self) -> Value {
        let mut arguments: Vec<&str> = QUIET.to_vec();
        // Chrome's sandbox refuses to work for root.
        if apt::is_root() {
            arguments.push("--no-sandbox");
        }
        json!({ "goog:chromeOptions": { "args": arguments, "binary": self.program } })
    }
}
