//! The one error of all handlers, and its response.

use std::time::Duration;

use axum::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::SpaceError;
use crate::identity::IdentityError;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ApiError {
    /// The token is missing, wrong or expired, in words.
    Unauthorized(&'static str),
    /// A webhook whose signature is missing or wrong.
    BadSignature,
    /// The member is known, but may not read this, in words.
    Forbidden(&'static str),
    /// The member has no such notification, or there is nothing at this address.
    NotFound,
    /// The address takes other methods only: these.
    WrongMethod(&'static str),
    /// Parameters or properties that cannot be used.
    Invalid(Vec<FieldError>),
    /// A body that cannot be read, in words.
    BadBody(String),
    /// A body that does not come to its end in time.
    BodyTimeout,
    /// A body of more than so many bytes.
    TooLarge(usize),
    /// Too many requests or streams of one member.
    TooMany { what: &'static str, retry_after: Duration },
    /// The gateway cannot answer now.
    Unavailable { why: &'static str, retry_after: Duration },
    /// A mistake in this program.
    Internal,
}

/// What is wrong with one parameter or property.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct FieldError {
    attempted_value: Option<String>,
    message: String,
    property_name: &'static str,
}

impl FieldError {
    pub(crate) fn new(name: &'static str, attempted: Option<&str>, message: impl Into<String>) -> Self {
        /// Longer values are not repeated whole.
        const SHOWN: usize = 100;
        let attempted_value = attempted.map(|value| value.chars().take(SHOWN).collect());
        Self { attempted_value, message: message.into(), property_name: name }
    }
}

/// The envelope that the vendor puts around the outcome of a write, and which the widget reads errors from.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    status: u16,
    message: String,
    value: Option<()>,
    was_successful: bool,
    errors: Option<&'a [FieldError]>,
}

impl From<SpaceError> for ApiError {
    fn from(error: SpaceError) -> Self {
        match error {
            SpaceError::NotKnownYet { retry_after } => {
                Self::Unavailable { why: "The list is not known yet: it is being fetched from Nexudus.", retry_after }
            }
            SpaceError::Store(error) => {
                tracing::error!(%error, "the store does not answer");
                Self::Unavailable { why: "The store does not answer.", retry_after: Duration::from_secs(5) }
            }
        }
    }
}

impl From<IdentityError> for ApiError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Rejected(why) => Self::Unauthorized(why),
            IdentityError::NoProfile => Self::Forbidden("The token's user has no profile in this space."),
            IdentityError::Unavailable { retry_after } => {
                Self::Unavailable { why: "Whose token this is cannot be found out now.", retry_after }
            }
        }
    }
}

impl ApiError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Unauthorized(_) | Self::BadSignature => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::WrongMethod(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Invalid(_) | Self::BadBody(_) => StatusCode::BAD_REQUEST,
            Self::BodyTimeout => StatusCode::REQUEST_TIMEOUT,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable { .. } => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::Unauthorized(why) | Self::Forbidden(why) => (*why).to_owned(),
            Self::BadSignature => "The signature is missing or does not fit the body and the secret.".into(),
            Self::NotFound => "There is no such notification, or nothing at this address.".into(),
            Self::WrongMethod(allowed) => format!("This address takes {allowed}."),
            Self::Invalid(errors) => {
                let lines = errors.iter().map(|error| format!("{}: {}", error.property_name, error.message));
                lines.collect::<Vec<_>>().join(", ")
            }
            Self::BadBody(why) => why.clone(),
            Self::BodyTimeout => "The body did not come to its end in time.".into(),
            Self::TooLarge(most) => format!("The body is larger than {} KiB.", most / 1024),
            Self::TooMany { what, .. } => format!("Too many {what} of one member: wait as Retry-After says."),
            Self::Unavailable { why, .. } => format!("{why} Try again as Retry-After says."),
            Self::Internal => "Something went wrong in the gateway.".into(),
        }
    }

    fn header(&self) -> Option<(axum::http::HeaderName, HeaderValue)> {
        match self {
            Self::Unauthorized(_) => Some((WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::BadSignature => Some((WWW_AUTHENTICATE, HeaderValue::from_static("Nexudus-Hook-Signature"))),
            Self::WrongMethod(allowed) => Some((ALLOW, HeaderValue::from_static(allowed))),
            Self::TooMany { retry_after, .. } | Self::Unavailable { retry_after, .. } => {
                // Whole seconds, rounded up: an earlier request would be refused again.
                let seconds = retry_after.as_millis().div_ceil(1000).max(1);
                HeaderValue::try_from(seconds.to_string()).ok().map(|value| (RETRY_AFTER, value))
            }
            _ => None,
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let errors = match &self {
            Self::Invalid(errors) => Some(errors.as_slice()),
            _ => None,
        };
        let body =
            Body { status: status.as_u16(), message: self.message(), value: None, was_successful: false, errors };
        // Texts, numbers and booleans always have a JSON form.
        let json = serde_json::to_vec(&body).unwrap_or_default();
        let mut response = (status, [(CONTENT_TYPE, "application/json")], json).into_response();
        response.headers_mut().extend(self.header());
        response
    }
}
