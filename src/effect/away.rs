//! The page goes away, perhaps into the browser's back/forward cache, and may come back from there as it was.
//!
//! Browsers keep no page there that holds a lock or waits for an answer, and drop one that another tab says something
//! to. So all of that is let go of, as if the tab were closed; and what the others did meanwhile is read from what they
//! stored.

use super::{clock, page, store::Store};
use crate::{
    feed::{Event, Journal, peer::Message},
    model::NotificationId,
    sorted::SortedSet,
};

impl Store {
    /// What waits is sent, then the page is ready to be frozen.
    pub(super) fn go_away(&self) {
        self.dispatch(Event::Leave);
        self.tabs.untie();
        self.dispatch(Event::Visible(false));
        self.under_way.pause();
        self.left.replace(Some(self.memory.journal(clock::now().wall)));
    }

    /// The page is there, for the first time or again.
    pub(super) fn come_back(&self) {
        if let Some(left) = self.left.take() {
            self.tabs.tie();
            self.catch_up(&left);
            self.under_way.go_on();
        }
        self.dispatch(Event::Visible(page::visible()));
    }

    /// Hears, as it were, what the other tabs have said since the journal looked like this.
    fn catch_up(&self, left: &Journal) {
        let found = self.memory.journal(clock::now().wall);
        let tell = |message| self.dispatch(Event::Peer(message));
        let (were, are) = (self.pending_elsewhere(left), self.pending_elsewhere(&found));
        tell(Message::Dismissed(missing(&are, &were)));
        tell(Message::Kept(missing(&found.local, &left.local)));
        for id in missing(&left.local, &found.local) {
            tell(Message::Forgotten(id));
        }
        let ended = missing(&were, &are);
        if !ended.is_empty() {
            // Written or taken back: which of the two, a look tells.
            let me = self.me.clone();
            self.refresh(move || {
                if let Some(store) = me.upgrade() {
                    store.dispatch(Event::Peer(Message::Returned(ended)));
                }
            });
        }
    }

    /// What other tabs have dismissed and not written yet.
    fn pending_elsewhere(&self, journal: &Journal) -> SortedSet<NotificationId> {
        let others = journal.pending.iter().filter(|(_, pending)| pending.tab != self.tabs.tab());
        others.map(|(id, _)| *id).collect()
    }
}

/// Those that the other set does not have.
fn missing(ids: &SortedSet<NotificationId>, there: &SortedSet<NotificationId>) -> Vec<NotificationId> {
    ids.iter().filter(|id| !there.contains(id)).copied().collect()
}
