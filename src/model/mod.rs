//! The typed domain: what a notification is, independent of the API's format and of the views.

mod id;
mod kind;
mod link;
mod notification;
mod time;

pub use id::{CoworkerId, EntityId, NotificationId};
pub use kind::{Meaning, NotificationType, Tone};
pub use link::{Link, LinkProblem, LinkTemplates};
pub use notification::Notification;
pub use time::{Timestamp, format_minute, format_timestamp, parse_timestamp};
