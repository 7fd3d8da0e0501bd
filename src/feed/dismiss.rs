//! Dismissing, undoing, restoring: the list changes at once, the server hears when the undo time is over.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    Command, Entry, Feed, Progress, Renewal, Ticket, UndoBatch,
    backoff::backoff,
    change::{Change, Stage},
    peer::Message,
};
use crate::{
    config::DismissMode,
    error::{Failure, FailureKind},
    model::{Notification, NotificationId},
};

/// A dismissal can be undone for so long (milliseconds).
const UNDO_TIME: u64 = 6_000;
/// A dismissal made in another tab is taken back when nothing more is heard of it for so long (milliseconds).
const ELSEWHERE_TIME: u64 = 120_000;
/// Writes on their way at one time.
const MOST_WRITES: u32 = 4;
/// Requests that outlive their page may carry 64 KiB together (Fetch standard, keepalive); some is left for headers.
const KEEPALIVE_BYTES: usize = 48 * 1024;
/// What a write weighs besides its message, in bytes, generously.
const WRITE_BYTES: usize = 400;
/// More ids than this are not asked for in one request.
const MOST_IDS: usize = 100;

impl Feed {
    // --- What a member does ---------------------------------------------------------------------------------------

    pub(super) fn dismiss(&mut self, ids: Vec<NotificationId>) {
        let batch = self.next_batch;
        let until = self.now.mono + UNDO_TIME;
        let mut dismissed = Vec::new();
        for id in ids {
            let Some(notification) = self.list.get(id).cloned() else { continue };
            if self.changes.hides(id) {
                continue;
            }
            let counted = match self.changes.entries.get(&id) {
                // It was on its way back; the write that restores it may be out already.
                Some(Change { stage: Stage::Restoring { writing: true }, .. }) => continue,
                Some(change) => change.counted,
                None => true,
            };
            let stage = Stage::Waiting { until, batch };
            self.changes.entries.insert(id, Change { stage, counted, notification: Some(notification) });
            dismissed.push(id);
        }
        if dismissed.is_empty() {
            return;
        }
        self.next_batch += 1;
        self.list_changed = true;
        self.clear_failures(&dismissed);
        let local = self.dismisses_locally();
        let entry = |id: &NotificationId| if local { Entry::Keep(*id) } else { Entry::Pend(*id) };
        self.out.push(Command::Store(dismissed.iter().map(entry).collect()));
        self.out.push(Command::Tell(Message::Dismissed(dismissed)));
    }

    pub(super) fn undo(&mut self, batch: u32) {
        let waiting = |change: &Change| matches!(change.stage, Stage::Waiting { batch: of, .. } if of == batch);
        let ids: Vec<_> =
            self.changes.entries.iter().filter(|(_, change)| waiting(change)).map(|(id, _)| *id).collect();
        self.take_back(&ids);
    }

    pub(super) fn restore(&mut self, id: NotificationId) {
        match self.changes.entries.get_mut(&id).map(|change| &mut change.stage) {
            Some(Stage::Waiting { .. } | Stage::Queued) => self.take_back(&[id]),
            Some(Stage::Writing { take_back }) => *take_back = true,
            Some(Stage::Elsewhere { .. }) => self.out.push(Command::Tell(Message::Restore(id))),
            Some(Stage::Restoring { .. }) => {}
            None if self.changes.local.remove(&id) => {
                self.list_changed = true;
                self.out.push(Command::Store(vec![Entry::Forget(id)]));
                self.out.push(Command::Tell(Message::Returned(vec![id])));
            }
            None => self.bring_back(id),
        }
    }

    /// A dismissal that the server has is written back.
    fn bring_back(&mut self, id: NotificationId) {
        if let Some(notification) = self.changes.restore(id) {
            self.list.insert(notification);
            self.list_changed = true;
        }
    }

    /// Dismissals that nobody knows of yet are as if they had never been.
    fn take_back(&mut self, ids: &[NotificationId]) {
        if ids.is_empty() {
            return;
        }
        for id in ids {
            self.changes.entries.remove(id);
        }
        self.list_changed = true;
        self.out.push(Command::Store(ids.iter().flat_map(|id| [Entry::Done(*id), Entry::Forget(*id)]).collect()));
        self.out.push(Command::Tell(Message::Returned(ids.to_vec())));
    }

    pub(super) fn retry_write(&mut self, id: NotificationId) {
        if !self.failed.contains_key(&id) {
            return;
        }
        self.clear_failures(&[id]);
        if let Some(notification) = self.list.get(id).cloned() {
            self.queue(id, notification);
            self.out.push(Command::Store(vec![Entry::Pend(id)]));
            self.out.push(Command::Tell(Message::Dismissed(vec![id])));
        }
    }

