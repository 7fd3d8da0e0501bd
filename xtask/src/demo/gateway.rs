//! `cargo xtask demo --gateway`: the gateway between the bell and the sandbox.

use std::env;
use std::path::PathBuf;
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::Step;
use crate::project::Project;

/// Where members' pages ask, and where the gateway's metrics are.
const MEMBERS: &str = "127.0.0.1:8766";
const ADMIN: &str = "127.0.0.1:8767";
const PACKAGE: &str = "gateway";
const PROGRAM: &str = "coworker-notifications-gateway";

/// Builds the gateway for this machine.
pub(super) fn build(project: &Project) -> Result<PathBuf> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--package", PACKAGE]);
    Step::new("Build the gateway").takes("three minutes the first time").run(&mut cargo)?;
    Ok(project.target("debug").join(format!("{PROGRAM}{}", env::consts::EXE_SUFFIX)))
}

/// The sandbox's options that tell the page about the gateway.
pub(super) fn options() -> [String; 4] {
    ["--gateway", &url(MEMBERS), "--gateway-admin", &url(ADMIN)].map(str::to_owned)
}

/// Runs the sandbox with the gateway beside it, until one of them ends or a signal says so.
pub(super) fn serve(sandbox: &mut Command, gateway: PathBuf, port: u16) -> Result<()> {
    let nexudus = url(&format!("127.0.0.1:{port}"));
    let origins = [nexudus.clone(), url(&format!("localhost:{port}"))].join(",");
    let mut gateway = Command::new(gateway);
    gateway.args(["--listen", MEMBERS, "--admin-listen", ADMIN, "--nexudus", &nexudus, "--portal", &nexudus]);
    // In memory, as the sandbox's notifications are; the sandbox's own administrator.
    gateway.args(["--store", "sqlite::memory:"]).env("ORIGINS", origins).env("NEXUDUS_TOKEN", "admin");

    let mut sandbox = Running::start(sandbox, "sandbox")?;
    let mut gateway = Running::start(&mut gateway, "gateway")?;
    let stop = Arc::new(AtomicBool::new(false));
    let told = stop.clone();
    ctrlc::set_handler(move || told.store(true, Ordering::Relaxed)).context("signals cannot be heard")?;
    while !stop.load(Ordering::Relaxed) {
        for one in [&mut sandbox, &mut gateway] {
            if let Some(status) = one.child.try_wait()? {
                bail!("the {} has ended: {status}", one.name);
            }
        }
        thread::sleep(Duration::from_millis(200));
    }
    Ok(())
}

fn url(address: &str) -> String {
    format!("http://{address}")
}

/// A program that ends with this one.
struct Running {
    name: &'static str,
    child: Child,
}

impl Running {
    fn start(command: &mut Command, name: &'static str) -> Result<Self> {
        let child = command.spawn().with_context(|| format!("the {name} could not be started"))?;
        Ok(Self { name, child })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}
