//! Dismissing, undoing, restoring: the list changes at once, the server hears when the undo time is over.

use std::rc::Rc;

use super::{
    Entry, Feed, Progress, UndoBatch,
    change::{Change, Elsewhere, Task, Undo},
    peer::Message,
};
use crate::{config::DismissMode, model::NotificationId};

/// A dismissal can be undone for so long (milliseconds).
const UNDO_TIME: u64 = 6_000;

impl Feed {
    pub(super) fn dismiss(&mut self, ids: Vec<NotificationId>) {
        let undo = Undo { until: self.now.mono + UNDO_TIME, batch: self.next_batch };
        let local = self.dismisses_locally();
        let (mut dismissed, mut kept, mut stored) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            let Some(record) = self.list.get(id).filter(|_| !self.changes.hides(id)).cloned() else { continue };
            // It may be on its way back; then it is only wanted otherwise.
            let mut change = self.changes.take(id).unwrap_or_else(|| Change::none(None));
            (change.wanted, change.undo) = (true, Some(undo));
            change.record = (!change.unread).then_some(record);
            // While the server still has it dismissed, another tab would find it so, and not keep it.
            change.kept = local && !change.on_server && !change.unread && change.writing.is_none();
            stored.push(if change.kept { Entry::Keep(id) } else { Entry::Pend(id) });
            (if change.kept { &mut kept } else { &mut dismissed }).push(id);
            (change.journalled, change.renewed) = (true, false);
            self.changes.put(id, change);
            self.recall.forget(id);
        }
        if stored.is_empty() {
            return;
        }
        self.next_batch += 1;
        self.list_changed = true;
        self.clear_failures(&dismissed);
        self.clear_failures(&kept);
        self.store(stored);
        for (ids, message) in [(dismissed, Message::Dismissed as fn(_) -> _), (kept, Message::Kept)] {
            if !ids.is_empty() {
                self.tell(message(ids));
            }
        }
    }

    pub(super) fn undo(&mut self, batch: u32) {
        let ids: Vec<_> = self.changes.undoable().filter(|(_, undo)| undo.batch == batch).map(|(id, _)| id).collect();
        self.take_back(&ids);
    }

    pub(super) fn restore(&mut self, id: NotificationId) {
        if let Some(change) = self.changes.get(id) {
            match change.elsewhere {
                _ if !change.wanted => {}
                Some(Elsewhere { until, .. }) => {
                    let on_server = change.on_server;
                    let asked = (!on_server).then_some(Elsewhere { until, wanted_back: true });
                    self.changes.edit(id, |change| change.elsewhere = asked);
                    self.tell(Message::Restore(id));
                    if on_server {
                        // Not by that tab's doing: when it has thought again, that is still to be written back.
                        self.store(vec![Entry::Take(id)]);
                        self.take_back(&[id]);
                    }
                }
                None => self.take_back(&[id]),
            }
        } else if self.changes.local.contains(id) {
            self.forget_local(id);
            self.store(vec![Entry::Forget(id)]);
            self.tell(Message::Forgotten(id));
        } else if let Some(mut change) = self.changes.take_done(id) {
            change.wanted = false;
            self.changes.put(id, change);
            self.put_back(id);
            self.settle(&[id]);
        } else {
            self.recall(id);
        }
    }

    /// No longer dismissed in this browser.
    pub(super) fn forget_local(&mut self, id: NotificationId) {
        self.returned.insert(id);
        let uncounted = self.changes.local.is_uncounted(id);
        self.list_changed |= self.changes.local.forget(id);
        if uncounted {
            // It is shown again, and the total does not know of it yet.
            match self.list.get(id).cloned() {
                Some(record) => {
                    let mut change = Change::none(Some(record));
                    change.counted = false;
                    self.changes.put(id, change);
                }
                None => self.doubtful = true,
            }
            self.want_look();
        }
    }

    /// These are wanted again. Of those that nobody knows of yet, it is as if they had never been dismissed.
    fn take_back(&mut self, ids: &[NotificationId]) {
        if ids.is_empty() {
            return;
        }
        let (mut back, mut forgotten, mut stored) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            self.changes.edit(*id, |change| {
                change.wanted = false;
                change.undo = None;
                let done = change.task() == Task::Nothing;
                if change.kept && !change.journalled {
                    // By another tab.
                    forgotten.push(*id);
                } else if done || change.kept {
                    back.push(*id);
                }
                if !done || change.kept {
                    stored.extend(change.strike_out(*id));
                }
            });
            self.is_wanted(*id);
        }
        self.store(stored);
        self.settle(ids);
        forgotten.into_iter().for_each(|id| self.tell(Message::Forgotten(id)));
        if !back.is_empty() {
            self.tell(Message::Returned(back));
        }
    }

    /// It is shown again, whatever the server has.
    pub(super) fn is_wanted(&mut self, id: NotificationId) {
        self.list_changed = true;
        if self.changes.get(id).is_some_and(|change| change.on_server) {
            self.put_back(id);
        }
    }

    /// A failed write is tried again, this time without undo.
    pub(super) fn retry_write(&mut self, id: NotificationId) {
        let known = self.list.get(id).filter(|_| !self.changes.hides(id)).cloned();
        let (Some(record), true) = (known, self.failed.contains_key(&id)) else { return };
        self.trust_token();
        self.clear_failures(&[id]);
        self.list_changed = true;
        let mut change = self.changes.take(id).unwrap_or_else(|| Change::none(None));
        (change.wanted, change.record) = (true, Some(record));
        (change.journalled, change.kept, change.renewed) = (true, false, false);
        self.changes.put(id, change);
        self.store(vec![Entry::Pend(id)]);
        self.tell(Message::Dismissed(vec![id]));
        self.settle(&[id]);
    }

    pub(super) fn clear_failures(&mut self, ids: &[NotificationId]) {
        if !self.failed.is_empty() && ids.iter().any(|id| self.failed.contains_key(id)) {
            let failed = Rc::make_mut(&mut self.failed);
            failed.retain(|id, _| !ids.contains(id));
        }
    }

    fn dismisses_locally(&self) -> bool {
        match self.settings.dismiss_mode {
            DismissMode::Local => true,
            DismissMode::Auto => self.writes_refused,
            DismissMode::Api => false,
        }
    }

    /// To be dismissed in this browser only, or told as that already.
    fn is_kept(&self, id: NotificationId) -> bool {
        self.dismisses_locally() || self.changes.get(id).is_some_and(|change| change.kept)
    }

    // --- When the undo time is over -------------------------------------------------------------------------------

    pub(super) fn end_undo_time(&mut self) {
        let mut over = Vec::new();
        while let Some(id) = self.changes.due(self.now.mono) {
            let mut unheard = false;
            self.changes.edit(id, |change| {
                if change.elsewhere.take().is_some() {
                    unheard = !change.on_server;
                    change.wanted = change.on_server;
                }
                change.undo = None;
            });
            if unheard {
                // It stays in the journal: if that tab has gone, it is written on the next visit.
                self.changes.file(id);
                self.list_changed = true;
            } else {
                over.push(id);
            }
        }
        self.settle(&over);
    }

    /// Whoever is at rest is put away; whoever is past undoing goes to the server, or into this browser's memory.
    pub(super) fn settle(&mut self, ids: &[NotificationId]) {
        let (mut kept, mut stored, mut written) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            match self.changes.get(*id).map(Change::task) {
                Some(Task::Nothing) => {
                    self.changes.edit(*id, |change| {
                        // A tab that takes it for local would hide it for good, should somebody restore it.
                        let untold = std::mem::take(&mut change.untold) || change.kept && change.wanted;
                        written.extend(untold.then_some(*id));
                        if change.journalled {
                            stored.extend(change.strike_out(*id));
                        }
                        if change.wanted {
                            // The server does not list it any more.
                            change.record = self.list.remove(*id).or(change.record.take());
                        }
                    });
                    self.changes.file(*id);
                }
                Some(Task::Write(true)) if self.is_kept(*id) => kept.push(*id),
                Some(Task::Write(_)) => {
                    if self.changes.get(*id).is_some_and(|change| change.record.is_none()) {
                        self.uncertain.insert(*id);
                    }
                    self.changes.queue.push_back(*id);
                }
                Some(Task::Read) => {
                    self.uncertain.insert(*id);
                }
                Some(Task::Wait) | None => {}
            }
        }
        self.store(stored);
        written.into_iter().for_each(|id| self.tell(Message::Written(id)));
        self.keep_locally(kept);
    }

    /// Dismissed in this browser only.
    pub(super) fn keep_locally(&mut self, ids: Vec<NotificationId>) {
        if ids.is_empty() {
            return;
        }
        let mut news = Vec::new();
        for id in ids {
            let change = self.changes.take(id);
            self.keep_local(id, change.as_ref().is_none_or(|change| change.counted));
            if change.is_none_or(|change| !change.kept) {
                news.push(id);
            }
        }
        if !news.is_empty() {
            self.store(news.iter().flat_map(|id| [Entry::Keep(*id), Entry::Done(*id)]).collect());
            self.tell(Message::Kept(news));
        }
    }

    /// `counted`: the server's total, as last adopted, includes it.
    pub(super) fn keep_local(&mut self, id: NotificationId, counted: bool) {
        self.changes.local.keep(id, counted);
        // Not loaded, it may not be there any more, or not be counted.
        self.uncertain.extend(self.list.get(id).is_none().then_some(id));
        if !counted {
            // The total is older than what the server lists now.
            self.doubtful = true;
            self.want_look();
        }
    }

    // --- What is shown ----------------------------------------------------------------------------------------------

    pub(super) fn undo_batches(&self) -> Rc<[UndoBatch]> {
        let mut batches: Vec<UndoBatch> = Vec::new();
        for (_, Undo { until, batch }) in self.changes.undoable() {
            match batches.iter_mut().find(|one| one.batch == batch) {
                Some(one) => one.count += 1,
                None => {
                    batches.push(UndoBatch { batch, act: super::Act::Dismissed, count: 1, until: self.wall_of(until) })
                }
            }
        }
        batches.sort_by_key(|one| one.batch);
        batches.into()
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        let outstanding = self.changes.outstanding();
        let total = self.writes_done + outstanding;
        (outstanding > 0 && total > super::write::MOST_WRITES).then_some(Progress { done: self.writes_done, total })
    }
}
