//! What a browser needs to show the bell to a script: the built page, a sandbox behind it, and Playwright.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{bundle, demo, dist, files, node};

/// All of it, in place.
pub(crate) struct Stage {
    folder: PathBuf,
    site: PathBuf,
    sandbox: PathBuf,
}

impl Stage {
    /// Builds and installs what is missing. A bundle that is there already is taken as it is.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        node::require()?;
        if !project.dist().is_dir() {
            dist::build(project)?;
        }
        let site = project.site();
        files::empty_dir(&site)?;
        files::copy_tree(&project.dist(), &site, |_| true)?;
        bundle::write_page(project, &site)?;
        let sandbox = demo::build_sandbox(project)?;
        node::install_playwright(project)?;
        Ok(Self { folder: project.path("e2e"), site, sandbox })
    }

    /// Runs a script of the end-to-end tests' folder.
    pub(crate) fn script(&self, path: &str) -> Command {
        let mut command = Command::new("node");
        command.arg(path).current_dir(&self.folder);
        command.env("SANDBOX", &self.sandbox).env("SITE", &self.site);
        command
    }
}