    fn clear_failures(&mut self, ids: &[NotificationId]) {
        if ids.iter().any(|id| self.failed.contains_key(id)) {
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

    // --- When the undo time is over -------------------------------------------------------------------------------

    pub(super) fn end_undo_time(&mut self) {
        let now = self.now.mono;
        if self.changes.wake_at().is_none_or(|at| at > now) {
            return;
        }
        let mut over = Vec::new();
        self.changes.entries.retain(|id, change| match change.stage {
            Stage::Elsewhere { until } if until <= now => {
                self.list_changed = true;
                false
            }
            Stage::Waiting { until, .. } if until <= now => {
                over.push(*id);
                true
            }
            _ => true,
        });
        // Batches were made one after the other, so the earliest is written first; within one, the newest.
        over.sort_by_key(|id| (self.changes.entries.get(id).map(|change| change.stage.batch()), std::cmp::Reverse(*id)));
        self.hand_over(over);
    }

    /// Past undoing: to the server, or into this browser's memory.
    fn hand_over(&mut self, ids: Vec<NotificationId>) {
        if self.dismisses_locally() {
            return self.keep_locally(ids);
        }
        for id in ids {
            if let Some(change) = self.changes.entries.get_mut(&id) {
                change.stage = Stage::Queued;
                self.changes.queue.push_back(id);
            }
        }
    }

    fn keep_locally(&mut self, ids: Vec<NotificationId>) {
        if ids.is_empty() {
            return;
        }
        for id in &ids {
            self.changes.entries.remove(id);
            self.changes.local.insert(*id);
        }
        self.out.push(Command::Store(ids.iter().flat_map(|id| [Entry::Keep(*id), Entry::Done(*id)]).collect()));
        self.out.push(Command::Tell(Message::Kept(ids)));
    }

    fn queue(&mut self, id: NotificationId, notification: Rc<Notification>) {
        let change = Change { stage: Stage::Queued, counted: true, notification: Some(notification) };
        self.changes.entries.insert(id, change);
        self.changes.queue.push_back(id);
        self.list_changed = true;
    }

    // --- Writing --------------------------------------------------------------------------------------------------

    pub(super) fn start_writes(&mut self) {
        if self.hold_writes_until.is_some_and(|until| until <= self.now.mono) {
            self.hold_writes_until = None;
        }
        if !self.online || self.renewal == Renewal::Asking || self.hold_writes_until.is_some() {
            return;
        }
        while self.changes.in_flight < MOST_WRITES {
            let Some((notification, dismissed)) = self.changes.next_write() else { break };
            self.out.push(Command::Write { notification, dismissed, keepalive: false });
        }
        let outstanding = self.changes.outstanding();
        self.writes_begun = if outstanding == 0 { 0 } else { self.writes_begun.max(outstanding) };
    }

    pub(super) fn wrote(&mut self, id: NotificationId, result: Result<(), Failure>) {
        self.changes.write_ended();
        let Some(stage) = self.changes.entries.get(&id).map(|change| change.stage) else { return };
        match (result, stage) {
            (Ok(()), Stage::Restoring { .. }) => {
                self.last_write = self.now.wall;
                self.renewal = Renewal::Fresh;
                self.changes.restored_on_server(id);
                self.out.push(Command::Tell(Message::Returned(vec![id])));
            }
            (Ok(()), Stage::Writing { take_back }) => {
                self.last_write = self.now.wall;
                self.renewal = Renewal::Fresh;
                let notification = self.list.remove(id);
                self.changes.dismissed_on_server(id, notification);
                self.out.push(Command::Store(vec![Entry::Done(id)]));
                self.out.push(Command::Tell(Message::Written(id)));
                if take_back {
                    self.bring_back(id);
                }
            }
            (Err(failure), Stage::Restoring { .. } | Stage::Writing { .. }) => self.write_failed(id, stage, failure),
            _ => {}
        }
    }

    fn write_failed(&mut self, id: NotificationId, stage: Stage, failure: Failure) {
        match failure.kind {
            FailureKind::Unauthorized if self.renewal != Renewal::Tried => {
                self.requeue(id, stage);
                if self.renewal == Renewal::Fresh {
                    self.renewal = Renewal::Asking;
                    self.out.push(Command::Renew);
                }
            }
            FailureKind::Throttled => {
                self.requeue(id, stage);
                let wait = failure.retry_after.unwrap_or_else(|| backoff(self.attempt, &mut self.dice));
                self.attempt = self.attempt.saturating_add(1);
                let until = self.now.mono.saturating_add(wait);
                // Several writes may be told at once: the first tells the page, the longest pause counts.
                if self.hold_writes_until.is_none() {
                    self.emit_error(failure, Some(until));
                }
                self.hold_writes_until = self.hold_writes_until.max(Some(until));
            }
            FailureKind::Network if !self.online => self.requeue(id, stage),
            _ if failure.is_write_refusal() && self.settings.dismiss_mode == DismissMode::Auto => self.refused(id, stage),
            _ => self.give_up(id, stage, failure),
        }
    }

    fn requeue(&mut self, id: NotificationId, stage: Stage) {
        if matches!(stage, Stage::Writing { take_back: true }) {
            return self.take_back(&[id]);
        }
        if let Some(change) = self.changes.entries.get_mut(&id) {
            change.stage = match stage {
                Stage::Restoring { .. } => Stage::Restoring { writing: false },
                _ => Stage::Queued,
            };
            self.changes.queue.push_front(id);
        }
    }

    /// The API takes no writes: this dismissal and all that follow are kept in this browser.
    fn refused(&mut self, id: NotificationId, stage: Stage) {
        if !self.writes_refused {
            self.writes_refused = true;
            self.out.push(Command::RememberRefusal);
        }
        match stage {
            Stage::Restoring { .. } => self.hide_again(id),
            Stage::Writing { take_back: true } => self.take_back(&[id]),
            _ => {
                let queued = |change: &Change| change.stage == Stage::Queued;
                let others = self.changes.entries.iter().filter(|(_, change)| queued(change)).map(|(id, _)| *id);
                let ids = std::iter::once(id).chain(others).collect();
                self.keep_locally(ids);
            }
        }
    }

    /// A write failed for good: the notification is back where it was, with the reason.
    fn give_up(&mut self, id: NotificationId, stage: Stage, failure: Failure) {
        match stage {
            Stage::Restoring { .. } => self.hide_again(id),
            Stage::Writing { take_back: true } => return self.take_back(&[id]),
            _ => {
                if let Some(notification) = self.changes.entries.remove(&id).and_then(|change| change.notification) {
                    self.list.insert(notification);
                }
                Rc::make_mut(&mut self.failed).insert(id, failure.clone());
                self.out.push(Command::Store(vec![Entry::Done(id)]));
                self.out.push(Command::Tell(Message::Returned(vec![id])));
            }
        }
        self.list_changed = true;
        self.emit_error(failure, None);
    }

    /// A restoring failed: the server still has it dismissed.
    fn hide_again(&mut self, id: NotificationId) {
        let notification = self.list.remove(id);
        self.changes.dismissed_on_server(id, notification);
        self.list_changed = true;
    }

    /// No token can be had: what waits for one comes back.
    pub(super) fn give_up_writes(&mut self, failure: &Failure) {
        let waiting: Vec<_> = self.changes.queue.drain(..).collect();
        for id in waiting {
            if let Some(stage) = self.changes.entries.get(&id).map(|change| change.stage) {
                self.give_up(id, stage, failure.clone());
            }
        }
    }

    // --- Leaving and coming back ----------------------------------------------------------------------------------

    pub(super) fn leave(&mut self) {
        let waiting = |change: &Change| matches!(change.stage, Stage::Waiting { .. });
        let ids = self.changes.entries.iter().filter(|(_, change)| waiting(change)).map(|(id, _)| *id).collect();
        self.hand_over(ids);
        // What does not fit stays in the journal and is written on the next visit.
        let mut room = KEEPALIVE_BYTES;
        while let Some((notification, dismissed)) = self.changes.next_write() {
            let weight = notification.message.len() + WRITE_BYTES;
            if weight > room {
                let stage = if dismissed { Stage::Queued } else { Stage::Restoring { writing: false } };
                self.changes.write_ended();
                self.requeue(notification.id, stage);
                break;
            }
            room -= weight;
            self.out.push(Command::Write { notification, dismissed, keepalive: true });
        }
    }

    /// Writes that an earlier visit left: the records are needed first, as only their ids are stored.
    pub(super) fn adopt(&mut self, ids: Vec<NotificationId>) {
        let mine = |id: &NotificationId| {
            let stage = self.changes.entries.get(id).map(|change| change.stage);
            !matches!(stage, None | Some(Stage::Elsewhere { .. }))
        };
        let ids: Vec<_> = ids.into_iter().filter(|id| !mine(id)).collect();
        self.fetch(&ids, true);
    }

    /// The total counts what was dismissed in this browser only, as long as the server lists it: does it?
    pub(super) fn check_local(&mut self) {
        if self.has_more() {
            let ids: Vec<_> =
                self.changes.local.iter().rev().filter(|id| self.list.get(**id).is_none()).copied().collect();
            self.fetch(&ids, false);
        }
    }

    fn fetch(&mut self, ids: &[NotificationId], adopt: bool) {
        for ids in ids.chunks(MOST_IDS) {
            let ticket = self.ticket();
            self.fetches.insert(ticket, (ids.to_vec(), adopt));
            self.out.push(Command::Fetch { ticket, ids: ids.to_vec() });
        }
    }

    pub(super) fn fetched(&mut self, ticket: Ticket, result: Result<Vec<Notification>, Failure>) {
        let (Some((ids, adopt)), Ok(records)) = (self.fetches.remove(&ticket), result) else {
            // The journal still has them: the next visit tries again.
            return;
        };
        let mut over: BTreeSet<_> = ids.into_iter().collect();
        for notification in records.into_iter().filter(|one| !one.is_dismissed) {
            let id = notification.id;
            if over.remove(&id) && adopt {
                self.queue(id, Rc::new(notification));
            }
        }
        // Dismissed or deleted in the meantime: nothing is left to do.
        let done = |id: NotificationId| if adopt { Entry::Done(id) } else { Entry::Forget(id) };
        if !adopt {
            self.changes.local.retain(|id| !over.contains(id));
        }
        if !over.is_empty() {
            self.out.push(Command::Store(over.into_iter().map(done).collect()));
        }
    }

    // --- What a look and other tabs show ----------------------------------------------------------------------------

    /// The server no longer lists it: dismissed or deleted elsewhere.
    pub(super) fn vanish(&mut self, id: NotificationId) {
        self.list.remove(id);
        self.listed_dismissed.remove(&id);
        self.clear_failures(&[id]);
        self.list_changed = true;
        if self.changes.vanished(id) {
            self.out.push(Command::Store(vec![Entry::Done(id), Entry::Forget(id)]));
        }
    }

    /// Everything was read: what was not seen is not there.
    pub(super) fn forget_unlisted(&mut self, seen: &BTreeSet<NotificationId>) {
        let gone: Vec<_> = self.changes.local.iter().filter(|id| !seen.contains(id)).copied().collect();
        for id in &gone {
            self.changes.local.remove(id);
        }
        if !gone.is_empty() {
            self.out.push(Command::Store(gone.into_iter().map(Entry::Forget).collect()));
        }
        self.listed_dismissed.retain(|id| seen.contains(id));
    }

    pub(super) fn peer(&mut self, message: Message) {
        match message {
            Message::Looked { at, total, newest, all } => self.peer_looked(at, total, &newest, all),
            Message::Dismissed(ids) => {
                let until = self.now.mono + ELSEWHERE_TIME;
                for id in ids {
                    if !self.changes.hides(id) && !self.changes.entries.contains_key(&id) {
                        let notification = self.list.get(id).cloned();
                        let stage = Stage::Elsewhere { until };
                        self.changes.entries.insert(id, Change { stage, counted: true, notification });
                    }
                }
            }
            Message::Kept(ids) => {
                for id in ids {
                    self.changes.entries.remove(&id);
                    self.changes.local.insert(id);
                }
            }
            Message::Written(id) => {
                if !self.changes.written.contains_key(&id) {
                    self.changes.epoch += 1;
                    let notification = self.list.remove(id);
                    self.changes.dismissed_on_server(id, notification);
                }
            }
            Message::Returned(ids) => {
                for id in ids {
                    self.returned(id);
                }
            }
            Message::Restore(id) => {
                let stage = self.changes.entries.get(&id).map(|change| change.stage);
                if matches!(stage, Some(Stage::Waiting { .. } | Stage::Queued | Stage::Writing { .. })) {
                    self.restore(id);
                }
            }
        }
        self.list_changed = true;
    }

    fn returned(&mut self, id: NotificationId) {
        if let Some(Change { stage: Stage::Elsewhere { .. }, .. }) = self.changes.entries.get(&id) {
            self.changes.entries.remove(&id);
        }
        self.changes.local.remove(&id);
        if let Some(notification) = self.changes.written.remove(&id) {
            // Restored on the server by the other tab: the next look has the right total.
            self.list.insert(notification);
            self.changes.epoch += 1;
            self.want_look(None);
        }
    }

    // --- What is shown ----------------------------------------------------------------------------------------------

    pub(super) fn undo_batches(&self) -> Rc<[UndoBatch]> {
        let mut batches: Vec<UndoBatch> = Vec::new();
        for change in self.changes.entries.values() {
            if let Stage::Waiting { until, batch } = change.stage {
                match batches.iter_mut().find(|one| one.batch == batch) {
                    Some(one) => one.count += 1,
                    None => batches.push(UndoBatch { batch, count: 1, until: self.wall_of(until) }),
                }
            }
        }
        batches.sort_by_key(|one| one.batch);
        batches.into()
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        let outstanding = self.changes.outstanding();
        (self.writes_begun > MOST_WRITES && outstanding > 0)
            .then(|| Progress { done: self.writes_begun.saturating_sub(outstanding), total: self.writes_begun })
    }
}

impl Stage {
    fn batch(self) -> Option<u32> {
        match self {
            Self::Waiting { batch, .. } => Some(batch),
            _ => None,
        }
    }
}
