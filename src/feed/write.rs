//! Writing: at most four at a time, each once, and every one with an end: written, kept locally, or back with a reason.

use std::rc::Rc;

use super::{
    Command, Feed, Renewal,
    backoff::backoff,
    change::{Task, Writing},
    peer::Message,
};
use crate::{
    config::DismissMode,
    error::{Failure, FailureKind},
    model::NotificationId,
};

/// Writes on their way at one time.
pub(super) const MOST_WRITES: u32 = 4;
/// Requests that outlive their page may carry 64 KiB together (Fetch standard, keepalive); some is left for headers.
const KEEPALIVE_BYTES: usize = 48 * 1024;
/// What a write weighs besides its message, in bytes, generously.
const WRITE_BYTES: usize = 400;

impl Feed {
    pub(super) fn start_writes(&mut self) {
        if self.hold_writes_until.is_some_and(|until| until <= self.now.mono) {
            self.hold_writes_until = None;
        }
        let looks = self.reading.under_way.is_some() || self.look_is_next() && !self.reading.writes_first;
        if !looks && self.may_write() {
            while self.changes.in_flight() < MOST_WRITES {
                let Some((notification, dismissed)) = self.changes.next_write(self.token) else { break };
                self.out.push(Command::Write { notification, dismissed, keepalive: false });
            }
        }
        if self.changes.outstanding() == 0 {
            self.writes_done = 0;
        }
    }

    pub(super) fn may_write(&self) -> bool {
        self.online && self.renewal != Renewal::Asking && self.hold_writes_until.is_none()
    }

    /// When writes go on after a pause.
    pub(super) fn writes_due(&self) -> Option<u64> {
        let waits = !self.changes.queue.is_empty() || self.recall.waits();
        self.hold_writes_until.filter(|_| waits && self.online)
    }

    pub(super) fn wrote(&mut self, id: NotificationId, result: Result<(), Failure>) {
        let outstanding = self.changes.outstanding();
        let Some(Writing { dismissed, token }) = self.changes.write_ended(id) else { return };
        match result {
            Ok(()) => self.written(id, dismissed),
            Err(failure) => self.write_failed(id, dismissed, token, failure),
        }
        self.writes_done += outstanding.saturating_sub(self.changes.outstanding());
    }

    fn written(&mut self, id: NotificationId, dismissed: bool) {
        self.last_write = self.now.wall;
        self.trust_token();
        let (mut as_wanted, mut elsewhere) = (true, false);
        self.changes.edit(id, |change| {
            change.on_server = dismissed;
            change.renewed = false;
            change.untold = dismissed;
            if let Some(other) = change.elsewhere.take_if(|_| dismissed) {
                // That tab has nothing to write any more.
                change.wanted = !other.wanted_back;
            }
            as_wanted = change.wanted == dismissed;
            elsewhere = change.elsewhere.is_some();
        });
        // If it is wanted otherwise by now, the other tabs hear of it when that is done.
        if dismissed && as_wanted {
            self.doubtful |= self.list.remove(id).is_none();
        } else if as_wanted || elsewhere {
            self.put_back(id);
            self.tell(if elsewhere { Message::Overtaken(id) } else { Message::Restored(id) });
        }
        self.settle(&[id]);
    }

    fn write_failed(&mut self, id: NotificationId, dismissed: bool, token: u32, failure: Failure) {
        let Some(change) = self.changes.get(id) else { return };
        let renewed = change.renewed;
        if change.wanted != dismissed || change.undo.is_some() || change.elsewhere.is_some() {
            return self.write_was_idle(id, dismissed, &failure);
        }
        match failure.kind {
            FailureKind::Unauthorized if failure.is_refused_token() && self.may_renew(token, renewed) => {
                let asked = token == self.token;
                self.changes.edit(id, |change| change.renewed |= asked);
                self.changes.queue.push_front(id);
            }
            // 503 may say when to come back, too.
            kind if kind == FailureKind::Throttled || failure.retry_after.is_some() => {
                self.changes.queue.push_front(id);
                self.hold_writes(failure);
            }
            FailureKind::Network if !self.online => self.changes.queue.push_front(id),
            _ if dismissed && failure.is_write_refusal() && self.settings.dismiss_mode == DismissMode::Auto => {
                if failure.status == Some(404) {
                    // Perhaps only this one is gone: whether it is there says what the refusal means.
                    self.refused.insert(id);
                    self.uncertain.insert(id);
                    self.keep_locally(vec![id]);
                } else {
                    self.writes_are_refused();
                    self.settle(&[id]);
                }
            }
            _ => {
                self.give_up(&[id], &failure);
                self.emit_error(failure, None);
            }
        }
    }

