//! The record on the wire, and how it turns into a [`Notification`] and back.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Draft, json};
use crate::model::{CoworkerId, EntityId, Notification, NotificationId, Timestamp, format_timestamp, parse_timestamp};

/// A record as it arrives. Its values stay unread until each is asked for in the way it is needed: so one that cannot
/// be read says so by name, and those nobody asks for cost nothing.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Received<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    unique_id: Option<&'a RawValue>,
    coworker_id: Option<&'a RawValue>,
    message: Option<&'a RawValue>,
    notification_type: Option<&'a RawValue>,
    entity_id: Option<&'a RawValue>,
    is_dismissed: Option<&'a RawValue>,
    created_on: Option<&'a RawValue>,
    updated_on: Option<&'a RawValue>,
    updated_by: Option<&'a RawValue>,
    is_new: Option<&'a RawValue>,
    system_id: Option<&'a RawValue>,
}

impl Received<'_> {
    /// The id alone, to name a record that cannot be read.
    pub(super) fn id(&self) -> Option<NotificationId> {
        json::integer(self.id?).map(NotificationId)
    }

    /// The notification, or why there is none in words.
    ///
    /// Whatever decides what is shown, or is written back by an update, must be readable where it is there. What merely
    /// informs (`UniqueId`, `UpdatedBy`, `IsNew`, `SystemId`) never costs a record.
    pub(super) fn notification(&self) -> Result<Notification, String> {
        let id = required("Id", self.id, json::integer, WHOLE)?;
        Ok(Notification {
            id: NotificationId(id),
            unique_id: self.unique_id.and_then(json::text).unwrap_or_default(),
            coworker: CoworkerId(optional("CoworkerId", self.coworker_id, json::integer, WHOLE)?.unwrap_or_default()),
            message: optional("Message", self.message, json::text, TEXT)?.unwrap_or_default(),
            kind: optional("NotificationType", self.notification_type, json::text, TEXT)?
                .unwrap_or_default()
                .into(),
            entity: EntityId(optional("EntityId", self.entity_id, json::integer, WHOLE)?.unwrap_or_default()),
            is_dismissed: optional("IsDismissed", self.is_dismissed, json::boolean, BOOLEAN)?.unwrap_or_default(),
            created: date("CreatedOn", self.created_on)?,
            updated: date("UpdatedOn", self.updated_on)?,
            updated_by: self.updated_by.and_then(json::text),
            is_new: self.is_new.and_then(json::boolean).unwrap_or_default(),
            system_id: self.system_id.and_then(json::text),
        })
    }
}

const WHOLE: &str = "a whole number";
const TEXT: &str = "a text";
const BOOLEAN: &str = "true or false";

fn required<T>(
    name: &str,
    value: Option<&RawValue>,
    read: fn(&RawValue) -> Option<T>,
    right: &str,
) -> Result<T, String> {
    match optional(name, value, read, right)? {
        Some(value) => Ok(value),
        None => Err([name, " is missing where ", right, " is needed"].concat()),
    }
}

fn optional<T>(
    name: &str,
    value: Option<&RawValue>,
    read: fn(&RawValue) -> Option<T>,
    right: &str,
) -> Result<Option<T>, String> {
    let Some(value) = value else { return Ok(None) };
    match read(value) {
        Some(value) => Ok(Some(value)),
        None => Err([
            name,
            " is ",
            &json::excerpt(value.get()),
            " where ",
            right,
            " is needed",
        ]
        .concat()),
    }
}

fn date(name: &str, value: Option<&RawValue>) -> Result<Option<Timestamp>, String> {
    // An empty text is how some endpoints say "never".
    let value = value.filter(|value| json::text(value).is_none_or(|text| !text.trim().is_empty()));
    let read = |value: &RawValue| json::text(value).as_deref().and_then(parse_timestamp);
    optional(name, value, read, "a date as in 2025-01-10T08:00:00Z")
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
