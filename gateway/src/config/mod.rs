//! The gateway's configuration: read and checked once at the start, and typed from then on.
//!
//! Each unusable value is reported on one line that names its flag or variable, and then nothing is started.

mod address;
mod credential;
mod duration;
mod flags;
mod problem;
mod secret;
mod store;
mod values;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::time::Duration;

pub(crate) use address::redacted;
pub use address::{Address, Origin};
pub use credential::CREDENTIAL_VARIABLES;
pub use flags::Task;
pub use problem::Problem;
pub use secret::Secret;

use crate::Budget;
use crate::nexudus::Credential;
use crate::store::Location;
use values::ConfigValues;

/// Everything that can be configured.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address for members.
    pub listen: SocketAddr,
    /// The address for the operator.
    pub admin_listen: SocketAddr,
    /// The Nexudus API.
    pub nexudus: Address,
    /// The space's credential at the Nexudus API.
    pub credential: Credential,
    /// The space's portal, where members' own tokens are known.
    pub portal: Option<Address>,
    /// Tokens that a server of the operator's signs.
    pub jwt: Option<JwtConfig>,
    /// The pages that may ask from another origin.
    pub origins: Vec<Origin>,
    /// Where the store is.
    pub store: Location,
    /// How often Nexudus is asked for what changed.
    pub sync_interval: Duration,
    /// How many requests may be sent to Nexudus.
    pub budget: Budget,
    /// The secret that Nexudus signs webhooks with.
    pub webhook_secret: Option<Secret>,
    /// How far back the first start reads.
    pub history: Duration,
    /// How old a member's last comparison with Nexudus may be.
    pub sweep_interval: Duration,
    /// How long open requests may take after a shutdown signal.
    pub shutdown_grace: Duration,
    /// What is logged.
    pub log: tracing::Level,
    /// How it is logged.
    pub log_format: LogFormat,
}

/// Which signed tokens are taken.
#[derive(Debug, Clone)]
pub struct JwtConfig {
    /// The secret of HS256.
    pub secret: Option<Secret>,
    /// Where the public keys are, for RS256, ES256 and EdDSA.
    pub jwks: Option<Address>,
    /// The audience that a token must name.
    pub audience: Option<String>,
    /// The issuer that a token must name.
    pub issuer: Option<String>,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// A line with `key=value` pairs.
    Text,
    /// A JSON object a line.
    Json,
}

/// The result of reading the command line and the environment.
#[derive(Debug)]
pub enum Command {
    /// Do this with that configuration.
    Run(Task, Box<Config>),
    /// Print this and end well: `--help`, `--version`.
    Print(String),
}

/// Reads the command line (with the program's name first) and the environment.
pub fn read(
    arguments: impl IntoIterator<Item = OsString>,
    variable: impl Fn(&str) -> Option<OsString>,
) -> Result<Command, Vec<Problem>> {
    let (task, matches) = match flags::parse(arguments) {
        flags::CommandLine::Run(task, matches) => (task, matches),
        flags::CommandLine::Print(text) => return Ok(Command::Print(text)),
        flags::CommandLine::Invalid(words) => return Err(vec![Problem::command_line(words)]),
    };
    let mut values = ConfigValues::new(&matches, &variable);
    let config = Config::read(&mut values);
    let problems = values.into_problems();
    match config {
        Some(config) if problems.is_empty() => Ok(Command::Run(task, Box::new(config))),
        _ => Err(problems),
    }
}

/// Every flag with its variable and its default, in the order of `--help`.
pub fn flags() -> impl Iterator<Item = (&'static str, &'static str, Option<&'static str>)> {
    flags::FLAGS.iter().map(|flag| (flag.name, flag.variable, flag.default))
}

