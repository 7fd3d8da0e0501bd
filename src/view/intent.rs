//! What a member wants, as the views say it.

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
    /// Hide one until then (milliseconds since the Unix epoch).
    Snooze(NotificationId, i64),
    /// List and count no more of the type of this one.
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
    /// Try the failed look at the server again, now.
    Retry,
    /// Try the failed dismissal of one notification again, now.
    RetryWrite(NotificationId),
    /// Load the next page.
    LoadMore,
    /// Ask the browser for permission to show system notifications.
    AllowAlerts,
}
