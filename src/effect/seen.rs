//! What has been on screen in this browser, so that the rest can be marked as new.

use super::Store;
use crate::{feed::Snapshot, model::NotificationId};

impl Store {
    /// The highest id that was on screen before this visit.
    pub fn last_seen(&self) -> Option<NotificationId> {
        self.last_seen
    }

    /// This snapshot is on screen: its notifications are not new at the next visit.
    pub fn remember_seen(&self, snapshot: &Snapshot) {
        if snapshot.loaded {
            let newest = snapshot.notifications.iter().map(|item| item.id).max();
            self.memory.remember_seen(newest.max(self.last_seen).unwrap_or(NotificationId(0)));
        }
    }
}
