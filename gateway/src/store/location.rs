//! Where the store is.

use std::{fmt, path::PathBuf, str::FromStr};

/// `--store`: a file, memory, or a PostgreSQL database.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// `sqlite:PATH`
    File(PathBuf),
    /// `sqlite::memory:`
    Memory,
    /// `postgres://…`, with whatever PostgreSQL's addresses may hold, a password included.
    Postgres(String),
}

/// An address of no store, and what would be right. A password in it is not repeated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("give sqlite:PATH, sqlite::memory: or postgres://USER@HOST/DATABASE")]
pub struct BadLocation;

impl FromStr for Location {
    type Err = BadLocation;

    fn from_str(text: &str) -> Result<Self, BadLocation> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        match text.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path)) {
            Some(":memory:") => Ok(Self::Memory),
            Some("") | None => Err(BadLocation),
            Some(path) => Ok(Self::File(path.into())),
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "sqlite:{}", path.display()),
            Self::Memory => f.write_str("sqlite::memory:"),
            Self::Postgres(address) => f.write_str(&without_password(address)),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address without what could be a password: user information and parameters.
fn without_password(address: &str) -> String {
    let (scheme, rest) = address.split_once("://").unwrap_or((address, ""));
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let host = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    [scheme, "://", host].concat()
}

#[cfg(test)]
mod tests {
    use super::Location;

    #[test]
    fn stores_are_files_memory_or_postgres() {
        assert_eq!("sqlite:a/b.db".parse(), Ok(Location::File("a/b.db".into())));
        assert_eq!("sqlite:///var/b.db".parse(), Ok(Location::File("/var/b.db".into())));
        assert_eq!("sqlite::memory:".parse(), Ok(Location::Memory));
        for bad in ["", "sqlite:", "gateway.db", "mysql://host/db"] {
            assert!(bad.parse::<Location>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        for address in ["postgres://me:hunter2@db.example/gateway", "postgresql://db.example/g?password=hunter2"] {
            let location: Location = address.parse().unwrap();
            assert!(!format!("{location} {location:?}").contains("hunter2"));
            assert!(location.to_string().contains("db.example"));
        }
    }
}
