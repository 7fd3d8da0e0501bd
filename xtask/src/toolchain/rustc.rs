//! What a compiler says about itself.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::ask;

/// A compiler and its folders.
pub(super) struct Rustc {
    /// The program.
    pub(super) program: PathBuf,
    /// Its version, such as 1.95.0.
    pub(super) release: String,
    /// The machine it runs on, such as x86_64-unknown-linux-gnu.
    pub(super) host: String,
    /// The folder of its libraries.
    pub(super) sysroot: PathBuf,
    commit: String,
}

impl Rustc {
    /// Asks the compiler.
    pub(super) fn of(program: &OsStr) -> Result<Self> {
        let ask_it = |arguments: &[&str]| {
            // `cargo run` points this at the default compiler's libraries.
            ask(Command::new(program).env_remove("LD_LIBRARY_PATH").args(arguments))
                .with_context(|| format!("{} does not answer", Path::new(program).display()))
        };
        let version = ask_it(&["-vV"])?;
        let said = |key| field(&version, key).with_context(|| format!("rustc -vV says no {key}:\n{version}"));
        Ok(Self {
            program: program.into(),
            release: said("release")?,
            host: said("host")?,
            commit: said("commit-hash")?.chars().take(8).collect(),
            sysroot: ask_it(&["--print", "sysroot"])?.into(),
        })
    }

    /// Whether the target's standard library is there.
    pub(super) fn has_target(&self, target: &str) -> bool {
        has_libraries(&self.sysroot.join("lib/rustlib").join(target).join("lib"))
    }

    /// Whether the standard library's sources are there.
    pub(super) fn has_sources(&self) -> bool {
        self.sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
    }

    /// A folder name for things built with this very compiler.
    pub(super) fn label(&self) -> String {
        format!("{}-{}-{}", self.release, self.commit, self.host)
    }
}

/// Whether a folder holds a built standard library.
pub(super) fn has_libraries(dir: &Path) -> bool {
    let names = dir.read_dir().into_iter().flatten().flatten().map(|entry| entry.file_name());
    names.into_iter().any(|name| name.to_string_lossy().starts_with("libstd-"))
}

/// The value of `key: value` in what `rustc -vV` prints.
fn field(version: &str, key: &str) -> Option<String> {
    let mut lines = version.lines();
    lines.find_map(|line| Some(line.strip_prefix(key)?.strip_prefix(':')?.trim().to_owned()))
}

/// Whether `release` is at least `minimum`, number by number.
pub(super) fn at_least(release: &str, minimum: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> { text.split(['.', '-']).map_while(|part| part.parse().ok()).collect() };
    numbers(release) >= numbers(minimum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)
binary: rustc
commit-hash: ac68faa20c58cbccd01ee7208bf3b6e93a7d7f96
host: x86_64-unknown-linux-gnu
release: 1.96.0
LLVM version: 22.1.8";

    #[test]
    fn fields_are_read_by_their_whole_name() {
        assert_eq!(field(SAID, "release").as_deref(), Some("1.96.0"));
        assert_eq!(field(SAID, "host").as_deref(), Some("x86_64-unknown-linux-gnu"));
        assert_eq!(field(SAID, "commit"), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(at_least("1.100.0", "1.95"));
        assert!(at_least("1.95.0-nightly", "1.95"));
        assert!(!at_least("1.85.0", "1.95"));
    }
}
