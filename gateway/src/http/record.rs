//! Requests for one notification: read it, dismiss it, restore it.

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use coworker_notifications::model::{CoworkerId, NotificationId};
use serde::Deserialize;
use serde_json::{Value, json};

use super::App;
use super::auth::{AuthenticatedMember, requested_profile};
use super::body::{self, LARGEST};
use super::error::{ApiError, FieldError};
use super::etag::Tag;
use super::list;

/// `GET /api/spaces/coworkernotifications/{id}`: the bare record.
pub(super) async fn one(
    AuthenticatedMember(member): AuthenticatedMember,
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    // A path segment that is not UTF-8 cannot be an id.
    let Ok(Path(id)) = id else { return Err(ApiError::NotFound) };
    let plain = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let id = plain.then(|| id.parse().ok()).flatten().map(NotificationId).ok_or(ApiError::NotFound)?;
    let records = app.space().by_ids(member.coworkers(), &[id]).await?;
    let record = records.first().ok_or(ApiError::NotFound)?;
    let tag = Tag::of_bytes(record.json().as_bytes());
    let mut response = tag.json_unless_known(&headers, record.json().to_owned());
    list::add_age(&mut response, app.space().age());
    Ok(response)
}

/// `PUT /api/spaces/coworkernotifications`: dismisses or restores. All else comes from the record as Nexudus has it.
pub(super) async fn put(
    AuthenticatedMember(member): AuthenticatedMember,
    State(app): State<App>,
    body: Body,
) -> Result<Response, ApiError> {
    let Change { id, dismissed, coworker } = Change::read(&body::whole(body, LARGEST).await?)?;
    // A request that names another member's profile is refused.
    requested_profile(&member, coworker)?;
    let changed = app.space().set_dismissed(member.coworkers(), id, dismissed).await?;
    let record = changed.ok_or(ApiError::NotFound)?;
    let action = if dismissed { "dismiss" } else { "restore" };
    let owner = record.notification().coworker.0;
    tracing::info!(target: "audit", coworker = owner, record = id.0, action, "a member has changed a notification");
    let confirmation = json!({
        "Status": 200,
        "Message": format!("CoworkerNotification {} was successfully updated.", id.0),
        "Value": { "Id": id.0 },
        "WasSuccessful": true,
        "Errors": null,
    });
    Ok(list::json(confirmation.to_string()))
}

/// What a `PUT` asks for.
#[derive(Debug, PartialEq)]
struct Change {
    id: NotificationId,
    dismissed: bool,
    coworker: Option<CoworkerId>,
}

/// The properties that are read. A repeated property is refused, because two readers could take different values.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Properties {
    id: Option<Value>,
    is_dismissed: Option<Value>,
    coworker_id: Option<Value>,
}

impl Change {
    fn read(body: &[u8]) -> Result<Self, ApiError> {
        let properties: Properties = serde_json::from_slice(body).map_err(|why| {
            ApiError::BadBody(format!("The body has to be a record in JSON, with Id and IsDismissed ({why})."))
        })?;
        let mut errors = Vec::new();
        let mut invalid = |name, value: &Option<Value>, right: &str| match value {
            None | Some(Value::Null) => errors.push(FieldError::new(name, None, "is a required field")),
            Some(value) => errors.push(FieldError::new(name, Some(&value.to_string()), format!("has to be {right}"))),
        };
        let id = properties.id.as_ref().and_then(Value::as_i64);
        if id.is_none() {
            invalid("Id", &properties.id, "a whole number");
        }
        let dismissed = properties.is_dismissed.as_ref().and_then(Value::as_bool);
        if dismissed.is_none() {
            invalid("IsDismissed", &properties.is_dismissed, "true or false");
        }
        let coworker = match &properties.coworker_id {
            None | Some(Value::Null) => None,
            Some(value) => {
                let id = value.as_i64();
                if id.is_none() {
                    invalid("CoworkerId", &properties.coworker_id, "a whole number");
                }
                // Clients write 0 if they do not know the record's coworker.
                id.filter(|id| *id != 0).map(CoworkerId)
            }
        };
        match (id, dismissed) {
            (Some(id), Some(dismissed)) if errors.is_empty() => {
                Ok(Self { id: NotificationId(id), dismissed, coworker })
            }
            _ => Err(ApiError::Invalid(errors)),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    #[test]
    fn id_and_dismissal_are_read_and_the_rest_is_not() {
        let body = br#"{"Id":7,"IsDismissed":true,"CoworkerId":1,"Message":"Changed","UpdatedBy":"me","EntityId":"x"}"#;
        let change = Change::read(body).unwrap();
        assert_eq!(change, Change { id: NotificationId(7), dismissed: true, coworker: Some(CoworkerId(1)) });
        assert!(!Change::read(br#"{"Id":7,"IsDismissed":false,"CoworkerId":0}"#).unwrap().dismissed);
    }

    #[test]
    fn what_cannot_be_used_is_a_400() {
        for body in [
            "",
            "null",
            "[]",
            "7",
            "{",
            "{}",
            r#"{"Id":7}"#,
            r#"{"IsDismissed":true}"#,
            r#"{"Id":"7","IsDismissed":true}"#,
            r#"{"Id":7,"IsDismissed":"true"}"#,
            r#"{"Id":7,"IsDismissed":1}"#,
            r#"{"Id":7.5,"IsDismissed":true}"#,
            r#"{"Id":7,"Id":8,"IsDismissed":true}"#,
            r#"{"Id":7,"IsDismissed":true,"IsDismissed":false}"#,
            r#"{"Id":7,"IsDismissed":true,"CoworkerId":"1002"}"#,
            r#"{"id":7,"isDismissed":true}"#,
            r#"{"Id":99999999999999999999,"IsDismissed":true}"#,
            "\u{feff}{\"Id\":7,\"IsDismissed\":true}",
        ] {
            assert_eq!(Change::read(body.as_bytes()).unwrap_err().status(), StatusCode::BAD_REQUEST, "{body}");
        }
    }
}
