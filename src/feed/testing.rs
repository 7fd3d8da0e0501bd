//! Records for the tests of this module.

use chrono::DateTime;

use crate::model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType};

/// Notification `id`, created `minute` minutes into 2025.
pub(crate) fn note(id: i64, minute: i64) -> Notification {
    Notification {
        id: NotificationId(id),
        unique_id: String::new(),
        coworker: CoworkerId(1001),
        message: format!("message {id}"),
        kind: NotificationType::from("blog"),
        entity: EntityId(id * 10),
        is_dismissed: false,
        created: DateTime::from_timestamp(1_735_689_600 + minute * 60, 0),
        updated: None,
        updated_by: None,
        is_new: false,
        system_id: None,
    }
}
