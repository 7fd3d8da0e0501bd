//! `cargo xtask dist`: the publishable bundle, and the gateway's program.

use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use crate::process::Step;
use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::{bundle, files, node, size, tools, ui, wasm};

/// What an integrator or an operator reads; the rest of docs/ is for those who work on the widget.
const GUIDES: &[&str] = &[
    "browsers.md",
    "embedding.md",
    "events.md",
    "gateway.md",
    "languages.md",
    "security.md",
    "theming.md",
    "troubleshooting.md",
];
/// Kept beside the code wherever it goes.
const LEGAL: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE", "SECURITY.md", "THIRD-PARTY-NOTICES"];

/// What can be asked for.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build the bundle alone, without the gateway's program
    #[arg(long)]
    bundle: bool,
}

/// Builds dist/ and the gateway's program, and prints the sizes.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    bundle(project)?;
    if options.bundle {
        return Ok(());
    }
    let program = gateway(project)?;
    let megabytes = fs::metadata(&program)?.len() as f64 / 1e6;
    let shown = program.strip_prefix(project.root()).unwrap_or(&program).display();
    ui::line(&format!("\n{shown}: {megabytes:.1} MB, the gateway for this machine"));
    Ok(())
}

/// Builds dist/ and prints the sizes; one that is over its budget is an error.
pub(crate) fn bundle(project: &Project) -> Result<()> {
    build(project)?;
    size::run(project, &size::Options::default())
}

/// Builds the gateway's program as it is installed on servers: where it is. It is no part of the package in dist/.
fn gateway(project: &Project) -> Result<PathBuf> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--locked", "--profile", "server", "--package", "gateway"]);
    Step::new("Build the gateway for servers").takes("four minutes the first time").run(&mut cargo)?;
    Ok(project.target("server").join(format!("coworker-notifications-gateway{}", env::consts::EXE_SUFFIX)))
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
        let guide = files::read(&project.path("docs").join(name))?;
        files::write(&dist.join("docs").join(name), without_links_out(&guide))?;
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

/// A guide as the package has it: what lies elsewhere in the repository is named, for there is nothing to link to.
fn without_links_out(guide: &str) -> String {
    const OUT: &str = "](../";
    let mut text = String::with_capacity(guide.len());
    let mut rest = guide;
    while let Some((before, after)) = rest.split_once(OUT) {
        let (words_begin, link_end) = (before.rfind('['), after.find(')'));
        let (Some(begin), Some(end)) = (words_begin, link_end) else { break };
        let (lead, words) = before.split_at(begin);
        let (path, behind) = after.split_at(end);
        text.extend([lead, &words[1..], " (`", path, "` in the repository)"]);
        rest = &behind[1..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::without_links_out;

    #[test]
    fn what_is_not_in_the_package_is_named() {
        assert_eq!(
            without_links_out("A [unit](../gateway/deploy/a.service); [b](#b), [c](c.md#d), [Rules](../e.yaml)."),
            "A unit (`gateway/deploy/a.service` in the repository); [b](#b), [c](c.md#d), Rules (`e.yaml` in the repository)."
        );
    }
}
