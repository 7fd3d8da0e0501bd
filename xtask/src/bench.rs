//! `cargo xtask bench`: what a page pays for the bell, beside others.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};
use clap::Args;

use crate::browser::Chromium;
use crate::process::Step;
use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::{dist, files, node, tools, ui, wasm};

#[derive(Args)]
pub(crate) struct Options {
    /// Take the bundle in dist/ as it is
    #[arg(long)]
    no_build: bool,
    /// Measure the gateway instead, with 10, 1,000 and 10,000 members
    #[arg(long)]
    gateway: bool,
    /// What is handed on to bench/run.mjs: `--help` after `--` tells what there is
    #[arg(last = true, value_name = "ARGUMENTS")]
    arguments: Vec<String>,
}

/// Measures; `false` means that it could not.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    if options.gateway {
        return gateway(project, &options.arguments);
    }
    if !node::usable() {
        bail!("this needs Node 20 or newer with npm: https://nodejs.org, or your system's package nodejs");
    }
    if !options.no_build || !project.dist().is_dir() {
        dist::build(project)?;
    }
    let decoder = decoder(project)?;
    let folder = project.path("bench");
    node::install_locked(&folder)?;
    let chrome = Chromium::ensure()?.program;
    let mut command = Command::new("node");
    command.arg("run.mjs").args(&options.arguments).current_dir(folder);
    command.env("CHROME", chrome).env("DECODER", decoder);
    if let Err(failure) = Step::new("Measure").loud().run(&mut command) {
        ui::line(&failure.to_string());
        return Ok(false);
    }
    Ok(true)
}

/// Members, Nexudus and the hub beside it are played by the benchmark itself: gateway/benches/members.
fn gateway(project: &Project, arguments: &[String]) -> Result<bool> {
    let mut cargo = project.cargo();
    cargo.args(["bench", "--package", "gateway", "--bench", "members", "--profile", "server", "--"]).args(arguments);
    let step = Step::new("Measure the gateway").takes("five minutes to build the first time, eight to measure");
    if let Err(failure) = step.loud().run(&mut cargo) {
        ui::line(&failure.to_string());
        return Ok(false);
    }
    Ok(true)
}

/// A folder with the widget's decoder alone, built as the widget is.
fn decoder(project: &Project) -> Result<PathBuf> {
    let compiled = wasm::compile_decoder(project, &WasmToolchain::ensure()?)?;
    let glue = wasm::bind(project, &tools::wasm_bindgen(project)?, &compiled, "glue-decoder")?;
    let small = wasm::optimize(&node::Tools::ensure(project)?, &glue)?;
    let folder = project.target("bench/decoder");
    files::copy(&glue.script, &folder.join("decoder.js"))?;
    files::copy(small.as_ref().unwrap_or(&glue.wasm), &folder.join("decoder_bg.wasm"))?;
    Ok(folder)
}
