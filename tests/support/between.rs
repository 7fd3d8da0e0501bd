//! What goes from tab to tab: messages, and what is stored.

use std::collections::BTreeSet;

use coworker_notifications::feed::{Entry, Event, Journal};

use super::World;

/// The texts that the tabs store. They share them without a lock: a tab may still read a text that another has just
/// replaced, and replace it in turn. The browser reports each write to the other tabs.
#[derive(Debug, Default)]
pub struct Storage {
    /// Which tab has stored intents last, and what was stored before.
    last: usize,
    before: Journal,
    reads_old: bool,
    /// The tabs to which a write of another tab has not been reported yet.
    unreported: BTreeSet<usize>,
}

impl World {
    /// The next tab that stores intents reads the text from before another tab's last write.
    pub fn read_old(&mut self) {
        self.storage.reads_old = true;
    }

    pub(super) fn store(&mut self, from: usize, entries: &[Entry]) {
        if entries.iter().any(|entry| matches!(entry, Entry::Intents(_))) {
            if from != self.storage.last {
                let stored = self.journal.clone();
                let before = std::mem::replace(&mut self.storage.before, stored);
                self.storage.last = from;
                if std::mem::take(&mut self.storage.reads_old) {
                    self.journal.intents = before.intents;
                }
            }
            self.storage.unreported.extend((0..self.tabs.len()).filter(|tab| *tab != from));
        }
        entries.iter().for_each(|entry| self.journal.apply(entry));
    }

    /// Stores again what is stored, as a tab does that writes: without what has been over for long.
    pub fn prune_stored(&mut self) {
        let (journal, wall) = (&self.journal, self.now.wall);
        self.journal = Journal::decode(&journal.intents(wall), &journal.seen(), "", wall);
    }

    /// The browser reports what was stored to all tabs, until no tab has anything to store again.
    pub fn report_stored(&mut self) {
        let current = self.current();
        self.storage.reads_old = false;
        while let Some(tab) = self.storage.unreported.pop_first() {
            if !self.tabs[tab].frozen {
                let stored = self.journal.intents.clone();
                self.in_tab(tab).event(Event::Stored(stored));
            }
        }
        self.storage.before = self.journal.clone();
        self.in_tab(current);
    }

    /// The tabs receive all messages and all that is stored; no request is answered.
    pub fn receive_all(&mut self) {
        while self.is_under_way() {
            self.receive(0);
        }
    }

    /// One message between tabs arrives; where there is none, what was stored is reported.
    pub fn receive(&mut self, index: usize) {
        let Some((to, message)) = self.messages.remove(index) else { return self.report_stored() };
        let current = self.current();
        self.in_tab(to).event(Event::Peer(message));
        self.in_tab(current);
    }

    /// Whether something is on its way from tab to tab.
    pub fn is_under_way(&self) -> bool {
        !self.messages.is_empty() || !self.storage.unreported.is_empty()
    }
}
