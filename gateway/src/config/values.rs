//! The configured values, each from its flag, its variable or its default, and what is wrong with them.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::address::redacted;
use super::flags::{self, FLAGS, Flag};
use super::problem::Problem;
use super::secret::Secret;

/// A value and where it comes from.
struct Value {
    /// `--listen` or `LISTEN`.
    source: String,
    text: OsString,
}

/// Reads values and collects what is wrong with them.
pub(super) struct ConfigValues<'a> {
    matches: &'a ArgMatches,
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    invalid: Vec<Problem>,
    missing: Vec<Problem>,
}

impl<'a> ConfigValues<'a> {
    pub(super) fn new(matches: &'a ArgMatches, variable: &'a dyn Fn(&str) -> Option<OsString>) -> Self {
        Self { matches, variable, invalid: Vec::new(), missing: Vec::new() }
    }

    /// Missing values are reported only if no value is invalid.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        if self.invalid.is_empty() { self.missing } else { self.invalid }
    }

    /// Reports a value without which the gateway cannot start.
    pub(super) fn missing(&mut self, name: &str, expected: &str) {
        self.missing.push(Problem::without_value(name, expected));
    }

    /// Reports a variable that holds a secret and cannot be used. Its value is not shown.
    pub(super) fn invalid_secret(&mut self, name: &str, expected: &str) {
        self.invalid.push(Problem::without_value(name, expected));
    }

    /// Reports a value that can be parsed, but not be used.
    pub(super) fn invalid(&mut self, name: &str, expected: &str) {
        if let Some(value) = self.values(find(name)).pop() {
            let shown = shown(&value.text);
            self.invalid.push(Problem::bad_value(&value.source, &shown, expected));
        }
    }

    /// Whether the flag or its variable is set.
    pub(super) fn is_set(&self, name: &str) -> bool {
        !self.values(find(name)).is_empty()
    }

    /// The value of a flag, which may have a default.
    pub(super) fn with_default<T>(&mut self, name: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let flag = find(name);
        match self.values(flag).pop() {
            Some(value) => self.parse(&value, parse),
            None => flag.default.and_then(|default| parse(default).ok()),
        }
    }

    /// A value that may be absent.
    pub(super) fn optional<T>(&mut self, name: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let value = self.values(find(name)).pop()?;
        self.parse(&value, parse)
    }

    /// All values of a flag that may be repeated.
    pub(super) fn list<T>(&mut self, name: &str, parse: fn(&str) -> Result<T, String>) -> Vec<T> {
        let values = self.values(find(name));
        values.iter().filter_map(|value| self.parse(value, parse)).collect()
    }

    /// The secret in the file that a flag or variable names.
    pub(super) fn secret_file(&mut self, name: &str) -> Option<Secret> {
        let value = self.values(find(name)).pop()?;
        self.read_secret(&value)
    }

    /// The secret in a variable.
    pub(super) fn secret_variable(&mut self, name: &str) -> Option<Secret> {
        let text = (self.variable)(name)?;
        let secret = Secret::new(text.into_encoded_bytes());
        if secret.is_none() {
            self.invalid_secret(name, "is empty; the secret is needed, or no such variable");
        }
        secret
    }

    /// The secret in the file that a variable names, and where it is.
    pub(super) fn secret_file_variable(&mut self, name: &str) -> Option<(PathBuf, Secret)> {
        let text = (self.variable)(name)?;
        let path = PathBuf::from(&text);
        self.read_secret(&Value { source: name.to_owned(), text }).map(|secret| (path, secret))
    }

    /// The text in a variable that holds no secret.
    pub(super) fn text_variable(&mut self, name: &str, parse: fn(&str) -> Result<String, String>) -> Option<String> {
        let text = (self.variable)(name)?;
        self.parse(&Value { source: name.to_owned(), text }, parse)
    }

    pub(super) fn has_variable(&self, name: &str) -> bool {
        (self.variable)(name).is_some()
    }

    fn values(&self, flag: &Flag) -> Vec<Value> {
        let flags = self.matches.get_many::<OsString>(flag.name).into_iter().flatten();
        let flags: Vec<Value> =
            flags.map(|text| Value { source: format!("--{}", flag.name), text: text.clone() }).collect();
        if !flags.is_empty() {
            return flags;
        }
        let Some(text) = (self.variable)(flag.variable) else { return Vec::new() };
        match text.to_str() {
            Some(list) if flag.is_list => list
                .split(',')
                .map(|item| Value { source: flag.variable.to_owned(), text: item.trim_ascii().into() })
                .collect(),
            _ => vec![Value { source: flag.variable.to_owned(), text }],
        }
    }

    fn parse<T>(&mut self, value: &Value, parse: fn(&str) -> Result<T, String>) -> Option<T> {
        let parsed = match value.text.to_str() {
            Some(text) => parse(text),
            None => Err("is not text in UTF-8".into()),
        };
        match parsed {
            Ok(parsed) => Some(parsed),
            Err(expected) => {
                self.invalid.push(Problem::bad_value(&value.source, &shown(&value.text), expected));
                None
            }
        }
    }

    fn read_secret(&mut self, value: &Value) -> Option<Secret> {
        match Secret::read(Path::new(&value.text)) {
            Ok(secret) => Some(secret),
            Err(_) if may_be_the_secret_itself(&value.text) => {
                let expected = "is no path (and not shown, since it may be the secret itself); the path of a file that \
                             holds the secret is needed";
                self.invalid.push(Problem::without_value(&value.source, expected));
                None
            }
            Err(why) => {
                self.invalid.push(Problem::bad_value(&value.source, &value.text.to_string_lossy(), why));
                None
            }
        }
    }
}

fn find(name: &str) -> &'static Flag {
    // Only names in this module's code come here, and a test looks up all of them.
    FLAGS.iter().find(|flag| flag.name == name).unwrap_or(&flags::UNKNOWN)
}

fn shown(text: &OsStr) -> String {
    redacted(&text.to_string_lossy())
}

/// Whether a text is long and has no slash. People paste the secret where its file's path is expected.
fn may_be_the_secret_itself(text: &OsStr) -> bool {
    const LONGEST_NAME: usize = 40;
    let text = text.to_string_lossy();
    text.len() >= LONGEST_NAME && !text.contains('/')
}
