//! An answer as it came over HTTP, and what its status means.

use super::{
    Confirmation, Page, Rejected, confirmation::complaint, decode_confirmation, decode_list, decode_record, retry_after,
};
use crate::{
    error::{Failure, FailureKind},
    model::{Notification, Timestamp},
};

/// An answer of the API, whatever its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `Date` header.
    pub date: Option<String>,
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// As the answer to a search. For `now` see [`check`].
    pub fn page(&self, now: Option<Timestamp>) -> Result<Page, Failure> {
        check(self, now)?;
        decode_list(self.status, &self.body)
    }

    /// As the answer to a read of one record.
    pub fn record(&self, now: Option<Timestamp>) -> Result<Notification, Failure> {
        check(self, now)?;
        decode_record(self.status, &self.body)
    }

    /// As the answer to a create or update.
    pub fn confirmation(&self, now: Option<Timestamp>) -> Result<Confirmation, Rejected> {
        check(self, now).map_err(|failure| Rejected {
            failure,
            errors: complaint(&self.body).1,
        })?;
        decode_confirmation(self.status, &self.body)
    }

    /// As the answer to a delete: the reference does not say what its body is, so only a failed envelope matters.
    pub fn deletion(&self, now: Option<Timestamp>) -> Result<Confirmation, Rejected> {
        match self.confirmation(now) {
            Err(rejected) if rejected.failure.kind == FailureKind::Decode => Ok(Confirmation::default()),
            other => other,
        }
    }
}

/// Turns an error status into a failure: its kind, its words and how long to wait.
///
/// `now` is the caller's clock, for a `Retry-After` that is a date where the answer shows no `Date` (browsers hide it
/// from other origins).
///
/// ```
/// use coworker_notifications::{api::{Response, check}, error::FailureKind};
///
/// let answer = Response { status: 429, retry_after: Some("5".into()), ..Response::default() };
/// let failure = check(&answer, None).unwrap_err();
/// assert_eq!(failure.kind, FailureKind::Throttled);
/// assert_eq!(failure.retry_after, Some(5_000));
/// ```
pub fn check(response: &Response, now: Option<Timestamp>) -> Result<(), Failure> {
    if (200..300).contains(&response.status) {
        return Ok(());
    }
    let mut failure = refusal(response.status, &complaint(&response.body).0);
    if let Some(value) = &response.retry_after {
        failure.retry_after = retry_after::milliseconds(value, response.date.as_deref(), now);
    }
    Err(failure)
}

/// The failure that a status means, with what the server says about it.
pub(super) fn refusal(status: u16, complaint: &str) -> Failure {
    let (kind, words) = match status {
        401 => (
            FailureKind::Unauthorized,
            "The API does not accept the token: it is missing, wrong or expired",
        ),
        403 => (FailureKind::Forbidden, "The token's user lacks the role for this"),
        404 => (FailureKind::Server, "There is nothing at this address"),
        429 => (FailureKind::Throttled, "Too many requests"),
        500.. => (FailureKind::Server, "The server has a problem"),
        _ => (FailureKind::Server, "The server refused"),
    };
    let complaint = complaint.trim();
    let message = [
        words,
        " (HTTP ",
        &status.to_string(),
        ")",
        if complaint.is_empty() { "." } else { ": " },
        complaint,
    ];
    Failure::new(kind, message.concat()).with_status(status)
}
