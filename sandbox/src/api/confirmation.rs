//! The envelope around the outcome of a write, which the vendor calls ActionConfirmation.

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::Value;

/// The outcome of a write.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct Confirmation {
    status: u16,
    message: String,
    value: Option<WrittenRecord>,
    was_successful: bool,
    errors: Option<Vec<FieldError>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenRecord {
    id: i64,
}

/// What is wrong with one property.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct FieldError {
    pub(crate) attempted_value: Value,
    pub(crate) message: String,
    pub(crate) property_name: &'static str,
}

impl Confirmation {
    /// `done` is what was done: "created", "updated", "deleted".
    pub(crate) fn success(id: i64, done: &str) -> Self {
        Self {
            status: StatusCode::OK.as_u16(),
            message: format!("CoworkerNotification {id} was successfully {done}."),
            value: Some(WrittenRecord { id }),
            was_successful: true,
            errors: None,
        }
    }

    pub(crate) fn refused(status: StatusCode, errors: Vec<FieldError>) -> Self {
        Self {
            status: status.as_u16(),
            message: Self::summary(&errors),
            value: None,
            was_successful: false,
            errors: Some(errors),
        }
    }

    /// A failure under HTTP status 200.
    pub(crate) fn failed(reason: &str) -> Self {
        Self {
            status: StatusCode::OK.as_u16(),
            message: reason.to_owned(),
            value: None,
            was_successful: false,
            errors: None,
        }
    }

    /// All errors in one line: `Message: is a required field, EntityId: is a required field`.
    pub(crate) fn summary(errors: &[FieldError]) -> String {
        let lines = errors.iter().map(|e| format!("{}: {}", e.property_name, e.message));
        lines.collect::<Vec<_>>().join(", ")
    }
}
