//! Everything a feed can ask for.

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
    /// These need wait no longer.
    Resolve(Vec<Waiter>),
    /// "Dismiss all" knows what all are: ask the page (`cn-dismiss`), then come back with [`super::Event::Dismiss`].
    Propose(Vec<NotificationId>, Vec<Waiter>),
}

/// What the page is told as an event.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// `cn-ready`: the first list is there.
    Ready {
        /// Unread.
        count: u32,
    },
    /// `cn-change`: the unread count is another.
    Change {
        /// Unread.
        count: u32,
    },
    /// `cn-arrive`: new since the last pull.
    Arrive(Vec<Rc<Notification>>),
    /// `cn-error`.
    Error {
        /// What went wrong.
        failure: Failure,
        /// When the next try starts by itself, in milliseconds since the Unix epoch by this device's clock.
        retry_at: Option<f64>,
    },
}
