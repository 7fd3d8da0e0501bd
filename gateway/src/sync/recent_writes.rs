//! The writes that Nexudus has acknowledged lately. An answer to an earlier request must not undo them.

use std::collections::HashMap;

use coworker_notifications::model::NotificationId;

use crate::store::RemoteRecord;

/// A write is forgotten after this many further requests: no earlier request is in flight by then.
const REMEMBERED: u64 = 1_000;

/// Acknowledged writes, each at its place among the requests.
#[derive(Debug, Default)]
pub(crate) struct RecentWrites {
    now: u64,
    writes: HashMap<NotificationId, (u64, bool)>,
}

/// When a request was sent, among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp(u64);

impl RecentWrites {
    /// The stamp of a request that is sent now.
    pub(crate) fn stamp(&mut self) -> Stamp {
        self.now += 1;
        let oldest = self.now.saturating_sub(REMEMBERED);
        if self.now.is_multiple_of(REMEMBERED) {
            self.writes.retain(|_, (when, _)| *when >= oldest);
        }
        Stamp(self.now)
    }

    /// Remembers that Nexudus has acknowledged a write.
    pub(crate) fn acknowledge(&mut self, id: NotificationId, dismissed: bool) {
        self.now += 1;
        self.writes.insert(id, (self.now, dismissed));
    }

    /// Corrects records of an answer to a request that was sent before their writes were acknowledged.
    pub(crate) fn correct(&self, records: &mut [RemoteRecord], sent: Stamp) {
        for record in records {
            if let Some((when, dismissed)) = self.writes.get(&record.notification.id)
                && *when > sent.0
            {
                record.notification.is_dismissed = *dismissed;
            }
        }
    }
}
