//! A Rust toolchain that builds for wasm32-unknown-unknown, found or made.
//!
//! In this order: the target is installed; rustup installs it; the standard library is built once from the
//! compiler's own sources; the same with Debian's compiler for browsers. The last two exist because there are
//! machines that reach crates.io and Debian but no rustup server.

mod debian;
mod rustc;
mod std_build;

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::process::Step;
use crate::project::{Project, host_cargo};
use crate::tools::on_path;
use crate::ui;
use rustc::Rustc;

/// The target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// `rustup target add` fetches 20 MB; where it takes longer than this, another way is quicker.
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// What `cargo` needs to build for the browser on this machine.
pub(crate) struct WasmToolchain {
    cargo: OsString,
    vars: Vec<(String, OsString)>,
    unset: &'static [&'static str],
}

/// The ways to a toolchain, each of which can be asked for with `COWORKER_NOTIFICATIONS_TOOLCHAIN`.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Rustup,
    Sources,
    Debian,
}

impl WasmToolchain {
    /// Finds the toolchain, or sets it up.
    pub(crate) fn ensure() -> Result<Self> {
        let only = chosen_way(env::var("COWORKER_NOTIFICATIONS_TOOLCHAIN").ok().as_deref())?;
        let allowed = |way| only.is_none_or(|only| only == way);
        let default = Rustc::of(OsStr::new("rustc"))?;
        match Self::find(&default, allowed)? {
            Some(found) => Ok(found),
            None => Self::set_up(&default, allowed),
        }
    }

    fn find(default: &Rustc, allowed: impl Fn(Way) -> bool) -> Result<Option<Self>> {
        if allowed(Way::Rustup) && default.has_target(TARGET) {
            return Ok(Some(Self::plain()));
        }
        if allowed(Way::Sources)
            && let Some(sysroot) = std_build::existing(default, "rustc")?
        {
            return Self::with_sysroot(&sysroot).map(Some);
        }
        if allowed(Way::Debian) { debian::existing() } else { Ok(None) }
    }

    fn set_up(default: &Rustc, allowed: impl Fn(Way) -> bool) -> Result<Self> {
        if allowed(Way::Rustup) && on_path("rustup").is_some() && add_with_rustup() {
            return Ok(Self::plain());
        }
        if allowed(Way::Sources) && cfg!(unix) && default.has_sources() {
            let sysroot = std_build::build(default, "rustc", &mut Command::new(host_cargo()))?;
            return Self::with_sysroot(&sysroot);
        }
        if allowed(Way::Debian) && debian::possible() {
            return debian::install();
        }
        bail!(MISSING);
    }

    /// A cargo command for the browser; its output folder is not the host's, so that the two compilers,
    /// which may differ, do not undo each other's work.
    pub(crate) fn cargo(&self, project: &Project, subcommand: &str) -> Command {
        let mut command = Command::new(&self.cargo);
        command.current_dir(project.root()).args([subcommand, "--target", TARGET]);
        command.env("CARGO_TARGET_DIR", target_dir(project));
        command.envs(self.vars.iter().map(|(name, value)| (name, value)));
        for name in self.unset {
            command.env_remove(name);
        }
        command
    }

    /// Whether the standard library can be built anew with the widget. Its sources are 3 MB for rustup to fetch.
    pub(crate) fn has_std_sources(&self) -> bool {
        let has_sources = || Rustc::of(OsStr::new("rustc")).is_ok_and(|rustc| rustc.has_sources());
        if !self.is_plain() || has_sources() {
            return self.is_plain();
        }
        if on_path("rustup").is_none() {
            return false;
        }
        let mut command = Command::new("rustup");
        command.args(["component", "add", "rust-src"]);
        let step = Step::new("Add the standard library's sources with rustup").within(RUSTUP_LIMIT).optional();
        step.run(&mut command).is_ok() && has_sources()
    }

    fn is_plain(&self) -> bool {
        self.vars.is_empty() && self.unset.is_empty()
    }

    /// What a shell has to set for other programs, such as Trunk, to build the same way.
    pub(crate) fn vars(&self) -> &[(String, OsString)] {
        &self.vars
    }

    /// The default compiler as it is.
    fn plain() -> Self {
        Self { cargo: host_cargo(), vars: Vec::new(), unset: &[] }
    }

    /// The default compiler with a standard library of our own.
    fn with_sysroot(sysroot: &Path) -> Result<Self> {
        Ok(Self { vars: vec![sysroot_flags(sysroot)?], ..Self::plain() })
    }
}

/// Where wasm builds go.
pub(crate) fn target_dir(project: &Project) -> PathBuf {
    project.target("wasm")
}

/// The variable that makes rustc take the standard library from `sysroot`, for the wasm target only.
fn sysroot_flags(sysroot: &Path) -> Result<(String, OsString)> {
    let sysroot = sysroot.display().to_string();
    if sysroot.contains(char::is_whitespace) {
        bail!("{sysroot} has a space in its name; set COWORKER_NOTIFICATIONS_TOOLS to a folder without one");
    }
    let flag = format!("--sysroot {sysroot}");
    // RUSTFLAGS, when set, replaces the variable for the target.
    Ok(match env::var("RUSTFLAGS") {
        Ok(flags) if !flags.is_empty() => ("RUSTFLAGS".into(), format!("{flags} {flag}").into()),
        _ => ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS".into(), flag.into()),
    })
}

fn add_with_rustup() -> bool {
    let mut command = Command::new("rustup");
    command.args(["target", "add", TARGET]);
    let step = Step::new("Add the wasm32 target with rustup").within(RUSTUP_LIMIT).optional();
    match step.run(&mut command) {
        // It may have added it to another compiler than the one that is in use.
        Ok(_) => Rustc::of(OsStr::new("rustc")).is_ok_and(|rustc| rustc.has_target(TARGET)),
        Err(failure) => {
            ui::line(&format!("  rustup could not ({}); looking for another way", failure.last_words()));
            false
        }
    }
}

fn chosen_way(value: Option<&str>) -> Result<Option<Way>> {
    Ok(Some(match value {
        None | Some("" | "auto") => return Ok(None),
        Some("rustup") => Way::Rustup,
        Some("sources") => Way::Sources,
        Some("debian") => Way::Debian,
        Some(other) => {
            bail!("COWORKER_NOTIFICATIONS_TOOLCHAIN is {other:?}; it can be auto, rustup, sources or debian")
        }
    }))
}

const MISSING: &str = "\
This compiler cannot build for wasm32-unknown-unknown, and it could not be set up from here. One of these helps:
  - with rustup:            rustup target add wasm32-unknown-unknown
  - on Debian, as root:     run this command again; it installs rustc-web, cargo-web, rust-web-src, rust-web-clippy,
                            rustfmt-web and lld-22, and builds the target's standard library once
  - other distributions:    lld, and the package with Rust's wasm target: rust-std-static-wasm32-unknown-unknown
                            (Fedora), rust-wasm (Arch), libstd-rust-dev-wasm32 (Ubuntu)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_can_be_chosen_and_a_wrong_name_is_told() {
        assert!(chosen_way(None).unwrap().is_none());
        assert!(chosen_way(Some("debian")).unwrap() == Some(Way::Debian));
        let error = chosen_way(Some("fedora")).err().unwrap().to_string();
        assert!(error.contains("\"fedora\"") && error.contains("sources"), "{error}");
    }
}
