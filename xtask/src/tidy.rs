//! `cargo xtask tidy`: rules of this code base that compilers do not know.

mod circles;
mod feed;
mod leftovers;
mod length;
mod locales;
mod sandbox;
mod seams;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::files::{self, has_extension};
use crate::project::Project;
use crate::ui;

#[derive(Args, Default)]
pub(crate) struct Options {
    /// Write the documentation's tables anew from npm/custom-elements.json
    #[arg(long)]
    fix: bool,
}

/// A text file of the checkout.
struct Source {
    /// Its path from the checkout's top, with `/` between the parts.
    path: String,
    text: String,
}

/// A place where a rule does not hold.
#[derive(Debug, PartialEq)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    what: String,
    /// The reason of the rule.
    why: &'static str,
}

const KINDS: &[&str] = &["rs", "js", "mjs", "ts", "css", "json", "toml", "md"];
const PLACES: &[&str] = &[
    "src",
    "gateway",
    "sandbox",
    "xtask",
    "tests",
    "e2e",
    "benches",
    "fuzz/fuzz_targets",
    "static",
    "npm",
    "docs",
    "examples",
    "samples",
    "README.md",
];

/// Prints every finding; `false` means that there is one.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    let mut sources = sources(project)?;
    if options.fix {
        for renewed in tables::renew(&sources) {
            files::write(&project.path(&renewed.path), &renewed.text)?;
            ui::line(&format!("tidy: wrote the tables of {}", renewed.path));
        }
        sources = self::sources(project)?;
    }
    let mut findings: Vec<Finding> = Vec::new();
    for source in &sources {
        findings.extend(seams::check(source));
        findings.extend(sandbox::check(source));
        findings.extend(length::check(source));
        findings.extend(leftovers::check(source));
    }
    findings.extend(circles::check(&sources));
    findings.extend(feed::check(&sources));
    findings.extend(locales::check(&sources));
    findings.extend(tables::check(&sources));
    for finding in &findings {
        ui::line(&format!("{}:{}: {}\n    {}", finding.path, finding.line, finding.what, finding.why));
    }
    let (files, count) = (sources.len(), findings.len());
    if count == 0 {
        ui::line(&format!("tidy: {files} files, nothing to say"));
    } else {
        ui::line(&format!("tidy: {count} to fix in {files} files"));
    }
    Ok(findings.is_empty())
}

fn sources(project: &Project) -> Result<Vec<Source>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for place in PLACES {
        let place = project.path(place);
        let found = if place.is_file() { vec![place] } else { files::walk(&place)? };
        paths.extend(found.into_iter().filter(|path| has_extension(path, KINDS)));
    }
    paths.iter().map(|path| read(project.root(), path)).collect()
}

fn read(root: &Path, path: &Path) -> Result<Source> {
    let parts = path.strip_prefix(root)?.components().map(|part| part.as_os_str().to_string_lossy());
    Ok(Source { path: parts.collect::<Vec<_>>().join("/"), text: files::read(path)? })
}

impl Source {
    /// The lines, counted from 1.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The lines of a Rust file that are not comments.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines().filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is(&self, extensions: &[&str]) -> bool {
        has_extension(Path::new(&self.path), extensions)
    }

    fn finding(&self, line: usize, what: impl Into<String>, why: &'static str) -> Finding {
        Finding { path: self.path.clone(), line, what: what.into(), why }
    }
}

/// Whether `text` has `word` with nothing before or after that would make it another word.
fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        !part_of_word(before.chars().next_back()) && !part_of_word(after.chars().next())
    })
}

#[cfg(test)]
fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), text: text.into() }
}
