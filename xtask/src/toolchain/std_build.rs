//! Building the target's standard library from a compiler's own sources.
//!
//! The result is a small folder laid out like a compiler's own, with the built libraries in it and links to the
//! rest, so that nothing outside of the tools folder is touched. rustc takes it with `--sysroot`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::TARGET;
use super::rustc::{Rustc, has_libraries};
use crate::process::Step;
use crate::tools;

/// The folder built earlier for this very compiler.
pub(super) fn existing(rustc: &Rustc, label: &str) -> Result<Option<PathBuf>> {
    let sysroot = place(rustc, label)?;
    Ok(has_libraries(&target_libraries(&sysroot)).then_some(sysroot))
}

/// Builds the libraries and lays out the folder.
pub(super) fn build(rustc: &Rustc, label: &str, cargo: &mut Command) -> Result<PathBuf> {
    let sysroot = place(rustc, label)?;
    let work = sysroot.with_extension("build");
    write_empty_crate(&work)?;

    cargo.current_dir(&work).args(["build", "--release", "--target", TARGET]);
    // `test` is for test binaries; `panic_abort` for builds that abort on panic.
    cargo.args(["-Z", "build-std=std,test,panic_abort"]);
    cargo.env("RUSTC", &rustc.program).env("RUSTC_BOOTSTRAP", "1").env("CARGO_TARGET_DIR", work.join("target"));
    // Without bitcode inside, link-time optimisation cannot use them.
    cargo.env("RUSTFLAGS", "-Cembed-bitcode=yes");
    Step::new(&format!("Build the wasm32 standard library of Rust {}", rustc.release))
        .takes("once, about a minute")
        .by_hand("rustup target add wasm32-unknown-unknown, where rustup reaches its server")
        .run(cargo)?;

    let partial = sysroot.with_extension("partial");
    let laid_out = || -> Result<()> {
        lay_out(&partial, rustc, &work.join("target").join(TARGET).join("release/deps"))?;
        fs::rename(&partial, &sysroot)?;
        fs::remove_dir_all(&work)?;
        Ok(())
    };
    laid_out().with_context(|| format!("{} cannot be made", sysroot.display()))?;
    Ok(sysroot)
}

/// Where the target's libraries are in a compiler's folder.
fn target_libraries(sysroot: &Path) -> PathBuf {
    sysroot.join("lib/rustlib").join(TARGET).join("lib")
}

fn place(rustc: &Rustc, label: &str) -> Result<PathBuf> {
    // Dots would be taken for file extensions.
    let name = format!("sysroot-{label}-{}", rustc.label()).replace('.', "_");
    Ok(tools::dir()?.join(name))
}

fn write_empty_crate(dir: &Path) -> Result<()> {
    let manifest = "[workspace]\n[package]\nname = \"nothing\"\nversion = \"0.0.0\"\nedition = \"2024\"\n";
    fs::create_dir_all(dir.join("src"))
        .and_then(|()| fs::write(dir.join("Cargo.toml"), manifest))
        .and_then(|()| fs::write(dir.join("src/lib.rs"), ""))
        .with_context(|| format!("{} cannot be written", dir.display()))
}

fn lay_out(dir: &Path, rustc: &Rustc, built: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir_all(dir)?;
    }
    let libraries = target_libraries(dir);
    fs::create_dir_all(&libraries)?;
    for entry in fs::read_dir(built)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if name.ends_with(".rlib") && !name.starts_with("libnothing-") {
            fs::copy(&path, libraries.join(name))?;
        }
    }
    let (own, original) = (dir.join("lib/rustlib"), rustc.sysroot.join("lib/rustlib"));
    link(&original.join(&rustc.host), &own.join(&rustc.host))?;
    Ok(())
}

#[cfg(unix)]
fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(from, to)
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> std::io::Result<()> {
    Err(std::io::Error::other("only systems with symbolic links build the standard library themselves"))
}
