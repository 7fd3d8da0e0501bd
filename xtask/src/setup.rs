//! `cargo xtask setup`: everything that development and tests need, at once.

use std::panic::resume_unwind;
use std::thread::{self, ScopedJoinHandle};

use anyhow::Result;
use clap::Args;

use crate::browser::{Engine, Firefox};
use crate::project::Project;
use crate::toolchain::WasmToolchain;
use crate::tools;
use crate::{node, postgres, trunk, ui};

#[derive(Args)]
pub(crate) struct Options {
    /// Also build Trunk, for `trunk serve` (once, about 5 minutes more)
    #[arg(long)]
    trunk: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let (toolchain, bindgen, node_tools, engines) = thread::scope(|scope| {
        let toolchain = scope.spawn(WasmToolchain::ensure);
        let node_tools = scope.spawn(|| node::Tools::ensure(project));
        let engines = scope.spawn(|| Engine::ALL.map(|engine| (engine, set_up(engine))));
        let bindgen = tools::wasm_bindgen(project);
        (join(toolchain), bindgen, join(node_tools), join(engines))
    });
    let (toolchain, bindgen, node_tools) = (toolchain?, bindgen?, node_tools?);
    if node_tools.wasm_opt().is_none() {
        ui::line("  No Node 20 or newer: bundles are larger, and the end-to-end tests cannot run.");
    }
    if node::usable() {
        node::install_playwright(project)?;
    }
    for (engine, found) in engines {
        if let Err(error) = found {
            ui::line(&format!("  Tests cannot run in {}: {error:#}", engine.name()));
        }
    }
    if let Err(error) = postgres::ensure() {
        ui::line(&format!("  The gateway cannot be tested with PostgreSQL: {error:#}"));
    }
    if options.trunk {
        trunk::install(&toolchain, &bindgen)?;
    }
    ui::line(&format!("Everything is set up. Tools are in {}", tools::dir()?.display()));
    Ok(())
}

/// A browser, and what drives it for the tests of the component.
fn set_up(engine: Engine) -> Result<()> {
    engine.ensure()?;
    if engine == Engine::Firefox {
        Firefox::driver()?;
    }
    Ok(())
}

/// Waits for a thread; its panic, which would be a mistake in this program, goes on here.
pub(crate) fn join<T>(thread: ScopedJoinHandle<'_, T>) -> T {
    thread.join().unwrap_or_else(|panic| resume_unwind(panic))
}
