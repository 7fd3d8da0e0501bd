//! The command line: every flag with its variable, and what it is for.
//!
//! Clap takes values as plain text. They are parsed later, so that a flag and its variable are checked alike.

use std::ffi::OsString;

use clap::builder::{OsStringValueParser, PossibleValue};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command};

/// A flag: its name, its variable, what its value is called, its default, and what it means.
pub(super) struct Flag {
    pub(super) name: &'static str,
    pub(super) variable: &'static str,
    value: &'static str,
    pub(super) default: Option<&'static str>,
    /// The flag may be repeated; the variable holds a list with commas.
    pub(super) is_list: bool,
    help: &'static str,
}

const fn flag(
    name: &'static str,
    variable: &'static str,
    value: &'static str,
    default: Option<&'static str>,
    help: &'static str,
) -> Flag {
    Flag { name, variable, value, default, is_list: false, help }
}

const fn list(name: &'static str, variable: &'static str, value: &'static str, help: &'static str) -> Flag {
    Flag { name, variable, value, default: None, is_list: true, help }
}

/// All flags, in the order in which `--help` lists them.
pub(super) const FLAGS: &[Flag] = &[
    flag("listen", "LISTEN", "ADDRESS", Some("127.0.0.1:8766"), "Address for members (port 0 takes a free one)"),
    flag(
        "admin-listen",
        "ADMIN_LISTEN",
        "ADDRESS",
        Some("127.0.0.1:8767"),
        "Address for /healthz, /readyz and /metrics",
    ),
    flag("nexudus", "NEXUDUS_URL", "URL", Some("https://spaces.nexudus.com"), "The Nexudus API"),
    flag("portal", "PORTAL_URL", "URL", None, "The space's portal, which says who a member's own token belongs to"),
    list(
        "origin",
        "ORIGINS",
        "ORIGIN",
        "A page that may ask from another origin, such as https://portal.example; may be repeated",
    ),
    flag(
        "store",
        "STORE",
        "STORE",
        Some("sqlite:gateway.db"),
        "sqlite:PATH, sqlite::memory: or postgres://USER@HOST/DATABASE; give a password by the variable",
    ),
    flag("jwt-secret-file", "JWT_SECRET_FILE", "PATH", None, "Accept tokens signed with this secret (HS256)"),
    flag("jwks", "JWKS_URL", "URL", None, "Accept tokens signed with one of these keys (RS256, ES256, EdDSA)"),
    flag("jwt-audience", "JWT_AUDIENCE", "TEXT", None, "The audience (aud) that such a token must name"),
    flag("jwt-issuer", "JWT_ISSUER", "TEXT", None, "The issuer (iss) that such a token must name"),
    flag(
        "sync-interval",
        "SYNC_INTERVAL",
        "TIME",
        Some("5s"),
        "How often Nexudus is asked for what changed, for the whole space",
    ),
    flag("budget", "BUDGET", "RATES", Some("100/min,4500/h,50w/min"), "What may be asked of Nexudus; w: writes"),
    flag("webhook-secret-file", "WEBHOOK_SECRET_FILE", "PATH", None, "Take Nexudus webhooks at POST /webhooks/nexudus"),
    flag("history", "HISTORY", "TIME", Some("90d"), "How far back the first start reads"),
    flag(
        "sweep-interval",
        "SWEEP_INTERVAL",
        "TIME",
        Some("10m"),
        "How old a member's last comparison with Nexudus may be before a visit causes one",
    ),
    flag("shutdown-grace", "SHUTDOWN_GRACE", "TIME", Some("10s"), "How long open requests may take once told to stop"),
    flag("log", "LOG", "LEVEL", Some("info"), "What is logged to stderr: error, warn, info, debug or trace"),
    flag("log-format", "LOG_FORMAT", "FORMAT", Some("text"), "How: text or json"),
];

/// Stands for a name that is not in the list, which a test excludes.
pub(super) static UNKNOWN: Flag = flag("", "", "", None, "");

/// The variables that hold secrets, or the paths of their files.
const SECRETS: &str = "\
The space's credential (variables only, since flags show in process lists):
  NEXUDUS_TOKEN or NEXUDUS_TOKEN_FILE        a token of a user with the roles
                                             CoworkerNotification-List, -Read and -Edit
  NEXUDUS_USERNAME with NEXUDUS_PASSWORD     the same user; the gateway signs in
    or NEXUDUS_PASSWORD_FILE                 and renews the token

