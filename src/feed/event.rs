//! Everything that can happen to a feed.

use super::{Intent, Settings, peer::Message};
use crate::{
    api::Page,
    config::View,
    error::Failure,
    model::{Notification, NotificationId},
    sorted::SortedMap,
};

/// Names a request. An answer that carries the ticket of an earlier request is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u32);

/// Names a promise of the element that waits for a pull to end.
pub type Waiter = u32;

/// What the server's stream says. It only makes the feed read the list: what is shown comes from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEvent {
    /// It is open: polling rests.
    Opened,
    /// Something has changed on the server.
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

/// One input. Nothing else changes a feed.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Begin: the first pull.
    Start,
    /// It is the time that [`super::Feed::wake_at`] named.
    Wake,
    /// The answer to [`super::Command::List`].
    Listed {
        /// The request.
        ticket: Ticket,
        /// Its answer.
        result: Result<Box<Page>, Failure>,
    },
    /// The answer to [`super::Command::Fetch`].
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
    /// The page's answer to [`super::Command::Renew`].
    Renewed(Result<(), Failure>),
    /// Pull everything that is loaded again.
    Refresh(Option<Waiter>),
    /// Load the next page.
    LoadMore(Option<Waiter>),
    /// Dismiss these; those that are not shown are ignored.
    Dismiss(Vec<NotificationId>),
    /// Dismiss all notifications on the server: list them first, then ask the page by [`super::Command::Propose`].
    DismissAll(Option<Waiter>),
    /// Undo one batch of dismissals or snoozes, by the number in [`super::UndoBatch`].
    Undo(u32),
    /// Bring one back, whether its dismissal is pending, in flight, local or on the server.
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
    /// Other tabs have stored intents, perhaps without having read what this one had stored: these are stored now.
    Stored(SortedMap<NotificationId, Intent>),
    /// The page is restored from the back/forward cache, or goes on after it was frozen: these intents are stored now.
    Restored(SortedMap<NotificationId, Intent>),
    /// Attributes changed that need no new feed.
    Settings(Settings),
    /// The page goes away: pending writes are sent now, as many as the browser lets outlive the page.
    Leave,
    /// The element is gone, but the page lives: nobody can undo anything here any more, so pending writes need not wait.
    Retire,
}
