//! The page is left, perhaps into the browser's back/forward cache, and may be restored from there.
//!
//! Browsers do not cache a page that holds a lock or waits for an answer, and drop a cached page when another tab sends
//! it a message. So the page gives up its lock, reads and channel, as if the tab were closed. When it is back, it reads
//! what the other tabs stored meanwhile.

use super::{clock, page, store::Store};
use crate::feed::Event;

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
            self.read_stored();
            self.reads.resume();
        }
        self.dispatch(Event::Visible(page::visible()));
    }

    /// Another tab has stored intents. A page that goes away reads nothing any more.
    pub(super) fn read_stored(&self) {
        if self.tabs.are_attached()
            && let Some(intents) = self.memory.intents(clock::now().wall)
        {
            self.dispatch(Event::Stored(intents));
        }
    }
}
