//! What an HTTP status means.

use crate::error::{Failure, FailureKind};

/// The failure that a status means, with what the server says about it.
pub(super) fn refusal(status: u16, complaint: &str) -> Failure {
    let (kind, words) = match status {
        401 => (FailureKind::Unauthorized, "The API does not accept the token: it is missing, wrong or expired"),
        403 => (FailureKind::Forbidden, "The token's user lacks the role for this"),
        404 => (FailureKind::Server, "There is nothing at this address"),
        409 | 429 => (FailureKind::Throttled, "Too many requests"),
        500.. => (FailureKind::Server, "The server has a problem"),
        _ => (FailureKind::Server, "The server refused"),
    };
    let complaint = complaint.trim();
    let message =
        [words, " (HTTP ", &status.to_string(), ")", if complaint.is_empty() { "." } else { ": " }, complaint];
    Failure::new(kind, message.concat()).with_status(status)
}
