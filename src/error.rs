//! What can go wrong, in one type that every layer shares.

use std::{
    fmt,
    ops::{Deref, DerefMut},
};

/// A failure, ready to be shown to a member and sent to the page as an event. It reads as its [`Facts`].
///
/// They stand behind a pointer: results that may fail are passed through every layer, and are small this way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(Box<Facts>);

/// What is known of a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What went wrong, in the terms of the `cn-error` event.
    pub kind: FailureKind,
    /// The HTTP status, where an answer arrived.
    pub status: Option<u16>,
    /// What went wrong in words (English; for developers and logs).
    pub message: String,
    /// How long the server asks to be left alone, in milliseconds (`Retry-After`, RFC 9110 §10.2.3).
    pub retry_after: Option<u64>,
}

/// The kinds of failure, as the `cn-error` event names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FailureKind {
    /// No answer: refused, cut, blocked by CORS or offline.
    Network,
    /// No answer within the time limit.
    Timeout,
    /// HTTP 401: the token is missing, wrong or expired.
    Unauthorized,
    /// HTTP 403: the token's user lacks the role.
    Forbidden,
    /// HTTP 409 or 429: too many requests.
    Throttled,
    /// Any other refusal: 4xx, 5xx, `WasSuccessful: false`.
    Server,
    /// An answer that cannot be read.
    Decode,
    /// What the page asks for cannot be done: a wrong attribute, an unsafe address, a missing token.
    Config,
    /// The browser refuses to store, or stored data is damaged.
    Storage,
}

impl FailureKind {
    /// The name in the `cn-error` event's `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Throttled => "throttled",
            Self::Server => "server",
            Self::Decode => "decode",
            Self::Config => "config",
            Self::Storage => "storage",
        }
    }
}

impl Failure {
    /// A failure that no HTTP answer caused.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self(Box::new(Facts { kind, status: None, message: message.into(), retry_after: None }))
    }

    /// The same failure with the HTTP status of the answer.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// The same failure of a server that asks to be left alone for so many milliseconds.
    #[must_use]
    pub fn with_retry_after(mut self, retry_after: u64) -> Self {
        self.retry_after = Some(retry_after);
        self
    }

    /// Worth another try without anybody doing anything: the network, a time limit, 409, 429 and 5xx.
    pub fn is_transient(&self) -> bool {
        match self.kind {
            FailureKind::Network | FailureKind::Timeout | FailureKind::Throttled => true,
            FailureKind::Server => self.status.is_none_or(|status| status >= 500 && status != 501),
            FailureKind::Decode => true,
            _ => false,
        }
    }

    /// The server refused the token: another one may be taken. Where no token could be had at all, asking for another at
    /// once is of no use.
    pub fn is_refused_token(&self) -> bool {
        self.kind == FailureKind::Unauthorized && self.status == Some(401)
    }

    /// The API does not take writes from this user: 403, 404, 405 or 501
    /// (the Nexudus reference calls notifications read-only and documents writes all the same).
    pub fn is_write_refusal(&self) -> bool {
        matches!(self.status, Some(403 | 404 | 405 | 501))
    }
}

impl Deref for Failure {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

impl DerefMut for Failure {
    fn deref_mut(&mut self) -> &mut Facts {
        &mut self.0
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
