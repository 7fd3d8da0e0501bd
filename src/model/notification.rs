//! One notification, decoded.

use super::{CoworkerId, EntityId, NotificationId, NotificationType, Timestamp};

/// A CoworkerNotification: a message of the system to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// `Id`.
    pub id: NotificationId,
    /// `UniqueId`, a GUID; empty when the server left it out.
    pub unique_id: String,
    /// `CoworkerId`.
    pub coworker: CoworkerId,
    /// `Message`: plain text, may be empty, is never HTML.
    pub message: String,
    /// `NotificationType`.
    pub kind: NotificationType,
    /// `EntityId`.
    pub entity: EntityId,
    /// `IsDismissed`.
    pub is_dismissed: bool,
    /// `CreatedOn`; `None`: the server does not say.
    pub created: Option<Timestamp>,
    /// `UpdatedOn`; `None`: the server does not say.
    pub updated: Option<Timestamp>,
    /// `UpdatedBy`: the e-mail of who last changed it.
    pub updated_by: Option<String>,
    /// `IsNew`: recently created, in the server's view.
    pub is_new: bool,
    /// `SystemId`: an external system's id.
    pub system_id: Option<String>,
}
