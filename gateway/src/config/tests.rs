//! Command lines and environments, and what they come to.

use std::collections::HashMap;
use std::ffi::OsString;
use std::time::Duration;

use super::*;

/// The least that is needed to serve.
const ENOUGH: [(&str, &str); 2] = [("NEXUDUS_TOKEN", "space-token"), ("PORTAL_URL", "https://space.example")];

fn read_with(arguments: &[&str], variables: &[(&str, &str)]) -> Result<Command, Vec<String>> {
    let variables: HashMap<&str, &str> = variables.iter().copied().collect();
    let arguments = std::iter::once("gateway").chain(arguments.iter().copied()).map(OsString::from);
    read(arguments, |name| variables.get(name).map(OsString::from))
        .map_err(|problems| problems.iter().map(ToString::to_string).collect())
}

fn config(arguments: &[&str], variables: &[(&str, &str)]) -> Config {
    match read_with(arguments, variables) {
        Ok(Command::Run(_, config)) => *config,
        other => panic!("{other:?}"),
    }
}

/// The one thing that is wrong beside what is enough.
fn problem(arguments: &[&str], more: &[(&str, &str)]) -> String {
    let variables: Vec<_> = ENOUGH.iter().chain(more).copied().collect();
    let mut problems = read_with(arguments, &variables).expect_err("nothing is wrong");
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.pop().unwrap()
}

fn file(name: &str, content: &str) -> String {
    let path = std::env::temp_dir().join(format!("gateway-config-{}-{name}", std::process::id()));
    std::fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_defaults_are_the_documented_ones() {
    let config = config(&[], &ENOUGH);
    assert_eq!(config.listen.to_string(), "127.0.0.1:8766");
    assert_eq!(config.admin_listen.to_string(), "127.0.0.1:8767");
    assert_eq!(config.nexudus.as_str(), "https://spaces.nexudus.com");
    assert_eq!(config.store, Location::File("gateway.db".into()));
    assert_eq!(config.sync_interval, Duration::from_secs(5));
    assert_eq!(config.history, Duration::from_secs(90 * 86_400));
    assert_eq!(config.sweep_interval, Duration::from_secs(600));
    assert_eq!(config.shutdown_grace, Duration::from_secs(10));
    assert_eq!(config.budget, Budget::default());
    assert!(config.origins.is_empty() && config.jwt.is_none() && config.webhook_secret.is_none());
}

#[test]
fn a_flag_counts_for_more_than_its_variable() {
    let variables =
        [ENOUGH[0], ENOUGH[1], ("LISTEN", "127.0.0.1:1"), ("ORIGINS", "https://a.example, https://b.example")];
    assert_eq!(config(&[], &variables).listen.port(), 1);
    assert_eq!(config(&["--listen", "127.0.0.1:2"], &variables).listen.port(), 2);
    assert_eq!(config(&[], &variables).origins.len(), 2);
    let two = ["--origin", "https://c.example", "check", "--origin=https://d.example"];
    let origins: Vec<_> = config(&two, &variables).origins.iter().map(|origin| origin.as_str().to_owned()).collect();
    assert_eq!(origins, ["https://c.example", "https://d.example"]);
}

#[test]
fn a_bad_value_is_one_line_with_name_value_and_what_is_right() {
    for (name, variable, value, expected) in [
        ("listen", "LISTEN", "8766", "127.0.0.1:8766"),
        ("listen", "LISTEN", "", "127.0.0.1:8766"),
        ("admin-listen", "ADMIN_LISTEN", "127.0.0.1:99999", "127.0.0.1:8766"),
        ("nexudus", "NEXUDUS_URL", "http://spaces.nexudus.com", "https://"),
        ("portal", "PORTAL_URL", "space.spaces.nexudus.com", "https://"),
        ("origin", "ORIGINS", "*", "https://portal.example"),
        ("origin", "ORIGINS", "https://portal.example/", "https://portal.example"),
        ("store", "STORE", "mysql://db", "sqlite:PATH"),
        ("jwks", "JWKS_URL", "keys.json", "https://"),
        ("sync-interval", "SYNC_INTERVAL", "5", "5s"),
        ("sync-interval", "SYNC_INTERVAL", "0s", "5s"),
        ("budget", "BUDGET", "lots", "100/min"),
        ("history", "HISTORY", "forever", "90d"),
        ("sweep-interval", "SWEEP_INTERVAL", "10min", "10m"),
        ("shutdown-grace", "SHUTDOWN_GRACE", "-1s", "10m"),
        ("jwt-secret-file", "JWT_SECRET_FILE", "/no/such/file", "path of a file"),
        ("webhook-secret-file", "WEBHOOK_SECRET_FILE", "/no/such/file", "path of a file"),
        ("log", "LOG", "verbose", "debug"),
        ("log-format", "LOG_FORMAT", "xml", "json"),
    ] {
        let flag = format!("--{name}");
        for (line, source) in [(problem(&[&flag, value], &[]), &*flag), (problem(&[], &[(variable, value)]), variable)]
        {
            assert!(line.starts_with(&format!("{source} {value:?}: ")), "{line}");
            assert!(line.contains(expected) && !line.contains('\n'), "{line}");
        }
    }
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let problems = read_with(&["--listen", "x", "--history", "y"], &[]).unwrap_err();
    assert_eq!(problems.len(), 2, "{problems:?}");
}

#[test]
fn without_a_way_to_know_a_member_nothing_starts() {
    let problems = read_with(&[], &ENOUGH[..1]).unwrap_err();
    assert_eq!(problems.len(), 1);
    for way in ["--portal", "--jwt-secret-file", "--jwks"] {
        assert!(problems[0].contains(way), "{problems:?}");
    }
    assert!(read_with(&["--jwks", "https://id.example/jwks.json"], &ENOUGH[..1]).is_ok());
}

#[test]
fn the_credential_is_a_token_or_a_user() {
    let token_file = file("token", "from-a-file\n");
    let two_lines = file("two-lines", "hunter2\nhunter2\n");
    let password_file = file("password", "hunter2\n");
    let credential = |variables: &[(&str, &str)]| {
        let all: Vec<_> = ENOUGH[1..].iter().chain(variables).copied().collect();
        read_with(&[], &all).map(|command| match command {
            Command::Run(_, config) => match config.credential {
                Credential::Token(token) => token.reveal().to_owned(),
                Credential::TokenFile(path) => path.to_str().unwrap().to_owned(),
                Credential::Password { username, password } => format!("{username}:{}", password.reveal()),
            },
            Command::Print(text) => text,
        })
    };
    assert_eq!(credential(&[("NEXUDUS_TOKEN", "Bearer abc")]), Ok("abc".into()));
    assert_eq!(credential(&[("NEXUDUS_TOKEN_FILE", &token_file)]), Ok(token_file.clone()));
    assert_eq!(
        credential(&[("NEXUDUS_USERNAME", "a@b.example"), ("NEXUDUS_PASSWORD", "pw")]),
        Ok("a@b.example:pw".into())
    );
    assert_eq!(
        credential(&[("NEXUDUS_USERNAME", "a@b.example"), ("NEXUDUS_PASSWORD_FILE", &password_file)]),
        Ok("a@b.example:hunter2".into())
    );
    for (variables, named) in [
        (&[][..], "NEXUDUS_TOKEN"),
        (&[("NEXUDUS_TOKEN", "")], "NEXUDUS_TOKEN"),
        (&[("NEXUDUS_TOKEN", "hunter2 hunter2")], "NEXUDUS_TOKEN"),
        (&[("NEXUDUS_TOKEN", "hunter2"), ("NEXUDUS_TOKEN_FILE", &token_file)], "NEXUDUS_TOKEN_FILE"),
        (&[("NEXUDUS_TOKEN", "hunter2"), ("NEXUDUS_USERNAME", "a")], "NEXUDUS_TOKEN"),
        (&[("NEXUDUS_USERNAME", "a")], "NEXUDUS_PASSWORD"),
        (&[("NEXUDUS_PASSWORD", "hunter2")], "NEXUDUS_USERNAME"),
        (&[("NEXUDUS_TOKEN_FILE", "/no/such")], "NEXUDUS_TOKEN_FILE"),
        (&[("NEXUDUS_TOKEN_FILE", &two_lines)], "NEXUDUS_TOKEN_FILE"),
    ] {
        let problems = credential(variables).expect_err(named);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(named) && !problems[0].contains("hunter2"), "{problems:?}");
    }
}

