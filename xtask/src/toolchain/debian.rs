//! Debian's compiler for building browsers: recent, packaged with its sources, and without a wasm target.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use super::rustc::{Rustc, at_least};
use super::{WasmToolchain, std_build, sysroot_flags};
use crate::apt;

const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
/// rustc looks for a linker of the name rust-lld, which Debian does not package.
const LINKER: &str = "/usr/bin/wasm-ld-22";
const CLIPPY: &str = "/usr/bin/clippy-driver";
const PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "rust-web-clippy", "rustfmt-web", "lld-22"];
const MINIMUM: &str = env!("CARGO_PKG_RUST_VERSION");

/// What `cargo run` sets for the default compiler, and what would lead back to it.
const UNSET: &[&str] = &["LD_LIBRARY_PATH", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER"];

/// Whether this is a Debian where packages may be installed.
pub(super) fn possible() -> bool {
    apt::usable()
}

/// The toolchain, if it was set up before.
pub(super) fn existing() -> Result<Option<WasmToolchain>> {
    if !is_installed() {
        return Ok(None);
    }
    let rustc = Rustc::of(OsStr::new(RUSTC))?;
    std_build::existing(&rustc, "debian")?.map(|sysroot| toolchain(&sysroot)).transpose()
}

/// Installs the packages and builds the target's standard library.
pub(super) fn install() -> Result<WasmToolchain> {
    if !is_installed() || !Rustc::of(OsStr::new(RUSTC))?.has_sources() {
        apt::install("Debian's Rust for building browsers", PACKAGES)?;
    }
    let rustc = Rustc::of(OsStr::new(RUSTC))?;
    if !at_least(&rustc.release, MINIMUM) {
        bail!("Debian's rustc is {}; {MINIMUM} or newer is needed. Update the package rustc-web", rustc.release);
    }
    let mut cargo = Command::new(CARGO);
    for name in UNSET {
        cargo.env_remove(name);
    }
    toolchain(&std_build::build(&rustc, "debian", &mut cargo)?)
}

fn is_installed() -> bool {
    [RUSTC, CARGO, LINKER, CLIPPY].iter().all(|path| Path::new(path).exists())
}

fn toolchain(sysroot: &Path) -> Result<WasmToolchain> {
    // `cargo clippy` is looked for on PATH, where rustup's would come first.
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(std::iter::once("/usr/bin".into()).chain(env::split_paths(&path)))?;
    let vars: [(&str, OsString); 4] = [
        ("PATH", path),
        ("RUSTC", RUSTC.into()),
        ("RUSTDOC", "/usr/bin/rustdoc".into()),
        ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER.into()),
    ];
    let mut vars: Vec<_> = vars.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    vars.push(sysroot_flags(sysroot)?);
    Ok(WasmToolchain { cargo: CARGO.into(), vars, unset: UNSET })
}
