//! The intents of a member, as the views report them.

use crate::{config::View, model::NotificationId};

/// Everything a member can ask of the widget by pressing, swiping or typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Open the panel.
    Open,
    /// Close the panel; `refocus` when focus belongs back on the bell (Escape, the close button).
    Close {
        /// Give focus back to the bell.
        refocus: bool,
    },
    /// Go where the notification points.
    Select(NotificationId),
    /// Dismiss one.
    Dismiss(NotificationId),
    /// Hide one until this moment (milliseconds since the Unix epoch).
    Snooze(NotificationId, i64),
    /// Mute the type of this notification: it is neither listed nor counted any more.
    Mute(NotificationId),
    /// Take the latest muting back.
    Unmute,
    /// Bring a dismissed or snoozed one back.
    Restore(NotificationId),
    /// Look at this list.
    View(View),
    /// Dismiss all there are, on the server too (already confirmed).
    DismissAll,
    /// Take one act of dismissing back.
    Undo(u32),
    /// Repeat the failed request for the list now.
    Retry,
    /// Repeat the failed dismissal of one notification now.
    RetryWrite(NotificationId),
    /// Load the next page.
    LoadMore,
    /// Ask the browser for permission to show system notifications.
    AllowAlerts,
}
