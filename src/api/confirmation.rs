//! Answers to writes: the envelope that the vendor calls ActionConfirmation.

use std::fmt;

use super::{body, status::refusal};
use crate::{
    error::Failure,
    json::{self, Object, Raw},
    model::NotificationId,
};

/// A write that was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Confirmation {
    /// The record that was written, where the answer says so.
    pub id: Option<NotificationId>,
    /// What the server says, for people.
    pub message: String,
}

/// A write that was not done: why, and which fields are to blame.
///
/// The operator `?` turns it into a plain [`Failure`] where the fields do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub failure: Failure,
    /// What is wrong with each field; empty if the reason is another.
    pub errors: Vec<ValidationError>,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidationError {
    /// The field, by the API's name (`PropertyName`).
    pub property: String,
    /// What is wrong with it, as in `is a required field`.
    pub message: String,
    /// The refused value, as text or JSON.
    pub attempted: Option<String>,
}

/// Reads the answer to a create or update. Some endpoints say `WasSuccessful: false` under HTTP 200: that is an error.
/// A success without a body, such as 204, is an empty confirmation.
///
/// ```
/// use coworker_notifications::api::decode_confirmation;
///
/// let body = r#"{"Message": "Message: is a required field", "Value": null, "WasSuccessful": false,
///     "Errors": [{"AttemptedValue": null, "Message": "is a required field", "PropertyName": "Message"}]}"#;
/// let rejected = decode_confirmation(200, body).unwrap_err();
/// assert_eq!(rejected.failure.message, "The server refused (HTTP 200): Message: is a required field");
/// assert_eq!(rejected.errors[0].property, "Message");
/// ```
pub fn decode_confirmation(status: u16, body: &str) -> Result<Confirmation, Rejected> {
    // The status alone says that the write is done.
    if (200..300).contains(&status) && body::trim(body).is_empty() {
        return Ok(Confirmation::default());
    }
    let envelope = body::object(status, body, "a confirmation")?;
    refuse(status, &envelope)?;
    Ok(Confirmation { id: id(&envelope), message: message(&envelope) })
}

/// `Err` if this is an envelope that says the call failed.
pub(super) fn refuse(status: u16, envelope: &Object<'_>) -> Result<(), Rejected> {
    let errors = errors(envelope);
    let failed = match envelope.get("WasSuccessful").and_then(json::boolean) {
        Some(was_successful) => !was_successful,
        None => !errors.is_empty(),
    };
    if !failed {
        return Ok(());
    }
    let failure = refusal(status, &complaint(message(envelope), &errors));
    Err(Rejected { failure, errors })
}

/// The message and the wrong fields in the body of an error answer, if it has any. Some endpoints answer with the
/// message alone, as a JSON string.
pub(super) fn blame(body: &str) -> (String, Vec<ValidationError>) {
    let Ok(value) = Raw::parse(body::trim(body)) else { return Default::default() };
    let Some(envelope) = Object::of(value) else {
        let message = json::text(value).filter(|_| value.get().starts_with('"'));
        return (message.unwrap_or_default(), Vec::new());
    };
    let errors = errors(&envelope);
    (complaint(message(&envelope), &errors), errors)
}

/// The message; if there is none, one made from the errors.
fn complaint(message: String, errors: &[ValidationError]) -> String {
    if !message.trim().is_empty() {
        return message;
    }
    let mut words = String::new();
    for error in errors {
        if !words.is_empty() {
            words.push_str(", ");
        }
        words.push_str(&error.to_string());
    }
    words
}

fn message(envelope: &Object<'_>) -> String {
    envelope.get("Message").and_then(json::text).unwrap_or_default()
}

fn errors(envelope: &Object<'_>) -> Vec<ValidationError> {
    let items = envelope.get("Errors").and_then(json::array).unwrap_or_default();
    items.into_iter().filter_map(Object::of).map(|error| validation_error(&error)).collect()
}

fn validation_error(error: &Object<'_>) -> ValidationError {
    let text = |name| error.get(name).and_then(json::text).unwrap_or_default();
    let attempted = error.get("AttemptedValue");
    ValidationError {
        property: text("PropertyName"),
        message: text("Message"),
        attempted: attempted.map(|value| json::text(value).unwrap_or_else(|| value.get().to_owned())),
    }
}

