//! `cargo xtask dist`: the publishable bundle.

use anyhow::{Context, Result};

use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::{bundle, files, node, size, tools, ui, wasm};

/// Kept beside the code wherever it goes.
const LEGAL: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES"];

/// Builds dist/ and prints the sizes.
pub(crate) fn run(project: &Project) -> Result<()> {
    build(project)?;
    size::run(project)
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
    let glue = wasm::shorten(&glue, small.as_ref().unwrap_or(&glue.wasm))?;
    bundle::write(project, &node_tools, &glue, &glue.wasm, &dist)?;
    let package = project.path("npm");
    files::copy_tree(&package, &dist, |_| true).context("package.json, types and manifest belong there")?;
    files::copy(&project.path("README.md"), &dist.join("README.md"))?;
    for name in LEGAL {
        files::copy(&project.path(name), &dist.join(name))?;
    }
    Ok(())
}
