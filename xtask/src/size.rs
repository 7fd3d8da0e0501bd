//! `cargo xtask size`: what a visitor downloads.

mod why;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{bundle, files, node, process, ui};

/// Node has brotli and gzip built in; a crate would make every first build longer.
const COMPRESS: &str = "
const { brotliCompressSync, gzipSync } = require('node:zlib');
const { readFileSync } = require('node:fs');
for (const path of process.argv.slice(1)) {
  const raw = readFileSync(path);
  console.log(gzipSync(raw, { level: 9 }).length, brotliCompressSync(raw).length);
}";

/// What a visitor may be asked to download: a line for each file, with its bytes of brotli.
const BUDGETS: &str = "xtask/budgets.txt";
/// The files that have a budget: the part that paints the bell, and what follows it.
const BUDGETED: [&str; 3] =
    ["coworker-notifications.js", "coworker-notifications_bg.js", "coworker-notifications_bg.wasm"];
/// A file may grow by so many hundredths until somebody looks.
const ROOM: u64 = 3;

/// What can be asked for.
#[derive(clap::Args, Default)]
pub(crate) struct Options {
    /// Tell what is in the wasm, and what has grown since xtask/sizes.txt was written
    #[arg(long)]
    why: bool,
    /// Write xtask/sizes.txt anew
    #[arg(long)]
    keep: bool,
    /// Write xtask/budgets.txt anew: what each file weighs, and 3 %
    #[arg(long)]
    budgets: bool,
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
    let sizes: Vec<_> = paths
        .iter()
        .zip(&compressed)
        .map(|(path, (_, brotli))| (budgeted(path), brotli.parse().unwrap_or(0)))
        .collect();
    if options.budgets {
        let lines = sizes.iter().filter_map(|(name, size)| Some(format!("{} {}\n", (*name)?, with_room(*size))));
        return files::write(&project.path(BUDGETS), lines.collect::<String>());
    }
    let over = over_budget(&sizes, &parse(&files::read(&project.path(BUDGETS))?));
    if over.is_empty() {
        return Ok(());
    }
    if over.iter().any(|sentence| sentence.contains(".wasm ")) {
        why::run(project, false)?;
    }
    bail!("{}", over.join("\n"))
}

/// The name under which a file has its budget.
fn budgeted(path: &Path) -> Option<&'static str> {
    let name = path.file_name()?.to_str()?;
    let name = bundle::plain_name(name).unwrap_or(name);
    BUDGETED.into_iter().find(|budgeted| *budgeted == name)
}

fn with_room(size: u64) -> u64 {
    size + size * ROOM / 100
}

fn parse(budgets: &str) -> Vec<(&str, u64)> {
    let pairs = budgets.lines().filter_map(|line| line.split_once(' '));
    pairs.filter_map(|(name, size)| Some((name, size.trim().parse().ok()?))).collect()
}

/// A sentence for each file that is larger than it may be.
fn over_budget(sizes: &[(Option<&str>, u64)], budgets: &[(&str, u64)]) -> Vec<String> {
    let told = |(name, size): &(Option<&str>, u64)| {
        let (name, budget) = budgets.iter().find(|(budgeted, _)| Some(*budgeted) == *name)?;
        (size > budget).then(|| {
            format!(
                "{name} has {size} bytes (brotli), its budget is {budget}: make it smaller, or write the budgets anew with `cargo xtask size --budgets`"
            )
        })
    };
    sizes.iter().filter_map(told).collect()
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

    use super::{budgeted, over_budget, parse, with_room};

    #[test]
    fn what_is_over_its_budget_is_told_by_name() {
        let budgets = parse("coworker-notifications.js 4096\n");
        let name = budgeted(Path::new("dist/coworker-notifications.js"));
        assert!(over_budget(&[(name, 4_096)], &budgets).is_empty());
        let over = over_budget(&[(name, 4_097), (None, 90_000)], &budgets);
        assert_eq!(over.len(), 1);
        assert!(over.concat().starts_with("coworker-notifications.js has 4097 bytes (brotli), its budget is 4096"));
    }

    #[test]
    fn a_budget_is_that_of_the_file_whatever_its_content_adds_to_its_name() {
        let name = budgeted(Path::new("dist/coworker-notifications_bg-0123456789abcdef.wasm"));
        assert_eq!(name, Some("coworker-notifications_bg.wasm"));
        assert_eq!(budgeted(Path::new("dist/locales/de.json")), None);
    }

    #[test]
    fn a_budget_leaves_room() {
        assert_eq!(with_room(1_000), 1_030);
    }
}
