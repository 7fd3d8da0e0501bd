//! What a feed begins with, and what may change later.

use super::{Journal, Now, Order};
use crate::{
    config::DismissMode,
    model::{CoworkerId, Notification, NotificationType},
};

/// What a feed begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Whose notifications.
    pub coworker: CoworkerId,
    /// What may change later without a new feed.
    pub settings: Settings,
    /// How this server was seen to order lists, earlier in the session.
    pub order: Order,
    /// This server was seen to refuse writes, earlier in the session.
    pub writes_refused: bool,
    /// What an earlier visit stored.
    pub journal: Journal,
    /// This tab: a random number that no other tab has, and not 0.
    pub tab: u32,
    /// Tabs can agree on one that writes: the browser has Web Locks. Otherwise each writes what it has made itself.
    pub locks: bool,
    /// The page is seen.
    pub visible: bool,
    /// The browser has a network.
    pub online: bool,
    /// The first page has been asked for already: its answer is there for the taking, online or not.
    pub answered: bool,
    /// Any number; spreads polls and retries of many clients out.
    pub seed: u64,
}

/// Settings that take effect on a living feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Records a page, 1 to 100.
    pub page_size: u32,
    /// Seconds between polls; 0: never.
    pub poll_interval: u32,
    /// Where a dismissal is kept.
    pub dismiss_mode: DismissMode,
    /// Only these; empty: all.
    pub types: Vec<NotificationType>,
    /// The member does not want to see these: neither listed nor counted.
    pub muted: Vec<NotificationType>,
    /// Where the server offers a stream, arrivals come by it and polling rests.
    pub stream: bool,
    /// Someone wants to hear of arrivals while the page is hidden: it polls then, too, but seldom.
    pub alerts: bool,
}

impl Settings {
    /// Some types are left out: then the server's total is not the count.
    pub(super) fn filter(&self) -> bool {
        !self.types.is_empty() || !self.muted.is_empty()
    }

    /// Whether a notification of this type is listed and counted.
    pub(super) fn admit(&self, notification: &Notification) -> bool {
        let is = |kind: &NotificationType| kind.matches(&notification.kind);
        (self.types.is_empty() || self.types.iter().any(is)) && !self.muted.iter().any(is)
    }
}

/// What all parts may know of a moment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    pub(super) now: Now,
    pub(super) coworker: CoworkerId,
    pub(super) visible: bool,
    pub(super) online: bool,
    pub(super) alerts: bool,
    /// This tab polls and writes for all.
    pub(super) leads: bool,
    /// The first list is there.
    pub(super) loaded: bool,
    /// The page is being asked for a token.
    pub(super) asks_token: bool,
    /// The age of the token.
    pub(super) token: u32,
    /// Only a person or a token can help.
    pub(super) hopeless: bool,
    /// The server asked to be left alone.
    pub(super) paused_until: Option<u64>,
}
