//! Which writes Nexudus has acknowledged lately, so that an answer from before does not undo them.

use std::collections::HashMap;

use coworker_notifications::model::NotificationId;

use crate::store::Incoming;

/// Older answers than that many requests are not under way any more.
const MEMORY: u64 = 1_000;

/// Acknowledged writes, each at its place among the requests.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    now: u64,
    writes: HashMap<NotificationId, (u64, bool)>,
}

/// When a request was sent, among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl Ledger {
    /// A request is sent now.
    pub(crate) fn stamp(&mut self) -> Stamp {
        self.now += 1;
        let oldest = self.now.saturating_sub(MEMORY);
        if self.now.is_multiple_of(MEMORY) {
            self.writes.retain(|_, (when, _)| *when >= oldest);
        }
        Stamp(self.now)
    }

    /// Nexudus has this now.
    pub(crate) fn acknowledge(&mut self, id: NotificationId, dismissed: bool) {
        self.now += 1;
        self.writes.insert(id, (self.now, dismissed));
    }

    /// Puts right what an answer to a request of that time cannot know.
    pub(crate) fn correct(&self, records: &mut [Incoming], asked: Stamp) {
        for record in records {
            if let Some((when, dismissed)) = self.writes.get(&record.notification.id)
                && *when > asked.0
            {
                record.notification.is_dismissed = *dismissed;
            }
        }
    }
}