#[test]
fn a_secret_is_in_no_message_and_in_no_debug_output() {
    let pasted = "c2VjcmV0LXRoYXQtd2FzLXBhc3RlZC1pbnN0ZWFkLW9mLWEtcGF0aA";
    assert!(!problem(&["--jwt-secret-file", pasted], &[]).contains(pasted));
    let line = problem(&["--store", "postgres://me:hunter2@:x/db"], &[]);
    assert!(line.contains("postgres://…@") && !line.contains("hunter2"), "{line}");
    let secret = file("debug", "hunter2");
    let config = config(&["--jwt-secret-file", &secret, "--store", "postgres://me:hunter2@db/x"], &ENOUGH);
    let debug = format!("{config:?}");
    assert!(!debug.contains("hunter2") && !debug.contains("space-token"), "{debug}");
}

#[test]
fn a_public_key_is_no_secret() {
    let key = file("pem", "-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n");
    assert!(problem(&["--jwt-secret-file", &key], &[]).contains("--jwks"));
}

#[test]
fn an_empty_secret_is_an_error() {
    let empty = file("empty", "\n");
    assert!(problem(&["--webhook-secret-file", &empty], &[]).contains("is empty"));
    assert!(problem(&["--jwt-secret-file", &empty], &[]).contains("is empty"));
}

#[test]
fn an_audience_needs_a_key() {
    assert!(problem(&["--jwt-audience", "bell"], &[]).contains("--jwks"));
}

#[test]
fn members_and_operator_do_not_share_a_port() {
    assert!(problem(&["--admin-listen", "127.0.0.1:8766"], &[]).starts_with("--admin-listen"));
    assert!(read_with(&["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"], &ENOUGH).is_ok());
}
