//! The rank that a feed's tab offers as a leader.

use super::{election::Rank, page, store::Store};
use crate::feed::Status;

impl Store {
    /// Offers this tab as a leader, with its present rank.
    pub(super) fn offer(&self) {
        let works = matches!(self.feed.borrow().status(), Status::Ready | Status::Loading);
        let (poll_interval, alerts) = {
            let settings = self.settings.borrow();
            (settings.poll_interval, settings.alerts)
        };
        let polls = works && poll_interval > 0;
        let rank = match page::visible() {
            true if works && self.push.is_open() => Rank::Streams,
            true if polls => Rank::Polls,
            true => Rank::Idle,
            false if polls && alerts => Rank::Alerts,
            false => Rank::Hidden,
        };
        self.tabs.offer(rank, poll_interval);
    }
}
