//! Optimistic changes: what the member did, how far each has come, and what that means for list and count.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    rc::Rc,
};

use crate::model::{Notification, NotificationId};

/// How far one change has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Dismissed; until then it can be undone without anybody knowing.
    Waiting { until: u64, batch: u32 },
    /// To be written as soon as a write is free.
    Queued,
    /// Being written; `take_back`: somebody wants it back once the write has ended.
    Writing { take_back: bool },
    /// Dismissed in another tab, which writes it. Without news by then, it is shown again.
    Elsewhere { until: u64 },
    /// Was written, wanted back: to be written, or being written, as undismissed.
    Restoring { writing: bool },
}

/// One change of one notification.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) stage: Stage,
    /// The server's total, as last adopted, includes this notification.
    pub(super) counted: bool,
    /// The record, to be written back whole.
    pub(super) notification: Option<Rc<Notification>>,
}

/// All changes that the server's list does not show yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) entries: BTreeMap<NotificationId, Change>,
    /// The order of writing.
    pub(super) queue: VecDeque<NotificationId>,
    /// Writes on their way.
    pub(super) in_flight: u32,
    /// Goes up whenever a write starts or ends: an answer that saw it move says nothing certain about the total.
    pub(super) epoch: u64,
    /// Dismissed in this browser only.
    pub(super) local: BTreeSet<NotificationId>,
    /// Dismissed on the server by this browser, kept so that they can be restored.
    pub(super) written: BTreeMap<NotificationId, Rc<Notification>>,
    /// Of those, the ones that the adopted total still includes.
    uncounted: BTreeSet<NotificationId>,
    /// Restored on the server, not yet in the adopted total.
    recounted: BTreeSet<NotificationId>,
}

impl Changes {
    /// Whether this notification is kept out of the list.
    pub(super) fn hides(&self, id: NotificationId) -> bool {
        match self.entries.get(&id) {
            Some(change) => !matches!(change.stage, Stage::Restoring { .. }),
            None => self.local.contains(&id) || self.written.contains_key(&id),
        }
    }

    /// What to add to the adopted total to get what the member should see.
    pub(super) fn offset(&self) -> i64 {
        let entries: i64 = self
            .entries
            .values()
            .map(|change| match (change.stage, change.counted) {
                // Shown, but not counted yet.
                (Stage::Restoring { .. }, false) => 1,
                // Hidden, but still counted.
                (Stage::Waiting { .. } | Stage::Queued | Stage::Writing { .. } | Stage::Elsewhere { .. }, true) => -1,
                _ => 0,
            })
            .sum();
        let size = |set: &BTreeSet<NotificationId>| i64::try_from(set.len()).unwrap_or(i64::MAX);
        entries - size(&self.local) - size(&self.uncounted) + size(&self.recounted)
    }

    /// A total was adopted that was counted after every write so far.
    pub(super) fn total_adopted(&mut self) {
        self.uncounted.clear();
        self.recounted.clear();
        for change in self.entries.values_mut() {
            change.counted = !matches!(change.stage, Stage::Restoring { .. });
        }
    }

    /// By how much the writes since the adopted total have moved the server's own total.
    pub(super) fn moved(&self) -> i64 {
        self.recounted.len() as i64 - self.uncounted.len() as i64
    }

    /// The server has the dismissal.
    pub(super) fn dismissed_on_server(&mut self, id: NotificationId, notification: Option<Rc<Notification>>) {
        let change = self.entries.remove(&id);
        if change.as_ref().is_none_or(|change| change.counted) && !self.recounted.remove(&id) {
            self.uncounted.insert(id);
        }
        if let Some(notification) = notification.or_else(|| change.and_then(|change| change.notification)) {
            self.written.insert(id, notification);
        }
    }

    /// Begin to take a written dismissal back.
    pub(super) fn restore(&mut self, id: NotificationId) -> Option<Rc<Notification>> {
        let notification = self.written.remove(&id)?;
        let counted = self.uncounted.remove(&id);
        let stage = Stage::Restoring { writing: false };
        self.entries.insert(id, Change { stage, counted, notification: Some(notification.clone()) });
        self.queue.push_back(id);
        Some(notification)
    }

    /// The server has it undismissed again.
    pub(super) fn restored_on_server(&mut self, id: NotificationId) {
        if let Some(change) = self.entries.remove(&id)
            && !change.counted
        {
            self.recounted.insert(id);
        }
    }

    /// The server no longer lists it: nothing is left to do for it. `true` if there was something.
    pub(super) fn vanished(&mut self, id: NotificationId) -> bool {
        let kept = self.local.remove(&id);
        let busy = matches!(self.entries.get(&id), Some(change) if matches!(change.stage, Stage::Writing { .. }));
        (!busy && self.entries.remove(&id).is_some()) || kept
    }

    /// The next write, if one may start: its record and the value of `IsDismissed`.
    pub(super) fn next_write(&mut self) -> Option<(Rc<Notification>, bool)> {
        while let Some(id) = self.queue.pop_front() {
            let Some(change) = self.entries.get_mut(&id) else { continue };
            let dismissed = match change.stage {
                Stage::Queued => {
                    change.stage = Stage::Writing { take_back: false };
                    true
                }
                Stage::Restoring { writing: false } => {
                    change.stage = Stage::Restoring { writing: true };
                    false
                }
                _ => continue,
            };
            if let Some(notification) = change.notification.clone() {
                self.in_flight += 1;
                self.epoch += 1;
                return Some((notification, dismissed));
            }
        }
        None
    }

    /// A write has ended.
    pub(super) fn write_ended(&mut self) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.epoch += 1;
    }

    /// Writes that have not ended.
    pub(super) fn outstanding(&self) -> u32 {
        let waiting = self
            .entries
            .values()
            .filter(|change| {
                matches!(change.stage, Stage::Queued | Stage::Writing { .. } | Stage::Restoring { .. })
            })
            .count();
        u32::try_from(waiting).unwrap_or(u32::MAX)
    }

    /// The next moment at which a change moves on by itself.
    pub(super) fn wake_at(&self) -> Option<u64> {
        self.entries
            .values()
            .filter_map(|change| match change.stage {
                Stage::Waiting { until, .. } | Stage::Elsewhere { until } => Some(until),
                _ => None,
            })
            .min()
    }
}
