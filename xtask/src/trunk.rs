//! Trunk, the edit-reload loop: installing it, and what it runs after its own build.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::project::{Project, WIDGET};
use crate::toolchain::WasmToolchain;
use crate::tools::{self, WasmBindgen};
use crate::{bundle, files, ui};

/// The newest version that Rust 1.95 builds.
const VERSION: &str = "0.21.14";

/// Builds Trunk and says how to start it.
pub(crate) fn install(toolchain: &WasmToolchain, bindgen: &WasmBindgen) -> Result<()> {
    let root = tools::dir()?.join(format!("trunk-{VERSION}"));
    let trunk = tools::program(&root, "trunk");
    if !trunk.is_file() {
        // The locked versions are the ones that this compiler is known to build.
        tools::cargo_install("trunk", VERSION, &root, &["--locked", "--no-default-features"], "once, about 5 minutes")?;
    }
    let dir = write_launcher(&trunk, toolchain, bindgen)?;
    ui::line(&format!("Trunk {VERSION} is ready. To use it in this shell:\n  export PATH=\"{}:$PATH\"", dir.display()));
    ui::line("Then, with `cargo xtask demo --no-open` in another shell:\n  trunk serve");
    Ok(())
}

/// What Trunk runs after its build: its staging folder has the wasm, and becomes the page's folder.
pub(crate) fn hook(project: &Project) -> Result<()> {
    let staging = env::var_os("TRUNK_STAGING_DIR").context("TRUNK_STAGING_DIR is not set: this is for Trunk to run")?;
    let staging = Path::new(&staging);
    // Trunk gives the bindings the name that the bundle gives to the element's module.
    bundle::write_glue(&staging.join(format!("{WIDGET}.js")), &staging.join("glue.js"))?;
    bundle::write_element(project, staging)
}

/// Writes a script that starts Trunk with the wasm-bindgen and the compiler that belong to this project.
fn write_launcher(trunk: &Path, toolchain: &WasmToolchain, bindgen: &WasmBindgen) -> Result<PathBuf> {
    let dir = tools::dir()?.join("bin");
    let launcher = dir.join("trunk");
    // Trunk takes NO_COLOR=1, which means that colours are unwanted, for a wrong argument.
    let mut script = String::from("#!/bin/sh\nunset NO_COLOR\n");
    for (name, value) in toolchain.vars() {
        script += &format!("export {name}='{}'\n", value.to_string_lossy());
    }
    let beside = bindgen.bindgen.parent().context("wasm-bindgen lies in a folder")?;
    script += &format!("PATH='{}':\"$PATH\" exec '{}' \"$@\"\n", beside.display(), trunk.display());
    files::write(&launcher, script)?;
    make_executable(&launcher)?;
    Ok(dir)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("{} cannot be made executable", path.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