/// `"Value": {"Id": 7}`, or `"Value": 7`.
fn id(envelope: &Object<'_>) -> Option<NotificationId> {
    let value = envelope.get("Value")?;
    let id = match Object::of(value) {
        Some(object) => object.get("Id")?,
        None => value,
    };
    json::integer(id).map(NotificationId)
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Self {
        Self { failure, errors: Vec::new() }
    }
}

impl From<Rejected> for Failure {
    fn from(rejected: Rejected) -> Self {
        rejected.failure
    }
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.failure.fmt(f)
    }
}

impl std::error::Error for Rejected {}

impl fmt::Display for ValidationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.property)?;
        f.write_str(": ")?;
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FailureKind;

    fn confirmed(body: &str) -> Confirmation {
        decode_confirmation(200, body).unwrap()
    }

    #[test]
    fn a_confirmation_names_the_record() {
        for body in [
            r#"{"Status": 200, "Message": "Done.", "Value": {"Id": 7}, "WasSuccessful": true, "Errors": null}"#,
            r#"{"Message": "Done.", "Value": {"Id": "7"}, "WasSuccessful": "true", "Errors": []}"#,
            r#"{"Message": "Done.", "Value": 7}"#,
        ] {
            let expected = Confirmation { id: Some(NotificationId(7)), message: "Done.".into() };
            assert_eq!(confirmed(body), expected, "{body}");
        }
        assert_eq!(confirmed(r#"{"WasSuccessful": true, "Value": null}"#), Confirmation::default());
    }

    #[test]
    fn failure_under_http_200_is_a_failure() {
        let rejected = decode_confirmation(200, r#"{"Message": "Try later.", "WasSuccessful": false}"#).unwrap_err();
        assert_eq!(rejected.failure.kind, FailureKind::Server);
        assert_eq!(rejected.failure.status, Some(200));
        assert!(!rejected.failure.is_transient());
        assert_eq!(rejected.to_string(), "The server refused (HTTP 200): Try later.");
        assert_eq!(rejected.errors, []);
    }

    #[test]
    fn errors_are_reachable_by_property() {
        let body = r#"{"Message": "", "WasSuccessful": false, "Errors": [
            {"AttemptedValue": "", "Message": "is a required field", "PropertyName": "Message"},
            {"AttemptedValue": {"a": 1}, "Message": "is not a number", "PropertyName": "EntityId"},
            "not an error"
        ]}"#;
        let rejected = decode_confirmation(200, body).unwrap_err();
        assert_eq!(
            rejected.failure.message,
            "The server refused (HTTP 200): Message: is a required field, EntityId: is not a number"
        );
        let [first, second] = rejected.errors.as_slice() else { panic!("{rejected:?}") };
        assert_eq!((first.property.as_str(), first.attempted.as_deref()), ("Message", Some("")));
        assert_eq!((second.property.as_str(), second.attempted.as_deref()), ("EntityId", Some(r#"{"a": 1}"#)));
        let failure = rejected.failure.clone();
        assert_eq!(Failure::from(rejected), failure);
    }

    #[test]
    fn errors_without_a_verdict_are_a_failure() {
        let body = r#"{"Errors": [{"Message": "is a required field", "PropertyName": "Message"}]}"#;
        assert!(decode_confirmation(200, body).is_err());
    }

    #[test]
    fn success_without_a_body_is_a_confirmation() {
        for (status, body) in [(204, ""), (200, ""), (200, " \r\n"), (202, "\u{feff}")] {
            assert_eq!(decode_confirmation(status, body), Ok(Confirmation::default()), "{status} {body:?}");
        }
        let rejected = decode_confirmation(404, "").unwrap_err();
        assert!(rejected.failure.message.contains("is empty where a confirmation was expected"), "{rejected}");
    }

    #[test]
    fn what_is_no_confirmation_is_told() {
        for (body, words) in [
            ("<html>", "is an HTML page"),
            ("{\"Status\": 2", "breaks off"),
            ("Done.", "is not JSON"),
            ("true", "is JSON, but not a confirmation"),
        ] {
            let rejected = decode_confirmation(200, body).unwrap_err();
            assert_eq!(rejected.failure.kind, FailureKind::Decode);
            assert!(rejected.failure.message.contains(words), "{rejected}");
        }
    }
}
