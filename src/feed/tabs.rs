//! What this tab makes of what the others say, and what it says after a look.

use std::rc::Rc;

use super::{
    Entry, Feed, Now,
    change::{Change, Elsewhere, Task},
    known::Known,
    look::Look,
    peer::Message,
};
use crate::{
    api::Page,
    model::{Notification, NotificationId},
};

/// A dismissal made in another tab is taken back when nothing more is heard of it for so long (milliseconds): longer
/// than that tab may have to wait before it can write.
const ELSEWHERE_TIME: u64 = 600_000;
/// As many notifications are told of one look; a page at least.
const TOLD: usize = 100;

impl Feed {
    pub(super) fn peer(&mut self, message: Message) {
        match message {
            Message::Looked { at, total, newest, all } => self.peer_looked(at, total, &newest, all),
            Message::Dismissed(ids) => ids.into_iter().for_each(|id| self.peer_dismissed(id)),
            Message::Kept(ids) => ids.into_iter().for_each(|id| self.peer_kept(id)),
            Message::Written(id) => self.peer_wrote(id),
            Message::Returned(ids) => ids.into_iter().for_each(|id| self.peer_returned(id)),
            Message::Forgotten(id) => self.peer_forgot(id),
            Message::Restored(id) => self.peer_restored(id),
            Message::Overtaken(id) => self.peer_overtaken(id),
            Message::Restore(id) => {
                // What is written already, the other tab can restore by itself.
                let mine = |change: &Change| change.task() != Task::Nothing && change.elsewhere.is_none();
                if self.changes.get(id).is_some_and(mine) {
                    self.restore(id);
                }
            }
        }
    }

    fn peer_dismissed(&mut self, id: NotificationId) {
        self.recall.forget(id);
        if self.changes.local.contains(id) {
            return;
        }
        let mut change = self.changes.take_done(id).unwrap_or_else(|| self.untouched(id));
        if change.wanted && change.elsewhere.is_none() && change.task() != Task::Nothing {
            // Dismissed in this tab, too, which is to write it.
            return self.changes.put(id, change);
        }
        if !change.wanted {
            self.clear_failures(&[id]);
            self.list_changed = true;
        }
        // If it was dismissed there before, what was asked of that tab then no longer counts.
        change.wanted = true;
        change.elsewhere = Some(Elsewhere { until: self.now.mono + ELSEWHERE_TIME, wanted_back: false });
        self.changes.put(id, change);
    }

    /// What the server has of a notification that nobody has touched here. One that is not loaded must stand beyond what
    /// is; if nothing does, it is not there any more.
    pub(super) fn untouched(&self, id: NotificationId) -> Box<Change> {
        let record = self.list.get(id).cloned();
        let listed = record.is_some() || self.beyond > 0 || !self.loaded;
        let mut change = Change::none(record);
        change.counted = listed && !self.changes.local.is_uncounted(id);
        change
    }

    fn peer_kept(&mut self, id: NotificationId) {
        self.recall.forget(id);
        if self.changes.get(id).is_some_and(|change| change.writing.is_some()) {
            // Before it can be kept, the server must have it as that tab knows it.
            self.changes.edit(id, |change| (change.wanted, change.elsewhere, change.kept) = (true, None, true));
            self.list_changed = true;
            return;
        }
        let change = self.changes.take_done(id).unwrap_or_else(|| self.untouched(id));
        if change.on_server {
            // Not as that tab knows it: somebody has restored it meanwhile.
            self.doubtful = true;
            self.want_look();
        }
        self.keep_local(id, change.counted);
        self.list_changed = true;
    }

    fn peer_forgot(&mut self, id: NotificationId) {
        let mut undoable = false;
        self.changes.edit(id, |change| {
            undoable = change.wanted && change.undo.is_some();
            if undoable {
                (change.wanted, change.undo) = (false, None);
                // That tab has seen to the journal.
                change.journalled = false;
            }
        });
        if undoable {
            self.is_wanted(id);
            self.settle(&[id]);
        } else {
            self.forget_local(id);
        }
    }

    fn peer_wrote(&mut self, id: NotificationId) {
        self.changes.touch(id);
        self.last_write = self.now.wall;
        if self.changes.done.contains_key(&id) {
            return;
        }
        if self.changes.get(id).is_none() {
            let mut change = self.untouched(id);
            change.wanted = true;
            self.changes.put(id, change);
        }
        let record = self.list.remove(id);
        self.list_changed |= record.is_some();
        // If it was not loaded, it was one of those beyond: which shifts what stands there.
        self.doubtful |= record.is_none();
        self.changes.local.forget(id);
        let mut wanted_back = false;
        let mut stored = Vec::new();
        self.changes.edit(id, |change| {
            // Wanted back, or only not known to be dismissed?
            change.wanted |= change.task() == Task::Nothing;
            change.on_server = true;
            change.unread = false;
            change.record = record.or(change.record.take());
            if let Some(elsewhere) = change.elsewhere.take() {
                wanted_back = elsewhere.wanted_back;
                change.wanted = !wanted_back;
            }
            if change.wanted {
                change.undo = None;
                if change.writing.is_some_and(|writing| !writing.dismissed) {
                    change.must_be_read();
                    (change.journalled, change.kept) = (true, false);
                    stored.push(Entry::Pend(id));
                }
            }
        });
        self.store(stored);
        if wanted_back {
            self.put_back(id);
        }
        self.settle(&[id]);
    }

