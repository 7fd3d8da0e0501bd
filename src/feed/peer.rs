//! What tabs of one origin tell each other about a coworker's feed: facts, never a token.

use std::rc::Rc;

use crate::model::{Notification, NotificationId};

/// One fact, told by the tab that learnt or did it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A look at the newest notifications.
    Looked {
        /// When the look began, milliseconds since the Unix epoch by the device's clock.
        at: i64,
        /// `TotalItems`.
        total: u32,
        /// The newest undismissed notifications.
        newest: Vec<Rc<Notification>>,
        /// There are no others.
        all: bool,
    },
    /// Dismissed, with time to undo; that tab writes it.
    Dismissed(Vec<NotificationId>),
    /// Dismissed for this browser only.
    Kept(Vec<NotificationId>),
    /// The server has the dismissal.
    Written(NotificationId),
    /// Back in the list: undone, or its write failed.
    Returned(Vec<NotificationId>),
    /// Somebody wants it back: the tab that writes it takes it back.
    Restore(NotificationId),
}
