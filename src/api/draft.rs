//! The data of a write: a new notification, or new values for one.

use crate::model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType};

/// A notification that does not exist yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// `CoworkerId`
    pub coworker: CoworkerId,
    /// `Message`
    pub message: String,
    /// `NotificationType`
    pub kind: NotificationType,
    /// `EntityId`
    pub entity: EntityId,
    /// `IsDismissed`; `None` leaves it to the server.
    pub is_dismissed: Option<bool>,
}

/// New values for a notification: the API wants all required fields, changed or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    /// `Id`
    pub id: NotificationId,
    /// The fields.
    pub fields: Draft,
}

impl Update {
    /// The notification with another `IsDismissed`.
    pub fn dismissed(notification: &Notification, is_dismissed: bool) -> Self {
        Self {
            id: notification.id,
            fields: Draft {
                coworker: notification.coworker,
                message: notification.message.clone(),
                kind: notification.kind.clone(),
                entity: notification.entity,
                is_dismissed: Some(is_dismissed),
            },
        }
    }

    /// Sets the coworker, where the record had none.
    #[must_use]
    pub fn of(mut self, coworker: CoworkerId) -> Self {
        if self.fields.coworker.0 <= 0 {
            self.fields.coworker = coworker;
        }
        self
    }
}