    /// A write failed that is not wanted any more, may be undone yet, or is another tab's affair by now.
    fn write_was_idle(&mut self, id: NotificationId, dismissed: bool, failure: &Failure) {
        // Without a clear answer it may have been done all the same.
        let unclear = failure.status.is_none_or(|status| status >= 500);
        let mut elsewhere = false;
        self.changes.edit(id, |change| {
            elsewhere = change.elsewhere.is_some();
            if unclear && change.wanted != dismissed {
                change.on_server = dismissed;
            }
        });
        if !dismissed {
            self.list.remove(id);
            if unclear && elsewhere {
                self.tell(Message::Overtaken(id));
            }
        } else if self.changes.get(id).is_some_and(|change| !change.wanted && change.task() == Task::Nothing) {
            self.tell(Message::Returned(vec![id]));
        }
        self.settle(&[id]);
    }

    pub(super) fn hold_writes(&mut self, failure: Failure) {
        let wait = failure.retry_after.unwrap_or_else(|| backoff(self.attempt, &mut self.dice));
        self.attempt = self.attempt.saturating_add(1);
        let until = self.now.mono.saturating_add(wait);
        // Several writes may be told at once: the first tells the page, the longest pause counts.
        if self.hold_writes_until.is_none() {
            self.emit_error(failure, Some(until));
        }
        self.hold_writes_until = self.hold_writes_until.max(Some(until));
    }

    /// The API takes no writes: dismissals are kept in this browser from now on.
    pub(super) fn writes_are_refused(&mut self) {
        if !self.writes_refused {
            self.writes_refused = true;
            self.out.push(Command::RememberRefusal);
        }
        let queued: Vec<_> = self.changes.queue.drain(..).collect();
        self.settle(&queued);
    }

    /// These writes failed for good: the notifications are as the server has them, with the reason.
    fn give_up(&mut self, ids: &[NotificationId], failure: &Failure) {
        let mut returned = Vec::new();
        for id in ids {
            let mut dismissed = false;
            self.changes.edit(*id, |change| {
                dismissed = change.wanted;
                change.wanted = change.on_server;
            });
            if dismissed {
                Rc::make_mut(&mut self.failed).insert(*id, failure.clone());
                returned.push(*id);
            } else {
                self.list.remove(*id);
            }
        }
        self.list_changed = true;
        if !returned.is_empty() {
            self.tell(Message::Returned(returned));
        }
        self.settle(ids);
    }

    /// No token can be had: what waits for one comes back.
    pub(super) fn give_up_writes(&mut self, failure: &Failure) {
        let mut waiting: Vec<_> = self.changes.queue.drain(..).collect();
        waiting.retain(|id| matches!(self.changes.get(*id).map(|change| change.task()), Some(Task::Write(_))));
        self.give_up(&waiting, failure);
    }

    // --- Leaving --------------------------------------------------------------------------------------------------

    /// The page goes away: what waits is sent now. What cannot be sent stays in the journal for the next visit.
    pub(super) fn leave(&mut self) {
        let waiting: Vec<_> = self.changes.undoable().map(|(id, _)| id).collect();
        for id in &waiting {
            self.changes.edit(*id, |change| change.undo = None);
        }
        self.settle(&waiting);
        let mut room = KEEPALIVE_BYTES;
        while self.may_write() {
            let Some((notification, dismissed)) = self.changes.next_write(self.token) else { break };
            let weight = notification.message.len() + WRITE_BYTES;
            if weight > room {
                self.changes.edit(notification.id, |change| change.writing = None);
                self.changes.queue.push_front(notification.id);
                break;
            }
            room -= weight;
            self.out.push(Command::Write { notification, dismissed, keepalive: true });
        }
    }
}
