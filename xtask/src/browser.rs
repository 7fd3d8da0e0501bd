//! A Chrome or Chromium and its driver, for tests.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;

use crate::apt;
use crate::project::Project;
use crate::tools::on_path;

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

/// A browser that tests can drive.
pub(crate) struct Browser {
    /// The browser's program.
    pub(crate) chrome: PathBuf,
    /// The program that drives it for wasm-bindgen's tests.
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Finds the browser and its driver, or installs them where that is possible.
    pub(crate) fn ensure() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        apt::install("A browser for the tests", &["chromium", "chromium-driver"]).context(
            "the tests need Chrome or Chromium and the chromedriver of the same version; \
             if they are somewhere unusual, name them in CHROME and CHROMEDRIVER",
        )?;
        Self::find().context("chromium was installed, yet neither it nor its driver is on PATH")
    }

    fn find() -> Option<Self> {
        Some(Self {
            chrome: find("CHROME", BROWSERS, BROWSER_PLACES)?,
            driver: find("CHROMEDRIVER", DRIVERS, DRIVER_PLACES)?,
        })
    }

    /// Writes the file from which wasm-bindgen's test runner takes the browser's options.
    pub(crate) fn write_capabilities(&self, project: &Project) -> Result<PathBuf> {
        let mut arguments: Vec<&str> = QUIET.to_vec();
        // Chrome's sandbox refuses to work for root.
        if apt::is_root() {
            arguments.push("--no-sandbox");
        }
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments, "binary": self.chrome } });
        let path = project.target("webdriver.json");
        fs::write(&path, capabilities.to_string()).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(path)
    }
}

fn find(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let known = || places.iter().map(PathBuf::from).find(|path: &PathBuf| Path::is_file(path));
    named.or_else(|| names.iter().find_map(|name| on_path(name))).or_else(known)
}
