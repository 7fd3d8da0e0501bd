//! `cargo xtask gallery`: a picture of each state of the bell, in each theme, size and language.

use anyhow::Result;
use clap::Args;

use crate::browser::Engine;
use crate::process::Step;
use crate::project::Project;
use crate::stage::Stage;
use crate::{dist, ui};

#[derive(Args)]
pub(crate) struct Options {
    /// Take only pictures with this in their name, such as `dark-` or `-empty`, and keep the others
    #[arg(value_name = "WORDS")]
    words: Option<String>,
    /// Take the bundle in dist/ as it is
    #[arg(long)]
    no_build: bool,
}

/// Takes the pictures; `false` means that some states could not be reached.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    if !options.no_build {
        dist::build(project)?;
    }
    let stage = Stage::ensure(project)?;
    let folder = project.target("gallery");
    let mut command = stage.script("gallery/gallery.mjs");
    command.envs(Engine::Chromium.ensure()?).arg(&folder).args(&options.words);
    if let Err(failure) = Step::new("Take the pictures").loud().run(&mut command) {
        ui::line(&failure.to_string());
        return Ok(false);
    }
    Ok(true)
}