impl Config {
    /// `None`: something is wrong, and `values` has collected what.
    fn read(values: &mut ConfigValues<'_>) -> Option<Self> {
        // All values are read before a wrong one ends the reading, so that all problems are reported at once.
        let listen = values.with_default("listen", parse_socket);
        let admin_listen = values.with_default("admin-listen", parse_socket);
        let nexudus = values.with_default("nexudus", Address::parse);
        let portal = values.optional("portal", Address::parse);
        let origins = values.list("origin", Origin::parse);
        let store = values.with_default("store", store::parse);
        let sync_interval = values.with_default("sync-interval", duration::parse);
        let budget = values.with_default("budget", parse_budget);
        let webhook_secret = values.secret_file("webhook-secret-file");
        let history = values.with_default("history", duration::parse);
        let sweep_interval = values.with_default("sweep-interval", duration::parse);
        let shutdown_grace = values.with_default("shutdown-grace", duration::parse);
        let log = values.with_default("log", parse_level);
        let log_format = values.with_default("log-format", parse_format);
        let jwt = read_jwt(values);
        let credential = credential::read(values);
        if portal.is_none() && jwt.is_none() {
            values.missing(
                "--portal",
                "is not set, and no key for signed tokens is: the portal's address (--portal, PORTAL_URL), \
                 --jwt-secret-file or --jwks is needed, so that a member is known",
            );
        }
        if let (Some(listen), Some(admin)) = (listen, admin_listen)
            && listen == admin
            && listen.port() != 0
        {
            values.invalid("admin-listen", "is the address for members, too; another port is needed");
        }
        Some(Self {
            listen: listen?,
            admin_listen: admin_listen?,
            nexudus: nexudus?,
            credential: credential?,
            portal,
            jwt,
            origins,
            store: store?,
            sync_interval: sync_interval?,
            budget: budget?,
            webhook_secret,
            history: history?,
            sweep_interval: sweep_interval?,
            shutdown_grace: shutdown_grace?,
            log: log?,
            log_format: log_format?,
        })
    }
}

fn read_jwt(values: &mut ConfigValues<'_>) -> Option<JwtConfig> {
    let secret = values.secret_file("jwt-secret-file");
    if secret.as_ref().is_some_and(is_public_or_private_key) {
        values.invalid(
            "jwt-secret-file",
            "holds a key in PEM form, which is no shared secret; name the issuer's public keys by --jwks, or give the \
             secret that HS256 is signed with",
        );
    }
    let jwks = values.optional("jwks", Address::parse_document);
    let audience = values.optional("jwt-audience", parse_text);
    let issuer = values.optional("jwt-issuer", parse_text);
    if secret.is_some() || jwks.is_some() {
        return Some(JwtConfig { secret, jwks, audience, issuer });
    }
    for (name, value) in [("jwt-audience", audience), ("jwt-issuer", issuer)] {
        if value.is_some() && !values.is_set("jwt-secret-file") && !values.is_set("jwks") {
            values.invalid(name, "has no key to go with; --jwt-secret-file or --jwks is needed, too");
        }
    }
    None
}

/// A public key must not be the secret of HS256: everybody who knows that key could then sign tokens.
fn is_public_or_private_key(secret: &Secret) -> bool {
    secret.reveal().trim_ascii_start().starts_with(b"-----BEGIN ")
}

fn parse_socket(text: &str) -> Result<SocketAddr, String> {
    let text = match text.strip_prefix("localhost:") {
        Some(port) => format!("127.0.0.1:{port}"),
        None => text.to_owned(),
    };
    text.parse()
        .map_err(|_| "an IP address and a port are needed, as in 127.0.0.1:8766, 0.0.0.0:8766 or [::]:8766".into())
}

fn parse_budget(text: &str) -> Result<Budget, String> {
    if text.contains('+') {
        return Err("rates with commas between them are needed, as in 100/min,4500/h,50w/min".into());
    }
    text.parse().map_err(|why: crate::budget::BadBudget| why.to_string())
}

fn parse_text(text: &str) -> Result<String, String> {
    match text.trim_ascii() {
        "" => Err("is empty; a text is needed".into()),
        text => Ok(text.to_owned()),
    }
}

fn parse_level(text: &str) -> Result<tracing::Level, String> {
    let names = ["error", "warn", "info", "debug", "trace"];
    let level = names.contains(&text).then(|| text.parse().ok()).flatten();
    level.ok_or_else(|| "error, warn, info, debug or trace is needed".into())
}

fn parse_format(text: &str) -> Result<LogFormat, String> {
    match text {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("text or json is needed".into()),
    }
}

#[cfg(test)]
mod tests;
