//! The crates that the widget, the sandbox and the chores are built from, as cargo-deny sees them. deny.toml says what
//! is allowed: licences, sources, crates in two versions.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;

use crate::process::Step;
use crate::project::Project;
use crate::{tools, ui};

/// The database of advisories is a few megabytes.
const FETCH_LIMIT: Duration = Duration::from_secs(60);

/// Fails where a crate is not allowed or has a known weakness. A database that cannot be reached is no failure.
pub(crate) fn check(project: &Project) -> Result<()> {
    let program = tools::cargo_deny()?;
    let deny = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.current_dir(project.root()).args(["--color=never", "--locked"]).args(arguments);
        command
    };
    Step::new("cargo deny: licences, sources, duplicates").run(&mut deny(&["check", "bans", "licenses", "sources"]))?;
    let fetch = Step::new("Fetch the advisories").within(FETCH_LIMIT).optional();
    if fetch.run(&mut deny(&["fetch", "db"])).is_err() {
        ui::line("  Advisories were not looked at: their database cannot be reached from here.");
        return Ok(());
    }
    Step::new("cargo deny: advisories").run(&mut deny(&["--offline", "check", "advisories"]))?;
    Ok(())
}
