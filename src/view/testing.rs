//! Notifications for tests.

use crate::model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType, Timestamp};

pub(crate) fn note(id: i64, kind: &str, seconds: Option<i64>) -> Notification {
    Notification {
        id: NotificationId(id),
        unique_id: String::new(),
        coworker: CoworkerId(1001),
        message: String::new(),
        kind: NotificationType::from(kind),
        entity: EntityId(1),
        is_dismissed: false,
        created: seconds.and_then(|seconds| Timestamp::from_timestamp(seconds, 0)),
        updated: None,
        updated_by: None,
        is_new: false,
        system_id: None,
    }
}
