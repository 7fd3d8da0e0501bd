//! `cargo xtask size`: what a visitor downloads.

mod why;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{files, node, process, ui};

/// Node has brotli and gzip built in; a crate would make every first build longer.
const COMPRESS: &str = "
const { brotliCompressSync, gzipSync } = require('node:zlib');
const { readFileSync } = require('node:fs');
for (const path of process.argv.slice(1)) {
  const raw = readFileSync(path);
  console.log(gzipSync(raw, { level: 9 }).length, brotliCompressSync(raw).length);
}";

/// What a visitor may be asked to download, in bytes of brotli: the part that paints the bell, and what follows it.
const BUDGETS: &[(&str, u64)] = &[
    ("coworker-notifications.js", 4_096),
    ("coworker-notifications_bg.js", 8_192),
    ("coworker-notifications_bg.wasm", 135_168),
];

/// What can be asked for.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Tell what is in the wasm, and what has grown since xtask/sizes.txt was written
    #[arg(long)]
    why: bool,
    /// Write xtask/sizes.txt anew
    #[arg(long)]
    keep: bool,
}

/// Prints a table of the files in dist/ that pages load; one that is over its budget is an error.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    if options.why || options.keep {
        return why::run(project, options.keep);
    }
    let dist = project.dist();
    if !dist.is_dir() {
        bail!("there is no {}; `cargo xtask dist` builds it", dist.display());
    }
    let loaded = |path: &Path| {
        files::has_extension(path, &["js", "wasm"]) || path.parent().is_some_and(|dir| dir.ends_with("locales"))
    };
    let paths: Vec<_> = files::walk(&dist)?.into_iter().filter(|path| loaded(path)).collect();
    let compressed = compressed(&paths)?;

    ui::line(&format!("\n{:<36} {:>9} {:>9} {:>9}", "dist/", "raw", "gzip", "brotli"));
    for (index, path) in paths.iter().enumerate() {
        let raw = fs::metadata(path)?.len();
        let (gzip, brotli) = compressed.get(index).map_or(("", ""), |(gzip, brotli)| (gzip, brotli));
        let name = path.strip_prefix(&dist)?.display().to_string();
        ui::line(&format!("{name:<36} {raw:>9} {gzip:>9} {brotli:>9}"));
    }
    if compressed.is_empty() {
        ui::line("(no Node here: the compressed sizes are left out)");
    }
    let sizes = paths.iter().zip(&compressed).map(|(path, (_, brotli))| (path.as_path(), brotli.parse().unwrap_or(0)));
    let over = over_budget(sizes);
    if over.is_empty() {
        return Ok(());
    }
    if over.iter().any(|sentence| sentence.contains(".wasm ")) {
        why::run(project, false)?;
    }
    bail!("{}", over.join("\n"))
}

/// A sentence for each file that is larger than it may be.
fn over_budget<'a>(sizes: impl Iterator<Item = (&'a Path, u64)>) -> Vec<String> {
    let told = |(path, size): (&Path, u64)| {
        let (name, budget) = BUDGETS.iter().find(|(name, _)| path.ends_with(name))?;
        (size > *budget).then(|| format!("{name} has {size} bytes (brotli), its budget is {budget}"))
    };
    sizes.filter_map(told).collect()
}

fn compressed(paths: &[impl AsRef<Path>]) -> Result<Vec<(String, String)>> {
    if !node::usable() {
        return Ok(Vec::new());
    }
    let mut command = Command::new("node");
    command.args(["-e", COMPRESS]).args(paths.iter().map(AsRef::as_ref));
    let said = process::ask(&mut command).context("node could not compress the files in dist/")?;
    let pair = |line: &str| line.split_once(' ').map(|(gzip, brotli)| (gzip.to_owned(), brotli.to_owned()));
    Ok(said.lines().filter_map(pair).collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::over_budget;

    #[test]
    fn what_is_over_its_budget_is_told_by_name() {
        let path = Path::new("dist/coworker-notifications.js");
        assert!(over_budget([(path, 4_096)].into_iter()).is_empty());
        let over = over_budget([(path, 4_097), (Path::new("dist/locales/de.json"), 90_000)].into_iter());
        assert_eq!(over, ["coworker-notifications.js has 4097 bytes (brotli), its budget is 4096"]);
    }
}
