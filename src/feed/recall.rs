//! Bringing back what this page has never seen dismissed: it was in an earlier visit, or in another browser.
//!
//! Such an id is no change yet. It becomes one when the server has been asked for its record and says that it is there
//! and dismissed; until then neither list nor count knows of it. Asking goes by the rules of the write that is to
//! follow, and takes turns with looks, so that what is known of the list and the answer are of one moment.

use std::{mem, rc::Rc};

use super::{Command, Feed, Ticket, adopt::MOST_IDS, change::Change};
use crate::{
    error::{Failure, FailureKind},
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// Ids to be brought back of which nothing is known here.
#[derive(Debug, Default)]
pub(super) struct Recall {
    waiting: SortedSet<NotificationId>,
    asked: SortedSet<NotificationId>,
    /// The request for those asked, and the age of its token.
    under_way: Option<(Ticket, u32)>,
    /// A request was refused for its token, and a fresh one was asked for.
    renewed: bool,
}

impl Recall {
    pub(super) fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Somebody has thought again, or been faster.
    pub(super) fn forget(&mut self, id: NotificationId) {
        self.waiting.remove(&id);
        self.asked.remove(&id);
    }
}

impl Feed {
    pub(super) fn recall(&mut self, id: NotificationId) {
        if self.list.get(id).is_none() && !self.recall.asked.contains(&id) {
            self.recall.waiting.insert(id);
        }
    }

    pub(super) fn start_recall(&mut self) {
        let blocked = !self.may_write() || self.throttled() || self.hopeless();
        let reads = !self.loaded || self.reading.under_way.is_some() || self.recall.is_under_way();
        if !self.recall.waits() || blocked || reads {
            return;
        }
        // Asked for before the list had arrived, it may be in it.
        let mut ids: Vec<_> = mem::take(&mut self.recall.waiting).iter().copied().collect();
        ids.retain(|id| self.list.get(*id).is_none());
        self.recall.waiting = ids.drain(ids.len().min(MOST_IDS)..).collect();
        if !ids.is_empty() {
            let ticket = self.ticket();
            self.recall.asked = ids.iter().copied().collect();
            self.recall.under_way = Some((ticket, self.token));
            self.out.push(Command::Fetch { ticket, ids });
        }
    }

    pub(super) fn recalled(&mut self, ticket: Ticket, result: Result<Vec<Notification>, Failure>) {
        let Some((_, token)) = self.recall.under_way.take_if(|(asked, _)| *asked == ticket) else { return };
        let asked = mem::take(&mut self.recall.asked);
        let records = match result {
            Ok(records) => records,
            Err(_) if asked.is_empty() => return,
            Err(failure) => return self.recall_failed(asked, token, failure),
        };
        self.recall.renewed = false;
        for record in records {
            // A server that does not know how to answer gives others, too.
            if asked.contains(&record.id) && record.coworker == self.coworker {
                self.call_back(Rc::new(record));
            }
        }
    }

    fn call_back(&mut self, record: Rc<Notification>) {
        let id = record.id;
        let untouched = self.changes.get(id).is_none() && !self.changes.local.contains(id);
        if self.list.get(id).is_some() || !untouched && !self.changes.is_done(id) {
            return;
        }
        self.returned.insert(id);
        if !record.is_dismissed {
            // Somebody else was faster. Where it should be in the list, the next look must find it.
            if self.reach.reaches(&record) {
                self.doubtful = true;
                self.want_look();
            }
            return;
        }
        // What other tabs have seen before may list it yet.
        self.last_write = self.now.wall;
        // Of another tab's write this one may have heard in the meantime.
        let mut change = self.changes.take_done(id).unwrap_or_else(|| Change::done(None));
        (change.wanted, change.record) = (false, Some(record));
        self.changes.put(id, change);
        self.put_back(id);
        if self.list.get(id).is_none() {
            // Beyond what is loaded it may have been counted, if it was dismissed since: the look after the write tells.
            self.reading.writes_first = true;
            self.want_look();
        }
        self.settle(&[id]);
    }

    /// As with a write: what only has to wait waits, and what has failed is told.
    fn recall_failed(&mut self, asked: SortedSet<NotificationId>, token: u32, failure: Failure) {
        match failure.kind {
            FailureKind::Unauthorized if failure.is_refused_token() && self.may_renew(token, self.recall.renewed) => {
                self.recall.renewed |= token == self.token;
            }
            kind if kind == FailureKind::Throttled || failure.retry_after.is_some() => self.hold_writes(failure),
            FailureKind::Network if !self.online => {}
            _ => {
                self.recall.renewed = false;
                return self.emit_error(failure, None);
            }
        }
        self.recall.waiting.extend(asked.iter().copied());
    }
}
