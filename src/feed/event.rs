//! Everything that can happen to a feed.

use super::{Settings, peer::Message};
use crate::{
    api::Page,
    config::View,
    error::Failure,
    model::{Notification, NotificationId},
};

/// Names a request, so that a late answer finds its way or is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// Somebody waiting for a pull to end (a promise of the element).
pub type Waiter = u32;

/// What the server's stream says. It is a hint only: what is shown comes from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEvent {
    /// It is open: polling rests.
    Opened,
    /// Something is different on the server.
    Changed {
        /// How many are undismissed now, if it says so.
        total: Option<u32>,
        /// The newest one's id, if it says so.
        newest: Option<NotificationId>,
    },
    /// It has ended, or could not be opened.
    Ended {
        /// How long the server asks to be left alone (milliseconds).
        retry_after: Option<u64>,
    },
}

/// One input. The feed changes by nothing else.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Begin: the first pull.
    Start,
    /// The moment that [`super::Feed::wake_at`] named has come.
    Wake,
    /// A list arrived, or did not.
    Listed {
        /// The request.
        ticket: Ticket,
        /// Its answer.
        result: Result<Box<Page>, Failure>,
    },
    /// Records asked for by id arrived, or did not.
    Fetched {
        /// The request.
        ticket: Ticket,
        /// Its answer.
        result: Result<Vec<Notification>, Failure>,
    },
    /// A write ended.
    Wrote {
        /// The record.
        id: NotificationId,
        /// How it ended.
        result: Result<(), Failure>,
    },
    /// The page was asked for a fresh token.
    Renewed(Result<(), Failure>),
    /// Pull everything that is loaded again.
    Refresh(Option<Waiter>),
    /// Load the next page.
    LoadMore(Option<Waiter>),
    /// Dismiss these; the unknown ones among them are ignored.
    Dismiss(Vec<NotificationId>),
    /// Dismiss all there are on the server: first learn which they are.
    DismissAll(Option<Waiter>),
    /// Take one act of dismissing back.
    Undo(u32),
    /// Bring one back, however far its dismissal has come.
    Restore(NotificationId),
    /// Hide these until then (milliseconds since the Unix epoch by the device's clock). Undone by [`Event::Undo`], ended
    /// early by [`Event::Restore`]; those that are not shown are ignored.
    Snooze {
        /// Which.
        ids: Vec<NotificationId>,
        /// When they come back.
        until: i64,
    },
    /// The member looks at this list: [`Event::LoadMore`] and [`Event::Refresh`] are about it, too.
    View(View),
    /// The stream that [`super::Command::Stream`] opened says something.
    Stream(StreamEvent),
    /// Try a failed write again.
    RetryWrite(NotificationId),
    /// The page is seen, or not.
    Visible(bool),
    /// The browser has a network, or not.
    Online(bool),
    /// This tab polls for all tabs of the origin, or another one does.
    Leading(bool),
    /// Another tab says something.
    Peer(Message),
    /// Attributes changed that need no new feed.
    Settings(Settings),
    /// The page goes away: what waits is sent now, as far as it may outlive the page.
    Leave,
    /// The element is gone, but the page lives: nobody can undo anything any more, and what waits is sent.
    Retire,
}
