//! Answers to writes: the envelope that the vendor calls ActionConfirmation.

use std::fmt;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{answer, json};
use crate::{error::Failure, model::NotificationId};

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
/// Turns into a plain [`Failure`] with `?` where the fields do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// Why.
    pub failure: Failure,
    /// What is wrong with each field; empty when the reason is another.
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

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    message: Option<&'a RawValue>,
    value: Option<&'a RawValue>,
    was_successful: Option<&'a RawValue>,
    errors: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Value<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PropertyError<'a> {
    #[serde(borrow)]
    attempted_value: Option<&'a RawValue>,
    message: Option<&'a RawValue>,
    property_name: Option<&'a RawValue>,
}

/// Reads the answer to a create or update. Some endpoints say `WasSuccessful: false` under HTTP 200: that is an error.
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
    const EXPECTED: &str = "a confirmation";
    let whole: &RawValue = json::body(status, body, EXPECTED)?;
    let envelope: Envelope<'_> = json::object(whole).ok_or_else(|| {
        json::decode_failure(
            status,
            &["is JSON, but not ", EXPECTED, ": ", &json::excerpt(whole.get())],
        )
    })?;
    envelope.check(status)?;
    Ok(Confirmation {
        id: envelope.id(),
        message: envelope.message(),
    })
}

/// `Err` if this body is an envelope that says the call failed.
pub(super) fn refuse(status: u16, body: &str) -> Result<(), Rejected> {
    envelope(body).map_or(Ok(()), |envelope| envelope.check(status))
}

/// What the body of an error answer says: its message and the fields it blames, as far as there are any.
pub(super) fn complaint(body: &str) -> (String, Vec<ValidationError>) {
    envelope(body)
        .map(|envelope| (envelope.complaint(), envelope.errors()))
        .unwrap_or_default()
}

fn envelope(body: &str) -> Option<Envelope<'_>> {
    json::object(serde_json::from_str(json::trim(body)).ok()?)
}

impl Envelope<'_> {
    fn check(&self, status: u16) -> Result<(), Rejected> {
        let errors = self.errors();
        let failed = match self.was_successful.and_then(json::boolean) {
            Some(was_successful) => !was_successful,
            None => !errors.is_empty(),
        };
        if !failed {
            return Ok(());
        }
        Err(Rejected {
            failure: answer::refusal(status, &self.complaint()),
            errors,
        })
    }

    fn message(&self) -> String {
        self.message.and_then(json::text).unwrap_or_default()
    }

    /// The message, or the same made from the errors where there is none.
    fn complaint(&self) -> String {
        let mut message = self.message();
        if message.trim().is_empty() {
            let errors: Vec<_> = self.errors().iter().map(ToString::to_string).collect();
            message = errors.join(", ");
        }
        message
    }

    fn errors(&self) -> Vec<ValidationError> {
        let items = self.errors.and_then(json::array).unwrap_or_default();
        let text = |value: Option<&RawValue>| value.and_then(json::text);
        let read = |error: PropertyError<'_>| ValidationError {
            property: text(error.property_name).unwrap_or_default(),
            message: text(error.message).unwrap_or_default(),
            attempted: error
                .attempted_value
                .map(|value| json::text(value).unwrap_or_else(|| value.get().to_owned())),
        };
        items
            .into_iter()
            .filter_map(|item| json::object(item).map(read))
            .collect()
    }

    fn id(&self) -> Option<NotificationId> {
        let value = self.value?;
        let id = match json::object::<Value<'_>>(value) {
            Some(object) => json::integer(object.id?),
            None => json::integer(value),
        };
        id.map(NotificationId)
    }
}

impl From<Failure> for Rejected {
    fn from(failure: Failure) -> Self {
        Self {
            failure,
            errors: Vec::new(),
        }
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
            let expected = Confirmation {
                id: Some(NotificationId(7)),
                message: "Done.".into(),
            };
            assert_eq!(confirmed(body), expected, "{body}");
        }
        assert_eq!(
            confirmed(r#"{"WasSuccessful": true, "Value": null}"#),
            Confirmation::default()
        );
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
        let [first, second] = rejected.errors.as_slice() else {
            panic!("{rejected:?}")
        };
        assert_eq!(
            (first.property.as_str(), first.attempted.as_deref()),
            ("Message", Some(""))
        );
        assert_eq!(
            (second.property.as_str(), second.attempted.as_deref()),
            ("EntityId", Some(r#"{"a": 1}"#))
        );
        let failure = rejected.failure.clone();
        assert_eq!(Failure::from(rejected), failure);
    }

    #[test]
    fn errors_without_a_verdict_are_a_failure() {
        let body = r#"{"Errors": [{"Message": "is a required field", "PropertyName": "Message"}]}"#;
        assert!(decode_confirmation(200, body).is_err());
    }

    #[test]
    fn what_is_no_confirmation_is_told() {
        for (body, words) in [
            ("", "is empty where a confirmation was expected"),
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
