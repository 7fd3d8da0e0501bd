//! `cargo xtask dist`: the publishable bundle.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::{bundle, files, node, size, tools, ui, wasm};

/// What an integrator reads; the rest of docs/ is for those who work on the widget.
const GUIDES: &[&str] =
    &["browsers.md", "embedding.md", "events.md", "languages.md", "security.md", "theming.md", "troubleshooting.md"];
/// Kept beside the code wherever it goes.
const LEGAL: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "SECURITY.md", "THIRD-PARTY-NOTICES"];

/// Builds dist/ and prints the sizes.
pub(crate) fn run(project: &Project) -> Result<()> {
    build(project)?;
    size::run(project, &size::Options::default())
}

/// Builds dist/.
pub(crate) fn build(project: &Project) -> Result<()> {
    let toolchain = WasmToolchain::ensure()?;
    let bindgen = tools::wasm_bindgen(project)?;
    let node_tools = node::Tools::ensure(project)?;

    let glue = if toolchain.has_std_sources() {
        wasm::bind(project, &bindgen, &wasm::compile_small(project, &toolchain)?, "glue-small")?
    } else {
        ui::line("  No sources of the standard library (rustup component add rust-src): the wasm is a tenth larger.");
        wasm::bind(project, &bindgen, &wasm::compile(project, &toolchain)?, "glue")?
    };
    let small = wasm::optimize(&node_tools, &glue)?;
    if small.is_none() {
        ui::line("  No Node and no wasm-opt of version 116 or newer: the wasm works and is about a fifth larger.");
    }
    if node_tools.esbuild().is_none() {
        ui::line("  No Node: the element's modules are copied as they are, which is larger and takes more requests.");
    }

    let dist = project.dist();
    files::empty_dir(&dist)?;
    let small = small.as_ref().unwrap_or(&glue.wasm);
    let build = bundle::build_name(project, &glue, small)?;
    let glue = wasm::shorten(&glue, small, &build)?;
    bundle::write(project, &node_tools, &glue, &glue.wasm, &build, &dist)?;
    let package = project.path("npm");
    files::copy_tree(&package, &dist, |_| true).context("package.json, types and manifest belong there")?;
    name_files(&dist)?;
    for name in GUIDES {
        files::copy(&project.path("docs").join(name), &dist.join("docs").join(name))?;
    }
    write_integrity(&dist)?;
    for name in LEGAL {
        files::copy(&project.path(name), &dist.join(name))?;
    }
    Ok(())
}

/// Puts the names that files have by their content into package.json; what applications import keeps its name.
fn name_files(dist: &Path) -> Result<()> {
    let path = dist.join("package.json");
    let mut manifest = files::read(&path)?;
    for (plain, name) in bundle::content_names(dist)? {
        manifest = manifest.replace(&format!("\": \"./{plain}\""), &format!("\": \"./{name}\""));
        manifest = manifest.replace(&format!("    \"{plain}\""), &format!("    \"{name}\""));
    }
    files::write(&path, manifest)
}

/// Writes the hashes that pages pin the scripts and the wasm with; nothing where there is no Node to reckon them.
fn write_integrity(dist: &Path) -> Result<()> {
    let mut hashes = Map::new();
    for path in files::walk(dist)?.iter().filter(|path| files::has_extension(path, &["js", "wasm"])) {
        let hash = node::integrity(path);
        if hash.is_empty() {
            return Ok(());
        }
        hashes.insert(path.strip_prefix(dist)?.display().to_string(), hash.into());
    }
    files::write(&dist.join("integrity.json"), format!("{:#}\n", Value::Object(hashes)))
}
