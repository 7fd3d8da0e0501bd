//! The space's credential, in types that logs and errors cannot show.

use std::{fmt, path::PathBuf};

/// How the gateway authenticates itself to Nexudus.
#[derive(Debug, Clone)]
pub enum Credential {
    /// `NEXUDUS_TOKEN`
    Token(Secret),
    /// `NEXUDUS_TOKEN_FILE`: read at the start, and again when Nexudus refuses the token.
    TokenFile(PathBuf),
    /// `NEXUDUS_USERNAME` and `NEXUDUS_PASSWORD`: signs in, and renews by refresh token.
    Password {
        /// The user's e-mail address.
        username: String,
        /// Their password.
        password: Secret,
    },
}

/// A text that no log, error or debug output shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
