//! PostgreSQL, which the gateway's tests start for themselves.

use std::fs;
use std::path::PathBuf;

use anyhow::Result;

use crate::apt;
use crate::tools::on_path;

/// Finds the server's programs, or installs them where that is possible.
pub(crate) fn ensure() -> Result<()> {
    if is_there() { Ok(()) } else { apt::install("PostgreSQL", &["postgresql"]) }
}

/// Debian keeps a folder for each version outside of the path.
fn is_there() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut programs = versions.map(|version| version.path().join("bin/initdb"));
    on_path("initdb").is_some() || programs.any(|program: PathBuf| program.is_file())
}
