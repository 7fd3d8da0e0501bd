//! The record on the wire, and how it turns into a [`Notification`] and back.

use super::{Draft, body::excerpt};
use crate::{
    json::{self, Object, Raw, object, quoted, quoted_or_null, truth},
    model::{CoworkerId, EntityId, Notification, NotificationId, Timestamp, format_timestamp, parse_timestamp},
};

/// Reads a record: the notification, or why there is none in words.
///
/// Whatever decides what is shown, or is written back by an update, must be readable where it is there. What merely
/// informs (`UniqueId`, `UpdatedBy`, `IsNew`, `SystemId`) never costs a record.
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
        // An empty text, too, is how some endpoints say "never".
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

/// A field that may be missing but must not be anything else than `right`.
fn field<T>(record: &Object<'_>, name: &str, read: fn(Raw<'_>) -> Option<T>, right: &str) -> Result<Option<T>, String> {
    let Some(value) = record.get(name) else {
        return Ok(None);
    };
    match read(value) {
        Some(value) => Ok(Some(value)),
        None => Err([name, " is ", &excerpt(value.get()), " where ", right, " is needed"].concat()),
    }
}

/// A date, or nothing in quotes.
fn date(value: Raw<'_>) -> Option<Option<Timestamp>> {
    let text = json::said(value)?;
    if text.trim().is_empty() { Some(None) } else { parse_timestamp(&text).map(Some) }
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
    let moment = |moment: Option<Timestamp>| quoted_or_null(moment.map(format_timestamp).as_deref());
    object(&[
        ("Id", notification.id.0.to_string()),
        ("UniqueId", quoted(&notification.unique_id)),
        ("CoworkerId", notification.coworker.0.to_string()),
        ("Message", quoted(&notification.message)),
        ("NotificationType", quoted(notification.kind.as_str())),
        ("EntityId", notification.entity.0.to_string()),
        ("IsDismissed", truth(notification.is_dismissed)),
        ("CreatedOn", moment(notification.created)),
        ("UpdatedOn", moment(notification.updated)),
        ("UpdatedBy", quoted_or_null(notification.updated_by.as_deref())),
        ("IsNew", truth(notification.is_new)),
        ("SystemId", quoted_or_null(notification.system_id.as_deref())),
    ])
}

/// Writes notifications as a JSON array of records with the API's field names.
pub fn encode_list<'a>(notifications: impl IntoIterator<Item = &'a Notification>) -> String {
    json::join(notifications.into_iter().map(encode_record))
}

/// The body of a create or update.
pub(super) fn encode_draft(id: Option<NotificationId>, draft: &Draft) -> String {
    let mut fields = vec![
        ("CoworkerId", draft.coworker.0.to_string()),
        ("Message", quoted(&draft.message)),
        ("NotificationType", quoted(draft.kind.as_str())),
        ("EntityId", draft.entity.0.to_string()),
    ];
    if let Some(id) = id {
        fields.insert(0, ("Id", id.0.to_string()));
    }
    if let Some(is_dismissed) = draft.is_dismissed {
        fields.push(("IsDismissed", truth(is_dismissed)));
    }
    object(&fields)
}