Times are 500ms, 5s, 10m, 2h or 90d. A list in a variable has commas.
Who a member is comes from the portal (--portal), from a token that a server of
yours signs (--jwt-secret-file, --jwks), or from either: one of them is needed.";

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Serve members until a shutdown signal.
    Serve,
    /// Test each part of the configuration and report.
    Check,
}

/// A parsed command line.
pub(super) enum CommandLine {
    Run(Task, ArgMatches),
    /// `--help` or `--version`: what to print.
    Print(String),
    /// It cannot be parsed, for this reason, on one line.
    Invalid(String),
}

pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> CommandLine {
    match command().try_get_matches_from(arguments) {
        Ok(matches) => {
            let task = match matches.get_one::<String>("task") {
                Some(_) => Task::Check,
                None => Task::Serve,
            };
            CommandLine::Run(task, matches)
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            CommandLine::Print(error.render().to_string())
        }
        Err(error) => CommandLine::Invalid(one_line(&error)),
    }
}

fn command() -> Command {
    let task = Arg::new("task")
        .value_name("COMMAND")
        .value_parser([PossibleValue::new("check").help("Try each part of the configuration and tell")])
        .help("Without one it serves; flags may stand on either side");
    let flags = FLAGS.iter().map(|flag| {
        let help = match flag.default {
            Some(default) => format!("{} [env: {}] [default: {default}]", flag.help, flag.variable),
            None => format!("{} [env: {}]", flag.help, flag.variable),
        };
        Arg::new(flag.name)
            .long(flag.name)
            .value_name(flag.value)
            .value_parser(OsStringValueParser::new())
            .action(if flag.is_list { ArgAction::Append } else { ArgAction::Set })
            // "--listen -1" is a bad address, not an unknown flag.
            .allow_hyphen_values(true)
            .help(help)
    });
    Command::new("coworker-notifications-gateway")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Serves each member of a Nexudus space their own notifications, with one credential for all.")
        .after_help(SECRETS)
        .arg(task)
        .args(flags)
}

/// The first paragraph of what clap says, on one line.
fn one_line(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let first = text.split("\n\n").next().unwrap_or_default();
    let words = first.lines().map(str::trim).collect::<Vec<_>>().join(" ");
    let words = words.strip_prefix("error: ").unwrap_or(&words);
    match words.contains("-token") || words.contains("-password") || words.contains("-secret'") {
        true => format!("{words}; secrets are given by variables or files, never by flags (see --help)"),
        false => format!("{words} (see --help)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bad(arguments: &[&str]) -> String {
        match parse(std::iter::once("gateway").chain(arguments.iter().copied()).map(OsString::from)) {
            CommandLine::Invalid(words) => words,
            CommandLine::Print(text) => panic!("printed {text}"),
            CommandLine::Run(..) => panic!("taken: {arguments:?}"),
        }
    }

    #[test]
    fn the_command_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn flags_may_stand_on_either_side_of_check() {
        for arguments in [["check", "--listen", "a"], ["--listen", "a", "check"]] {
            let line = parse(std::iter::once("gateway").chain(arguments).map(OsString::from));
            assert!(matches!(line, CommandLine::Run(Task::Check, _)), "{arguments:?}");
        }
    }

    #[test]
    fn what_is_not_understood_is_one_line() {
        for arguments in
            [&["--nonsense"][..], &["chek"], &["--listen"], &["--listen", "a", "--listen", "b"], &["check", "x"]]
        {
            let words = bad(arguments);
            assert!(!words.contains('\n') && !words.starts_with("error"), "{words}");
        }
        assert!(bad(&["--nonsense"]).contains("'--nonsense'"));
        assert!(bad(&["chek"]).contains("check"));
    }

    #[test]
    fn a_secret_given_as_a_flag_is_not_repeated() {
        let words = bad(&["--nexudus-token=hunter2"]);
        assert!(words.contains("never by flags") && !words.contains("hunter2"), "{words}");
    }

    #[test]
    fn help_names_every_flag_and_variable() {
        let CommandLine::Print(help) = parse(["gateway", "--help"].map(OsString::from)) else { panic!("no help") };
        for flag in FLAGS {
            assert!(help.contains(&format!("--{} ", flag.name)), "{}", flag.name);
            assert!(help.contains(&format!("[env: {}]", flag.variable)), "{}", flag.variable);
        }
        assert!(help.contains("NEXUDUS_PASSWORD_FILE"));
    }
}
