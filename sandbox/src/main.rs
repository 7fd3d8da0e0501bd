//! `sandbox`: a local CoworkerNotifications API, with the page on the same port.

mod banner;
mod shutdown;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::http::HeaderValue;
use chrono::{DateTime, Utc};
use clap::Parser;
use sandbox::{Gateway, Options, Sandbox, serve};
use tokio::net::TcpListener;

/// What a wrong or unusable argument ends with, as clap does for the ones it checks itself.
const USAGE: u8 = 2;

/// A local CoworkerNotifications API for development, demos and tests.
///
/// All data is in memory and made from a seed. It listens on 127.0.0.1 only.
#[derive(Debug, Parser)]
#[command(name = "sandbox", version)]
struct Arguments {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 8765)]
    port: u16,
    /// Directory with the page and the widget, to serve beside the API
    #[arg(long, value_name = "DIR", value_parser = directory)]
    site: Option<PathBuf>,
    /// Number that decides on the notifications at the start
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many notifications coworker 1003 has
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    crowd: usize,
    /// How many further members there are, with ids from 2001 on and no notifications yet
    #[arg(long, value_name = "COUNT", default_value_t = 0)]
    members: u32,
    /// Add a notification for coworker 1001 every so many seconds; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    generate_every: u32,
    /// Start the sandbox's clock at this time, e.g. 2025-03-19T10:00:00Z
    #[arg(long, value_name = "TIME")]
    now: Option<DateTime<Utc>>,
    /// Content-Security-Policy to send with the page and its files
    #[arg(long, value_name = "POLICY")]
    csp: Option<HeaderValue>,
    /// The gateway between the page and this API: the bell asks there, with members' own tokens
    #[arg(long, value_name = "URL", requires = "gateway_admin")]
    gateway: Option<String>,
    /// Where that gateway's metrics are, for the meter on the page
    #[arg(long, value_name = "URL", requires = "gateway")]
    gateway_admin: Option<String>,
    /// Log each request to stderr
    #[arg(long, short)]
    verbose: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let level = if arguments.verbose { tracing::Level::INFO } else { tracing::Level::WARN };
    tracing_subscriber::fmt().with_writer(io::stderr).with_max_level(level).init();

    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("sandbox: {problem}");
            ExitCode::from(USAGE)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let port = arguments.port;
    let listener = TcpListener::bind(("127.0.0.1", port)).await.map_err(|e| cannot_listen(port, &e))?;
    let address = listener.local_addr().map_err(|e| e.to_string())?;

    let sandbox = Sandbox::new(Options {
        seed: arguments.seed,
        crowd: arguments.crowd,
        members: arguments.members,
        now: arguments.now,
        site: arguments.site,
        content_security_policy: arguments.csp,
        generate_every: arguments.generate_every,
        gateway: gateway(arguments.gateway, arguments.gateway_admin)?,
    });
    // Signals are handled before the banner is printed, because a program that reads it may send one at once.
    let stop = shutdown::signal().map_err(|e| format!("cannot listen for signals: {e}"))?;
    banner::print(address, &sandbox);
    serve(listener, sandbox, stop).await.map_err(|e| e.to_string())
}

fn gateway(members: Option<String>, admin: Option<String>) -> Result<Option<Gateway>, String> {
    members.zip(admin).map(|(members, admin)| Gateway::new(members, &admin)).transpose()
}

fn cannot_listen(port: u16, error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} is already in use. Stop the program that has it, or choose another \
             port: --port {} (--port 0 takes a free one).",
            port.checked_add(1).unwrap_or(8765)
        ),
        io::ErrorKind::PermissionDenied => format!(
            "port {port} needs rights that this user does not have. Choose one above 1023, for example --port 8765."
        ),
        _ => format!("cannot listen on port {port}: {error}"),
    }
}

fn directory(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err("there is no such directory".to_owned()) }
}
