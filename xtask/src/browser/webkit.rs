//! WebKitGTK's small browser and its driver: the engine of Safari, on Linux.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::find;
use crate::apt;
use crate::tools::on_path;

/// What Debian calls the driver, a screen to draw on, something that gives windows their size and focus, and what
/// opens a window narrower than the small browser's.
const PACKAGES: &[&str] = &["webkit2gtk-driver", "xvfb", "openbox", "python3-gi", "gir1.2-webkit2-4.1"];
const BROWSER_PLACES: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

/// A WebKit that tests can drive.
pub(crate) struct Webkit {
    /// What drives the browser.
    pub(crate) driver: PathBuf,
    /// The browser, without a window manager of its own.
    pub(crate) browser: PathBuf,
}

impl Webkit {
    /// Finds browser, driver and screen, or installs them where that is possible.
    pub(crate) fn ensure() -> Result<Self> {
        ensure!(cfg!(target_os = "linux"), "the tests drive WebKitGTK, which is there for Linux only");
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        apt::install("WebKit", PACKAGES).context(
            "the tests need WebKitGTK's WebKitWebDriver and MiniBrowser, Xvfb and openbox; \
             if the first two are somewhere unusual, name them in WEBKIT_DRIVER and WEBKIT_BROWSER",
        )?;
        Self::find().context("webkit2gtk-driver was installed, yet not all of it can be found")
    }

    fn find() -> Option<Self> {
        on_path("Xvfb").and(on_path("openbox"))?;
        Some(Self {
            driver: find("WEBKIT_DRIVER", &["WebKitWebDriver"], &[])?,
            browser: find("WEBKIT_BROWSER", &["MiniBrowser"], BROWSER_PLACES)?,
        })
    }
}
