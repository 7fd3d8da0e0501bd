//! A stored notification: the record as Nexudus has it, and whether it is dismissed for the gateway's members.

use std::fmt;

use coworker_notifications::model::{Notification, NotificationId};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

/// A record with all fields that Nexudus sent, also those that this program does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    notification: Notification,
    json: Box<str>,
}

impl StoredRecord {
    /// `notification` was decoded from `json`. Whether it is dismissed here is `dismissed`, whatever Nexudus has.
    pub fn new(mut notification: Notification, json: &str, dismissed: bool) -> Self {
        let json = if notification.is_dismissed == dismissed { json.into() } else { with_dismissed(json, dismissed) };
        notification.is_dismissed = dismissed;
        Self { notification, json }
    }

    /// The record's id.
    pub fn id(&self) -> NotificationId {
        self.notification.id
    }

    /// The record, decoded. `is_dismissed` is what holds here, even if Nexudus does not have it yet.
    pub fn notification(&self) -> &Notification {
        &self.notification
    }

    /// The record as a JSON object. `IsDismissed` is what holds here, even if Nexudus does not have it yet.
    pub fn json(&self) -> &str {
        &self.json
    }
}

/// The same object with another `IsDismissed`, its other fields untouched and in their order.
fn with_dismissed(json: &str, dismissed: bool) -> Box<str> {
    const NAME: &str = "IsDismissed";
    let Ok(Fields(fields)) = serde_json::from_str(json) else {
        // Decoded records are always objects; anything else is returned unchanged.
        return json.into();
    };
    let value = if dismissed { "true" } else { "false" };
    let mut text = String::with_capacity(json.len() + 24);
    let mut push = |name: &str, value: &str| {
        text.push(if text.is_empty() { '{' } else { ',' });
        text.push_str(&serde_json::Value::from(name).to_string());
        text.push(':');
        text.push_str(value);
    };
    for (name, other) in fields.iter().filter(|(name, _)| name != NAME) {
        push(name, other.get());
    }
    push(NAME, value);
    text.push('}');
    text.into()
}

/// An object's fields in their order. Their values are not parsed.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a record")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::with_capacity(16);
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use coworker_notifications::api::decode_record;

    use super::StoredRecord;

    fn record(json: &str, dismissed: bool) -> StoredRecord {
        StoredRecord::new(decode_record(200, json).unwrap(), json, dismissed)
    }

    #[test]
    fn a_record_that_is_dismissed_as_in_nexudus_is_unchanged() {
        let json = r#"{"Id":7, "IsDismissed":false,"CustomFields":{"a":[1.50]}}"#;
        assert_eq!(record(json, false).json(), json);
    }

    #[test]
    fn a_local_dismissal_changes_that_field_alone() {
        let changed =
            record(r#"{"Id":7,"IsDismissed":false,"Message":"\"x\"","CustomFields":{"IsDismissed":0}}"#, true);
        assert_eq!(changed.json(), r#"{"Id":7,"Message":"\"x\"","CustomFields":{"IsDismissed":0},"IsDismissed":true}"#);
        assert!(changed.notification().is_dismissed);
        assert!(decode_record(200, changed.json()).unwrap().is_dismissed);
    }

    #[test]
    fn a_missing_field_is_added_and_a_repeated_one_is_not_kept() {
        assert_eq!(record(r#"{"Id":7}"#, true).json(), r#"{"Id":7,"IsDismissed":true}"#);
        assert_eq!(
            record(r#"{"IsDismissed":true,"Id":7,"IsDismissed":true}"#, false).json(),
            r#"{"Id":7,"IsDismissed":false}"#
        );
    }
}
