//! `cargo xtask demo`: the bell on a page, from nothing.

mod gateway;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, thread};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::process::Step;
use crate::project::Project;
use crate::setup::join;
use crate::toolchain::WasmToolchain;
use crate::tools::{self, on_path};
use crate::{bundle, files, names, node, ui, wasm};

/// How long the sandbox may take until it answers.
const PATIENCE: Duration = Duration::from_secs(20);

#[derive(Args)]
pub(crate) struct Options {
    /// Port to serve the page and the API on
    #[arg(long, default_value_t = 8765)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Put the gateway between the bell and the sandbox, with a meter on the page (on ports 8766 and 8767)
    #[arg(long)]
    gateway: bool,
    /// More options for the sandbox, after `--`; `-- --help` lists them
    #[arg(last = true, value_name = "SANDBOX OPTIONS")]
    sandbox: Vec<String>,
}

#[derive(Args)]
pub(crate) struct Announcement {
    port: u16,
    #[arg(long)]
    open: bool,
}

pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    check_port(options.port)?;

    // The two halves share nothing, and each has stretches in which it keeps only one core busy.
    let (compiled, tools) = thread::scope(|scope| {
        let compiled = scope.spawn(|| wasm::compile(project, &WasmToolchain::ensure()?));
        let tools = tools::wasm_bindgen(project).and_then(|bindgen| Ok((bindgen, build_sandbox(project)?)));
        (join(compiled), tools)
    });
    let (compiled, (bindgen, sandbox)) = (compiled?, tools?);

    let gateway = options.gateway.then(|| gateway::build(project)).transpose()?;

    let site = project.site();
    let glue = wasm::bind(project, &bindgen, &compiled, "glue")?;
    files::empty_dir(&site)?;
    bundle::write(project, &node::Tools::default(), &glue, &glue.wasm, names::MODULE, &site)?;
    bundle::write_page(project, &site)?;

    announce_later(options)?;
    ui::finish();
    let mut sandbox = Command::new(sandbox);
    sandbox.args(["--port", &options.port.to_string(), "--site"]).arg(&site).args(&options.sandbox);
    match gateway {
        Some(gateway) => gateway::serve(sandbox.args(gateway::options()), gateway, options.port),
        None => serve(&mut sandbox),
    }
}

/// Builds the sandbox for this machine.
pub(crate) fn build_sandbox(project: &Project) -> Result<PathBuf> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--package", "sandbox"]);
    Step::new("Build the sandbox").run(&mut cargo)?;
    Ok(project.target("debug").join(format!("sandbox{}", env::consts::EXE_SUFFIX)))
}

/// Waits until the sandbox answers, then says where, and shows it.
pub(crate) fn announce(announcement: &Announcement) -> Result<()> {
    let started = Instant::now();
    while !answers(announcement.port) {
        if started.elapsed() > PATIENCE {
            bail!("the sandbox does not answer on port {}", announcement.port);
        }
        thread::sleep(Duration::from_millis(50));
    }
    let url = format!("http://127.0.0.1:{}/", announcement.port);
    ui::line(&format!("\n{} {}\n", ui::green("The bell rings at"), ui::bold(&url)));
    if announcement.open
        && let Some(opener) = opener()
    {
        let silent = || Stdio::null();
        // A browser that does not start is no reason to end the demo: the address was printed.
        _ = Command::new(opener).arg(&url).stdin(silent()).stdout(silent()).stderr(silent()).status();
    }
    Ok(())
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => bail!(
            "port {port} cannot be used ({error}); maybe a demo is still running. \
             Another one is taken with --port, such as `cargo xtask demo --port {}`",
            port.checked_add(1).unwrap_or(8765)
        ),
    }
}

/// Leaves the announcement to a process of its own, because this one becomes the sandbox.
fn announce_later(options: &Options) -> Result<()> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["announce", &options.port.to_string()]);
    if !options.no_open && env::var_os("CI").is_none() && opener().is_some() {
        command.arg("--open");
    }
    command.stdin(Stdio::null()).spawn().context("this program could not start itself again")?;
    Ok(())
}

/// Becomes the sandbox, so that Ctrl-C and every other signal reach it and nothing is left behind.
#[cfg(unix)]
fn serve(sandbox: &mut Command) -> Result<()> {
    let error = std::os::unix::process::CommandExt::exec(sandbox);
    Err(error).context("the sandbox could not be started")
}

#[cfg(not(unix))]
fn serve(sandbox: &mut Command) -> Result<()> {
    let status = sandbox.status().context("the sandbox could not be started")?;
    if status.success() { Ok(()) } else { bail!("the sandbox ended with {status}") }
}

fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /sandbox/info HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer == "HTTP/1.1 200")
}

/// The program that opens an address, where there is a screen to open it on.
fn opener() -> Option<PathBuf> {
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| env::var_os(name).is_some());
    match env::consts::OS {
        "macos" => on_path("open"),
        "windows" => on_path("explorer"),
        _ if screen => on_path("xdg-open"),
        _ => None,
    }
}