    fn peer_returned(&mut self, id: NotificationId) {
        if let Some(change) = self.changes.get(id).filter(|change| change.elsewhere.is_some()) {
            if change.on_server {
                // Restored since, or dismissed by somebody else as well: a look tells, but none that began before.
                self.changes.touch(id);
                self.want_look();
            }
            self.is_undismissed(id);
        } else if self.changes.local.contains(id) {
            self.forget_local(id);
        }
    }

    fn peer_restored(&mut self, id: NotificationId) {
        self.changes.touch(id);
        self.last_write = self.now.wall;
        self.recall.forget(id);
        match self.changes.take_done(id) {
            Some(change) => {
                let busy = change.writing.is_some();
                let wanted = change.wanted && change.elsewhere.is_none();
                self.changes.put(id, change);
                if !busy {
                    self.is_undismissed(id);
                } else {
                    self.changes.edit(id, |change| (change.elsewhere, change.wanted) = (None, wanted));
                }
            }
            None => {
                // Not known here: perhaps its dismissal was before this tab's first look.
                self.returned.insert(id);
                self.doubtful = true;
                self.want_look();
            }
        }
    }

    /// Dismissed again here while that tab was still writing it back: this one has to see to it.
    fn peer_overtaken(&mut self, id: NotificationId) {
        let Some(mut change) = self.changes.take_done(id) else { return self.peer_restored(id) };
        if !change.wanted {
            self.changes.put(id, change);
            return self.peer_restored(id);
        }
        self.changes.touch(id);
        self.last_write = self.now.wall;
        change.on_server = false;
        if change.writing.is_some() {
            change.must_be_read();
        }
        if change.elsewhere.is_none() && !change.journalled {
            change.journalled = true;
            self.store(vec![Entry::Pend(id)]);
        }
        self.changes.put(id, change);
        self.put_back(id);
        self.settle(&[id]);
    }

    fn is_undismissed(&mut self, id: NotificationId) {
        let mut was_gone = false;
        self.changes.edit(id, |change| {
            // Had the member thought again over there, that tab would have asked this one first.
            let mine = change.elsewhere.take().is_none() && (change.undo.is_some() || !change.on_server);
            change.wanted &= mine;
            // Or the last look has not seen it.
            was_gone = std::mem::take(&mut change.on_server) || !change.counted;
        });
        self.list_changed = true;
        if was_gone {
            self.put_back(id);
        }
        self.settle(&[id]);
    }

    /// Another tab looked: the same as a look of our own, as far as it goes.
    fn peer_looked(&mut self, at: i64, total: u32, newest: &[Rc<Notification>], all: bool) {
        // A clock that was put back makes no look stale.
        let stale = at <= self.last_write && self.last_write <= self.now.wall;
        if !self.loaded || self.reading.under_way.is_some() || stale || self.changes.in_flight() > 0 {
            return;
        }
        // That tab may have loaded more than this one.
        let mine = |one: &&Rc<Notification>| self.reach.is_below(one) || self.list.get(one.id).is_some();
        let notifications: Vec<_> = newest.iter().filter(mine).map(|one| Notification::clone(one)).collect();
        let all = all && notifications.len() == newest.len();
        let size = u32::try_from(notifications.len()).unwrap_or(u32::MAX).max(1);
        let total_pages = total.div_ceil(size);
        let (unreadable, total_known, has_next) = (Vec::new(), true, !all);
        let page = Page { notifications, unreadable, page: 1, size, total, total_known, total_pages, has_next };
        let look = Look::heard(&page, self.covered(), self.server_total());
        let unlisted = self.changes.unlisted();
        let known = Known { list: &self.list, unlisted: &unlisted, dismissed: &self.listed_dismissed };
        if look.exact || look.explains(&known, total) {
            self.adopt_look(&look, false, false);
            if look.exact {
                self.doubtful = false;
            }
        } else {
            // Something changed deeper down than that tab tells.
            self.doubtful = true;
            if self.visible {
                self.want_look();
            }
        }
        if !self.hopeless() {
            self.problem = None;
            self.attempt = 0;
        }
        self.last_look = Some(self.now);
        self.plan_poll();
        self.want_filtered();
    }

    pub(super) fn tell_peers(&mut self, look: &Look, began: Now) {
        // Counted first, so that the list is not searched to its end for more.
        let read = look.seen.iter().filter(|id| self.list.get(**id).is_some()).count();
        let seen = self.list.iter().filter(|one| look.seen.contains(&one.id));
        let newest: Vec<_> = seen.take(read.min(TOLD)).cloned().collect();
        let all = look.last && newest.len() as u32 == look.total();
        self.tell(Message::Looked { at: began.wall, total: look.told_total(), newest, all });
    }
}
