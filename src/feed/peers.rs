//! The other tabs: which of them leads, and what is pulled for all.

use std::rc::Rc;

use super::{Now, intents::Intent, peer::Message, pull::Listing, remote::Remote};
use crate::{api::Page, model::Notification};

/// At most so many notifications of one pull are broadcast.
const BROADCAST: usize = 100;
/// Without locks each tab writes its own intents. One of another tab that is still pending after so long (milliseconds) is
/// written by any tab: its own tab is taken to be closed.
const ORPHANED: i64 = 60_000;

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Peers {
    tab: u32,
    leads: bool,
    locks: bool,
}

impl Peers {
    pub(super) fn new(tab: u32, locks: bool) -> Self {
        Self { tab, leads: false, locks }
    }

    pub(super) fn tab(&self) -> u32 {
        self.tab
    }

    pub(super) fn lead(&self) -> bool {
        self.leads
    }

    /// Sets whether this tab leads. `true` if it has only now begun to.
    pub(super) fn set_leading(&mut self, leads: bool) -> bool {
        !std::mem::replace(&mut self.leads, leads) && leads
    }

    /// Whether it is this tab that writes this intent.
    pub(super) fn writes(&self, intent: &Intent, now: Now) -> bool {
        let age = now.wall.saturating_sub(intent.stamp.counter);
        self.leads && (self.locks || intent.stamp.tab == self.tab || age > ORPHANED)
    }

    /// Whether the member did it in this tab.
    pub(super) fn is_own(&self, intent: &Intent) -> bool {
        intent.stamp.tab == self.tab
    }

    /// What to broadcast of a pull.
    pub(super) fn pulled(listing: &Listing, remote: &Remote, began: Now) -> Message {
        // They are counted first, so that the search in the long list can stop at the last of them.
        let read = listing.seen.iter().filter(|id| remote.get(**id).is_some()).count();
        let seen = remote.list().iter().filter(|one| listing.seen.contains(&one.id));
        let newest: Vec<_> = seen.take(read.min(BROADCAST)).cloned().collect();
        let all = listing.last && newest.len() as u32 == listing.total();
        Message::Pulled { at: began.wall, total: listing.broadcast_total(), newest, all }
    }

    /// What another tab has broadcast of its pull, as if it were the first page of a pull of this tab.
    pub(super) fn received(total: u32, newest: &[Rc<Notification>], all: bool, remote: &Remote) -> Listing {
        // That tab may have loaded more than this one: what stands below this tab's boundary is of no use here.
        let mine = |one: &&Rc<Notification>| remote.is_above_boundary(one) || remote.get(one.id).is_some();
        let notifications: Vec<_> = newest.iter().filter(mine).map(|one| Notification::clone(one)).collect();
        let all = all && notifications.len() == newest.len();
        let size = u32::try_from(notifications.len()).unwrap_or(u32::MAX).max(1);
        let total_pages = total.div_ceil(size);
        let (unreadable, total_known, has_next) = (Vec::new(), true, !all);
        let monitor = None;
        let page =
            Page { notifications, unreadable, page: 1, size, total, total_known, total_pages, has_next, monitor };
        Listing::received(&page, remote.covered(), remote.total())
    }
}
