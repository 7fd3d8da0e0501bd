//! What is dismissed in this browser only.

use crate::{model::NotificationId, sorted::SortedMap};

/// Ids, each with whether the server's total, as last adopted, includes it.
#[derive(Debug, Clone, Default)]
pub(super) struct Local {
    ids: SortedMap<NotificationId, bool>,
    counted: u32,
}

impl Local {
    /// What an earlier visit stored; the server is taken to list it until a look shows otherwise.
    pub(super) fn stored(ids: impl IntoIterator<Item = NotificationId>) -> Self {
        let mut local = Self::default();
        for id in ids {
            local.keep(id, true);
        }
        local
    }

    pub(super) fn contains(&self, id: NotificationId) -> bool {
        self.ids.contains_key(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = NotificationId> {
        self.ids.keys().copied()
    }

    pub(super) fn keep(&mut self, id: NotificationId, counted: bool) {
        self.forget(id);
        self.ids.insert(id, counted);
        self.counted += u32::from(counted);
    }

    /// `true` if it was kept.
    pub(super) fn forget(&mut self, id: NotificationId) -> bool {
        let known = self.ids.remove(&id);
        self.counted -= u32::from(known == Some(true));
        known.is_some()
    }

    pub(super) fn is_uncounted(&self, id: NotificationId) -> bool {
        self.ids.get(&id) == Some(&false)
    }

    /// How many of them the adopted total includes.
    pub(super) fn counted(&self) -> i64 {
        i64::from(self.counted)
    }

    /// A total was adopted that includes whatever is listed.
    pub(super) fn total_adopted(&mut self) {
        if self.counted() < self.ids.len() as i64 {
            self.ids.values_mut().for_each(|counted| *counted = true);
            self.counted = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        }
    }
}
