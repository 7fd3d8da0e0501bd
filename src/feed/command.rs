//! Everything a feed can ask the store to do.

use std::rc::Rc;

use super::{
    Order,
    event::{Ticket, Waiter},
    journal::Entry,
    peer::Message,
};
use crate::{
    api::ListQuery,
    error::Failure,
    model::{Notification, NotificationId},
};

/// One effect, to be carried out in the order given.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Ask for a list; answer with [`super::Event::Listed`].
    List {
        /// Names the request.
        ticket: Ticket,
        /// What to ask.
        query: ListQuery,
    },
    /// Ask for records by id; answer with [`super::Event::Fetched`].
    Fetch {
        /// Names the request.
        ticket: Ticket,
        /// Which.
        ids: Vec<NotificationId>,
    },
    /// Write `IsDismissed` of one record; answer with [`super::Event::Wrote`].
    Write {
        /// The record as last seen.
        notification: Rc<Notification>,
        /// The value to write.
        dismissed: bool,
        /// The page goes away: the request must outlive it (`keepalive`).
        keepalive: bool,
    },
    /// Ask the page for a fresh token; answer with [`super::Event::Renewed`].
    Renew,
    /// Open the server's stream at this address, as the `Link` of a list gave it, in place of any other; `None`: close it.
    /// What it says comes back as [`super::Event::Stream`].
    Stream(Option<String>),
    /// Change what is stored in this browser.
    Store(Vec<Entry>),
    /// Remember for the session how this server orders lists.
    RememberOrder(Order),
    /// Remember for the session that this server refuses writes.
    RememberRefusal,
    /// Tell the other tabs.
    Broadcast(Message),
    /// Tell the page.
    Emit(Notice),
    /// Resolve the promises of these: what they waited for is over.
    Resolve(Vec<Waiter>),
    /// "Dismiss all" knows now which notifications these are: ask the page whether to dismiss them (`cn-dismiss`). If it
    /// agrees, send [`super::Event::Dismiss`].
    Propose(Vec<NotificationId>, Vec<Waiter>),
}

/// What the page receives as an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// `cn-ready`: the first list is there.
    Ready {
        /// Unread.
        count: u32,
    },
    /// `cn-change`: the unread count has changed.
    Change {
        /// Unread.
        count: u32,
    },
    /// `cn-arrive`: new since the last pull, or back because their snooze is over.
    Arrive(Vec<Rc<Notification>>),
    /// `cn-error`.
    Error {
        /// What went wrong.
        failure: Failure,
        /// When the next try starts by itself, in milliseconds since the Unix epoch by this device's clock.
        retry_at: Option<f64>,
    },
}
