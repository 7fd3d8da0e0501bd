//! The record on the wire, and how it turns into a [`Notification`] and back.

use serde::Serialize;

use super::{Draft, body::excerpt};
use crate::{
    json::{self, Object, Raw},
    model::{CoworkerId, EntityId, Notification, NotificationId, Timestamp, format_timestamp, parse_timestamp},
};

/// Reads a record: the notification, or the reason why there is none.
///
/// A field that decides what is shown, or that an update writes back, must be readable if it is there. A field that
/// only informs (`UniqueId`, `UpdatedBy`, `IsNew`, `SystemId`) never makes a record unreadable.
pub(super) fn read(record: &Object<'_>) -> Result<Notification, String> {
    let whole = |name| field(record, name, json::integer, "a whole number");
    let text = |name| field(record, name, json::text, "a text");
    let date = |name| field(record, name, date, "a date as in 2025-01-10T08:00:00Z");
    let note = |name| record.get(name).and_then(json::text);
    Ok(Notification {
        id: NotificationId(whole("Id")?.ok_or("Id is missing where a whole number is needed")?),
        unique_id: note("UniqueId").unwrap_or_default(),
        coworker: CoworkerId(whole("CoworkerId")?.unwrap_or_default()),
        message: text("Message")?.unwrap_or_default(),
        kind: text("NotificationType")?.unwrap_or_default().into(),
        entity: EntityId(whole("EntityId")?.unwrap_or_default()),
        is_dismissed: field(record, "IsDismissed", json::boolean, "true or false")?.unwrap_or_default(),
        // Some endpoints also send an empty text for "never".
        created: date("CreatedOn")?.flatten(),
        updated: date("UpdatedOn")?.flatten(),
        updated_by: note("UpdatedBy"),
        is_new: record.get("IsNew").and_then(json::boolean).unwrap_or_default(),
        system_id: note("SystemId"),
    })
}

/// The id alone, to name a record that cannot be read.
pub(super) fn id(record: &Object<'_>) -> Option<NotificationId> {
    json::integer(record.get("Id")?).map(NotificationId)
}

/// A field that may be missing; otherwise it must be `right`.
fn field<T>(record: &Object<'_>, name: &str, read: fn(Raw<'_>) -> Option<T>, right: &str) -> Result<Option<T>, String> {
    let Some(value) = record.get(name) else {
        return Ok(None);
    };
    match read(value) {
        Some(value) => Ok(Some(value)),
        None => Err([name, " is ", &excerpt(value.get()), " where ", right, " is needed"].concat()),
    }
}

/// A date, or an empty text.
fn date(value: Raw<'_>) -> Option<Option<Timestamp>> {
    let text = json::said(value)?;
    if text.trim().is_empty() { Some(None) } else { parse_timestamp(&text).map(Some) }
}

/// A record as it is written, for the page and for round trips.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Written<'a> {
    id: i64,
    unique_id: &'a str,
    coworker_id: i64,
    message: &'a str,
    notification_type: &'a str,
    entity_id: i64,
    is_dismissed: bool,
    created_on: Option<String>,
    updated_on: Option<String>,
    updated_by: Option<&'a str>,
    is_new: bool,
    system_id: Option<&'a str>,
}

impl<'a> From<&'a Notification> for Written<'a> {
    fn from(notification: &'a Notification) -> Self {
        Self {
            id: notification.id.0,
            unique_id: &notification.unique_id,
            coworker_id: notification.coworker.0,
            message: &notification.message,
            notification_type: notification.kind.as_str(),
            entity_id: notification.entity.0,
            is_dismissed: notification.is_dismissed,
            created_on: notification.created.map(format_timestamp),
            updated_on: notification.updated.map(format_timestamp),
            updated_by: notification.updated_by.as_deref(),
            is_new: notification.is_new,
            system_id: notification.system_id.as_deref(),
        }
    }
}

/// Writes a notification as JSON with the API's field names.
///
/// ```
/// use coworker_notifications::api::{decode_record, encode_record};
///
/// let notification = decode_record(200, r#"{"Id": "7", "Message": "Hello"}"#)?;
/// assert_eq!(decode_record(200, &encode_record(&notification))?, notification);
/// # Ok::<(), coworker_notifications::error::Failure>(())
/// ```
pub fn encode_record(notification: &Notification) -> String {
    write(&Written::from(notification))
}

/// Writes notifications as a JSON array of records with the API's field names.
pub fn encode_list<'a>(notifications: impl IntoIterator<Item = &'a Notification>) -> String {
    let mut list = String::from("[");
    for notification in notifications {
        if list.len() > 1 {
            list.push(',');
        }
        list.push_str(&encode_record(notification));
    }
    list.push(']');
    list
}

/// The body of a create or update.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct WrittenDraft<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    coworker_id: i64,
    message: &'a str,
    notification_type: &'a str,
    entity_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_dismissed: Option<bool>,
}

pub(super) fn encode_draft(id: Option<NotificationId>, draft: &Draft) -> String {
    write(&WrittenDraft {
        id: id.map(|id| id.0),
        coworker_id: draft.coworker.0,
        message: &draft.message,
        notification_type: draft.kind.as_str(),
        entity_id: draft.entity.0,
        is_dismissed: draft.is_dismissed,
    })
}

fn write(value: &impl Serialize) -> String {
    // Structs of texts, numbers and booleans always have a JSON form.
    serde_json::to_string(value).unwrap_or_default()
}
