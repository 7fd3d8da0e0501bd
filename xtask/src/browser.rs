//! The browsers that tests run in: found on this machine, or installed where that is possible.

mod chromium;
mod firefox;
mod webkit;

use std::env;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::tools::on_path;

pub(crate) use chromium::Chromium;
pub(crate) use firefox::Firefox;
pub(crate) use webkit::Webkit;

/// What draws pages. Members use all three.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    /// In the order in which they are named.
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name of the project in e2e/playwright.config.mjs.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Finds the engine's browser, or installs it; gives the variables that tell the tests where it is.
    pub(crate) fn ensure(self) -> Result<Vec<(&'static str, PathBuf)>> {
        Ok(match self {
            Self::Chromium => vec![("CHROME", Chromium::ensure()?.program)],
            Self::Firefox => vec![("FIREFOX", Firefox::ensure()?.program)],
            Self::Webkit => {
                let webkit = Webkit::ensure()?;
                vec![("WEBKIT_DRIVER", webkit.driver), ("WEBKIT_BROWSER", webkit.browser)]
            }
        })
    }
}

/// A program that a variable names, or that is on PATH by one of these names, or in one of these places.
fn find(variable: &str, names: &[&str], places: &[&str]) -> Option<PathBuf> {
    let named = env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
    let known = || places.iter().map(PathBuf::from).find(|path: &PathBuf| Path::is_file(path));
    named.or_else(|| names.iter().find_map(|name| on_path(name))).or_else(known)
}
