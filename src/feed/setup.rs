//! What a feed starts with, and which of it may change later.

use super::{Journal, Now, Order};
use crate::{
    config::DismissMode,
    model::{CoworkerId, Notification, NotificationType},
};

/// What a feed starts with.
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
    /// The browser has Web Locks, so one tab leads and writes for all. Without them each tab leads and writes its own intents.
    pub locks: bool,
    /// The page is seen.
    pub visible: bool,
    /// The browser has a network.
    pub online: bool,
    /// The element's script has asked for the first page already, so its answer is at hand even offline.
    pub answered: bool,
    /// A random number: it spreads the polls and retries of many clients over time.
    pub seed: u64,
}

/// Settings that take effect on a living feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Records a page, 1 to 100.
    pub page_size: u32,
    /// Seconds between polls; 0: never.
    pub poll_interval: u32,
    /// Whether dismissals are written to the server or kept in this browser.
    pub dismiss_mode: DismissMode,
    /// Only these; empty: all.
    pub types: Vec<NotificationType>,
    /// The member does not want to see these: neither listed nor counted.
    pub muted: Vec<NotificationType>,
    /// Where the server offers a stream, arrivals come by it and polling rests.
    pub stream: bool,
    /// Desktop alerts are on: the page polls while it is hidden, too, but less often.
    pub alerts: bool,
}

impl Settings {
    /// Whether some types are left out, so that the server's total is not the count.
    pub(super) fn filter(&self) -> bool {
        !self.types.is_empty() || !self.muted.is_empty()
    }

    /// Whether a notification of this type is listed and counted.
    pub(super) fn admit(&self, notification: &Notification) -> bool {
        let is = |kind: &NotificationType| kind.matches(&notification.kind);
        (self.types.is_empty() || self.types.iter().any(is)) && !self.muted.iter().any(is)
    }
}

/// The state of the feed at one moment, as far as any part may know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Situation {
    pub(super) now: Now,
    pub(super) coworker: CoworkerId,
    pub(super) visible: bool,
    pub(super) online: bool,
    pub(super) alerts: bool,
    /// This tab polls and writes for all tabs.
    pub(super) leads: bool,
    /// The first list is there.
    pub(super) loaded: bool,
    /// The page is being asked for a token.
    pub(super) asks_token: bool,
    /// How often the token has been renewed.
    pub(super) token: u32,
    /// Polling is of no use: only a person, a new token or another setting can help.
    pub(super) hopeless: bool,
    /// Nothing is sent before then, because the server has throttled a request.
    pub(super) paused_until: Option<u64>,
}
