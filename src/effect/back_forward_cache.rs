//! The page is left, perhaps into the browser's back/forward cache, and may be restored from there.
//!
//! Browsers do not cache a page that holds a lock or waits for an answer, and drop a cached page when another tab sends
//! it a message. So the page gives up its lock, reads and channel, as if the tab were closed. When it is back, it reads
//! what the other tabs stored meanwhile.

use super::{clock, page, store::Store};
use crate::{
    feed::{Event, Intent},
    model::NotificationId,
    sorted::SortedMap,
};

impl Store {
    /// Sends what is pending, then makes the page ready to be frozen.
    pub(super) fn enter_cache(&self) {
        self.dispatch(Event::Leave);
        self.tabs.detach();
        self.dispatch(Event::Visible(false));
        self.reads.pause();
    }

    /// The page is there, for the first time or again.
    pub(super) fn leave_cache(&self) {
        if !self.tabs.are_attached() {
            self.tabs.attach();
            self.read_stored(Event::Restored);
            self.reads.resume();
        }
        self.dispatch(Event::Visible(page::visible()));
    }

    /// Passes what is stored to the feed. A page that goes away reads nothing any more, and what this page could not store
    /// is in its memory alone.
    pub(super) fn read_stored(&self, event: fn(SortedMap<NotificationId, Intent>) -> Event) {
        if self.tabs.are_attached()
            && !self.storage_failed.get()
            && let Some(intents) = self.memory.intents(clock::now().wall)
        {
            self.dispatch(event(intents));
        }
    }
}
