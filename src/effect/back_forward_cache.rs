//! The page goes away, perhaps into the browser's back/forward cache, and may come back from there as it was.
//!
//! Browsers keep no page there that holds a lock or waits for an answer, and drop one that another tab says something
//! to. So all of that is let go of, as if the tab were closed; and what the others did meanwhile is read from what they
//! stored.

use super::{clock, page, store::Store};
use crate::feed::{Event, peer::Message};

impl Store {
    /// What waits is sent, then the page is ready to be frozen.
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
            let stored = self.memory.journal(clock::now().wall).intents;
            let intents = stored.iter().map(|(id, intent)| (*id, *intent)).collect();
            self.dispatch(Event::Peer(Message::Intents(intents)));
            self.reads.resume();
        }
        self.dispatch(Event::Visible(page::visible()));
    }
}
