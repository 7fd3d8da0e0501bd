//! What a look has seen becomes what is known.

use std::rc::Rc;

use super::{
    Command, Entry, Feed, Notice,
    known::Known,
    list::Found,
    look::{Goal, Look},
    peer::Message,
    reading::UnderWay,
};
use crate::{
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// A look that other tabs' writes disturbed is made again after so long (milliseconds), when they may be over.
const AFTER_DISTURBANCE: u64 = 2_000;

impl Feed {
    pub(super) fn look_ended(&mut self, UnderWay { want, began, epoch, misled, look, .. }: UnderWay) {
        self.reading.writes_first = true;
        let disturbed = epoch != self.changes.epoch;
        if disturbed {
            self.reading.not_before = self.now.mono + AFTER_DISTURBANCE;
        }
        if disturbed || misled {
            if self.loaded {
                return self.reading.want(want);
            }
            // Better something now; the next look puts it right.
            self.want_look();
        }
        let first = !self.loaded;
        self.doubtful &= !look.exact;
        self.adopt_look(&look, disturbed, want.asked_for);
        self.doubtful |= disturbed || look.torn;
        self.last_look = Some(self.now);
        self.plan_poll();
        let tells = look.sure || !look.records.is_empty();
        if tells && !first && look.goal != Goal::Next && !look.moved && !look.unsorted {
            self.tell_peers(&look, began);
        }
        self.resolve(want.waiters);
        if want.goal == Goal::ALL
            && let Some(waiters) = self.reading.proposing.take()
        {
            self.propose(waiters);
        }
        self.fetch_failed = false;
        self.fetches = 0;
        self.want_filtered();
    }

    /// What the look read is what there is, as far as it goes; `disturbed`: but for what was written in the meantime;
    /// `asked_for`: somebody wants to be sure.
    pub(super) fn adopt_look(&mut self, look: &Look, disturbed: bool, asked_for: bool) {
        let unlisted = self.changes.unlisted();
        let known = Known { list: &self.list, unlisted: &unlisted, dismissed: &self.listed_dismissed };
        let (missing, left) = (look.missing(&known), look.left_behind(&known));
        let mut explained = look.explains(&known, look.total());
        let explained_total = look.explained_total(&known);
        let known_now = self.covered().saturating_add(look.new_among(&known));
        let beyond = if look.last { 0 } else { look.total().saturating_sub(look.offset) };
        self.guessed = !look.sure;
        self.put_in(look, disturbed);
        for id in left {
            self.leave_out(id);
        }
        if look.exact {
            self.listed_dismissed = look.dismissed.clone();
            self.beyond = beyond;
            // Where the list moved on the way, this much is known; the rest is for the next look to find.
            let total = if look.moved { look.read().saturating_add(beyond) } else { look.total() };
            self.adopt_total(total);
            if look.moved && total != look.total() {
                self.want_look();
            }
        } else if look.goal == Goal::Next {
            self.beyond = beyond;
            let known_now = known_now.saturating_add(beyond);
            explained = look.sure && !look.moved && known_now <= look.total();
            if explained {
                self.adopt_total(look.total());
            } else {
                let unseen = if look.sure { 0 } else { look.unreadable };
                let total = i64::from(known_now.saturating_add(unseen)) - self.changes.moved();
                self.total = u32::try_from(total).ok();
                if look.sure {
                    self.want_look();
                }
            }
        } else if explained {
            self.adopt_total(explained_total);
        }
        if let Some(edge) = look.edge().filter(|_| look.exact || look.goal == Goal::Next) {
            self.reach = edge;
        }
        // A total that has not changed does not say much: another may have come for one that has gone.
        if self.beyond > 0 && (!self.loaded || !explained || asked_for && look.goal > Goal::Newest) {
            self.doubt_what_is_beyond(look);
        }
        self.unproven &= self.beyond > 0;
        for id in missing {
            self.is_absent(id);
        }
        if self.beyond == 0 {
            // All is loaded: what is dismissed here and is not among it is not there.
            let changed = self.changes.listed().chain(self.changes.local.iter());
            let absent: Vec<_> = changed.filter(|id| self.list.get(*id).is_none()).collect();
            absent.into_iter().for_each(|id| self.is_absent(id));
        }
        self.see_dismissed(&look.dismissed);
        self.listed_dismissed.extend(look.dismissed.iter().copied());
        self.loaded = true;
        for id in unlisted {
            if !self.changes.hides(id) {
                // It is about to be restored, and shown already if so much is loaded now. If not, its write will tell.
                self.put_back_within_reach(id);
            }
        }
        self.highest = self.highest.max(look.seen.last().copied());
    }

    /// These are listed, though dismissed: the total includes them, and the count is less for them.
    fn see_dismissed(&mut self, ids: &SortedSet<NotificationId>) {
        let mut stored = Vec::new();
        for id in ids.iter().copied() {
            if self.changes.local.contains(id) {
                // Kept since this was read, perhaps, after a restoring: the server is asked about it by its id.
                self.changes.local.keep(id, false);
                self.uncertain.insert(id);
            } else if self.changes.get(id).is_none_or(|change| !change.on_server) {
                self.changes.edit(id, |change| change.counted = false);
                self.vanish(id, &mut stored);
            }
            // Of the others that was known: they may be about to be restored.
        }
        self.store(stored);
    }

    fn adopt_total(&mut self, total: u32) {
        self.total = Some(total);
        self.changes.total_adopted();
    }

    fn put_in(&mut self, look: &Look, disturbed: bool) {
        let mut arrived = Vec::new();
        for notification in &look.records {
            let id = notification.id;
            if disturbed && self.changes.is_done(id) {
                continue;
            }
            self.listed_dismissed.remove(&id);
            self.server_lists(notification);
            match self.list.insert(notification.clone()) {
                Found::Same => {}
                Found::Changed => self.list_changed = true,
                Found::New => {
                    self.list_changed = true;
                    // A further page was there before.
                    let is_new = look.goal != Goal::Next && Some(id) > self.highest && !self.returned.contains(&id);
                    if self.loaded && is_new && self.shows(notification) {
                        arrived.push(notification.clone());
                    }
                }
            }
        }
        if !arrived.is_empty() {
            self.arrived = arrived.iter().map(|one| one.id).collect();
            self.out.push(Command::Emit(Notice::Arrive(arrived)));
        }
    }

    /// What was dismissed keeps its record, to be written back; but for one whose record is to be read before it is
    /// written.
    fn leave_out(&mut self, id: NotificationId) {
        if let Some(record) = self.list.remove(id) {
            self.list_changed = true;
            self.changes.edit(id, |change| change.record = change.record.take().or((!change.unread).then_some(record)));
        }
        self.clear_failures(&[id]);
    }

    /// A look has not seen it where it should stand: dismissed or deleted elsewhere, as it seems. What was dismissed here
    /// is not forgotten for that: the server is asked about it by its id.
    fn is_absent(&mut self, id: NotificationId) {
        self.leave_out(id);
        self.listed_dismissed.remove(&id);
        self.changes.edit(id, |change| change.counted = false);
        if self.changes.local.contains(id) {
            self.changes.local.keep(id, false);
        } else if self.changes.get(id).is_none_or(|change| !change.journalled && !change.unread) {
            return self.vanish(id, &mut Vec::new());
        }
        let asked = self.fetching.as_ref().is_some_and(|one| one.ids.contains(&id));
        self.uncertain.extend((!asked).then_some(id));
    }

    /// It is dismissed on the server, or deleted.
    pub(super) fn vanish(&mut self, id: NotificationId, stored: &mut Vec<Entry>) {
        self.leave_out(id);
        if self.changes.local.forget(id) {
            stored.push(Entry::Forget(id));
            // A tab that still takes it for local would hide it for good, should somebody restore it.
            self.tell(Message::Written(id));
        }
        if self.changes.get(id).is_some_and(|change| change.writing.is_none()) {
            self.changes.edit(id, |change| {
                change.on_server = true;
                change.wanted = true;
                change.unread = false;
                // Another tab that is to write it may know nothing of that, and can yet take it back.
                change.undo = None;
            });
            self.settle(&[id]);
        }
    }

    /// The server lists it as undismissed.
    fn server_lists(&mut self, notification: &Rc<Notification>) {
        let id = notification.id;
        // What must be read by its id is known by the list only where the server does not answer that.
        if self.fetch_failed || self.changes.get(id).is_none_or(|change| !change.unread) {
            self.uncertain.remove(&id);
            self.give_record(notification.clone());
        }
        // Dismissed by this browser before this look was made, and listed all the same: somebody has restored it.
        self.changes.done.remove(&id);
        let restored = self.changes.edit(id, |change| {
            if change.on_server {
                change.on_server = false;
                // Unless the member has dismissed it again, here or in another tab.
                change.wanted &= change.undo.is_some() || change.elsewhere.is_some();
            }
        });
        if restored {
            self.settle(&[id]);
        }
    }

    /// A notification that comes back stands where it stood, if so much is loaded.
    pub(super) fn put_back(&mut self, id: NotificationId) {
        self.list_changed = true;
        if !self.put_back_within_reach(id) {
            // It stands where this tab has not read, which shifts what it reads next.
            self.doubtful = true;
        }
    }

    /// `false` where it is not known to stand among what is loaded.
    fn put_back_within_reach(&mut self, id: NotificationId) -> bool {
        if self.list.get(id).is_some() {
            return true;
        }
        let record = self.changes.get(id).and_then(|change| change.record.clone());
        let Some(record) = record.filter(|record| self.loaded && self.reach.reaches(record)) else { return false };
        self.list_changed = true;
        if !self.reach.is_below(&record) {
            // At the very edge; it may as well stand beyond.
            self.doubtful = true;
            self.want_look();
        }
        self.list.insert(record);
        true
    }
}
