//! What a view gets of a feed: its state at one moment, cheap to copy and to compare.

use std::rc::Rc;

use super::{View, notifications::Notifications};
use crate::{
    error::Failure,
    model::{NotificationId, NotificationType},
    sorted::SortedMap,
};

/// The feed as a view draws it. Two snapshots with the same `revision` of the same feed are equal.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// Goes up by one whenever anything below changes.
    pub revision: u64,
    /// The feed in one word, as the element's `status` says it.
    pub status: Status,
    /// Why there is no feed yet; `None` once token and coworker are known.
    pub waiting: Option<Waiting>,
    /// A first list has arrived: an empty `notifications` means there are none.
    pub loaded: bool,
    /// Undismissed notifications on all pages; `None` until known.
    pub count: Option<u32>,
    /// Which list the member looks at.
    pub view: View,
    /// The other list; empty until [`View::Dismissed`] is looked at for the first time.
    pub dismissed: Dismissed,
    /// The types of all that has been seen, listed or not, muted ones included.
    pub kinds: Rc<[NotificationType]>,
    /// The loaded, undismissed notifications, newest first.
    pub notifications: Notifications,
    /// The latest arrivals; a new `Rc` each time there are some.
    pub arrived: Rc<[NotificationId]>,
    /// More pages can be loaded.
    pub has_more: bool,
    /// A further page is on its way.
    pub loading_more: bool,
    /// The first page is being read (again).
    pub refreshing: bool,
    /// Why the last pull failed.
    pub problem: Option<Problem>,
    /// Notifications whose dismissal (or restoring) failed: they are back in the list.
    pub failed: Rc<SortedMap<NotificationId, Failure>>,
    /// Dismissals that can still be undone, oldest first.
    pub undo: Rc<[UndoBatch]>,
    /// How far "dismiss all" has come.
    pub progress: Option<Progress>,
    /// When this tab or another one last pulled, in milliseconds since the Unix epoch by this device's clock.
    pub last_pull: Option<f64>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision && self.waiting == other.waiting && self.status == other.status
    }
}

impl Snapshot {
    /// Whether there are notifications, but none of them could be read.
    pub fn is_unreadable(&self) -> bool {
        self.loaded && self.notifications.is_empty() && !self.has_more && self.count > Some(0)
    }

    /// Whether a view would draw both the same. The time of the last pull is left out: it alone is no reason to draw.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        // Moments are converted between clocks each time, so equal ones may differ by a rounding.
        let near = |a: f64, b: f64| (a - b).abs() < 50.0;
        let problems = match (&self.problem, &other.problem) {
            (Some(a), Some(b)) => {
                a.failure == b.failure
                    && match (a.retry_at, b.retry_at) {
                        (Some(a), Some(b)) => near(a, b),
                        (a, b) => a == b,
                    }
            }
            (a, b) => a.is_none() && b.is_none(),
        };
        problems
            && self.status == other.status
            && self.waiting == other.waiting
            && self.loaded == other.loaded
            && self.count == other.count
            && self.notifications.is_same(&other.notifications)
            && self.has_more == other.has_more
            && self.loading_more == other.loading_more
            && self.refreshing == other.refreshing
            && Rc::ptr_eq(&self.failed, &other.failed)
            && self.undo.len() == other.undo.len()
            && self.undo.iter().zip(other.undo.iter()).all(|(a, b)| a.batch == b.batch && a.count == b.count)
            && self.progress == other.progress
            && self.view == other.view
            && self.dismissed.loaded == other.dismissed.loaded
            && self.dismissed.notifications.is_same(&other.dismissed.notifications)
            && self.dismissed.has_more == other.dismissed.has_more
            && self.dismissed.loading == other.dismissed.loading
            && self.dismissed.problem == other.dismissed.problem
            && Rc::ptr_eq(&self.kinds, &other.kinds)
    }
}

/// What is dismissed or snoozed, as a view draws it.
#[derive(Debug, Clone, Default)]
pub struct Dismissed {
    /// A first list has arrived: an empty `notifications` means there are none.
    pub loaded: bool,
    /// Newest first: dismissed on the server, in this browser only, or snoozed.
    pub notifications: Notifications,
    /// Those of them that are snoozed, and until when: milliseconds since the Unix epoch by this device's clock.
    pub snoozed: Rc<SortedMap<NotificationId, i64>>,
    /// More pages can be loaded.
    pub has_more: bool,
    /// The first or a further page is on its way.
    pub loading: bool,
    /// Why the last page could not be read.
    pub problem: Option<Failure>,
}

/// The element's `status`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Nothing has arrived yet.
    #[default]
    Loading,
    /// The list is up to date.
    Ready,
    /// The browser is offline; the list is what was last seen.
    Offline,
    /// The token is missing, wrong or expired.
    Unauthorized,
    /// The token's user lacks the role.
    Forbidden,
    /// Anything else.
    Error,
}

impl Status {
    /// The word in the element's `status` property.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Offline => "offline",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::Error => "error",
        }
    }
}

/// What the widget waits for before it can ask for anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Neither a `token` attribute nor a `tokenProvider`.
    Token,
    /// No `coworker-id`, and the portal has not named a coworker yet.
    Coworker,
}

/// A failed pull.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What went wrong.
    pub failure: Failure,
    /// When the next try starts by itself, in milliseconds since the Unix epoch by this device's clock;
    /// `None` where a person or a new token has to help, or the usual interval is soon enough.
    pub retry_at: Option<f64>,
}

/// What was done to the notifications of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Act {
    /// Dismissed.
    #[default]
    Dismissed,
    /// Snoozed.
    Snoozed,
}

/// One act of dismissing or snoozing, while it can be undone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UndoBatch {
    /// The number to give to [`super::Event::Undo`].
    pub batch: u32,
    /// What was done.
    pub act: Act,
    /// How many notifications it holds.
    pub count: u32,
    /// When the time to undo ends, in milliseconds since the Unix epoch by this device's clock.
    pub until: f64,
}

/// Writes of a "dismiss all".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Writes that have ended, successful or not.
    pub done: u32,
    /// All writes.
    pub total: u32,
}
