//! What the member wants: dismissed, snoozed, brought back; and what of it the server has.

mod acts;
#[cfg(test)]
mod agreement;
mod intent;
mod learn;

use std::{cmp::Reverse, rc::Rc};

pub(super) use intent::EARLIER;
pub use intent::{Intent, Stage, Stamp};

use super::{Act, Now, UndoBatch, list::Place, touched::Touched};
use crate::{
    model::{Notification, NotificationId},
    sorted::{SortedMap, SortedSet},
};

/// A dismissal can be undone for so long (milliseconds).
const UNDO_TIME: u64 = 6_000;
/// What another tab has left is read so long after this one took over (milliseconds): its last requests may
/// still be on their way.
const GRACE: u64 = 3_000;
/// A tab of the version before may live, and write what it has made: it is given so long (milliseconds).
const EARLIER_GRACE: i64 = 60_000;

/// What the server has of a notification, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing is known: only the id.
    Unknown,
    /// Undismissed, and in the total.
    Listed,
    /// Undismissed, but the total may not include it yet.
    Found,
    /// A list has not shown it where it should stand: dismissed or deleted elsewhere, as it seems.
    Absent,
    /// Dismissed, or deleted.
    Dismissed,
}

/// What is to be done for an intent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Wait: for the time to undo, an answer or the tab that writes.
    Wait,
    /// Read the record by its id: only then it is known what the server has.
    LookUp,
    /// Write this value of `IsDismissed`.
    Write(bool),
    /// Keep it in this browser, without a write.
    KeepLocal,
    /// Nothing: it is as it should be.
    Acknowledge,
}

/// The time to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Undo {
    until: u64,
    batch: u32,
    act: Act,
    /// Before the act the member wanted it back, and that was not over: an undo returns to this.
    wanted_back: bool,
}

/// One intent in effect, and what this tab knows of its notification.
#[derive(Debug, Clone)]
struct Register {
    intent: Intent,
    record: Option<Rc<Notification>>,
    known: Known,
    /// The record is to be read by its id before anything is written.
    unread: bool,
    /// Its snooze is over, and its record is being read.
    waking: bool,
    /// It can be undone in this tab.
    undo: Option<Undo>,
    /// Nothing is sent for it before then.
    due: Option<u64>,
}

impl Register {
    fn wake(&self) -> Option<i64> {
        self.intent.snoozed_until.filter(|_| self.intent.stage == Stage::Local && !self.waking)
    }

    fn is_restoring(&self) -> bool {
        !self.intent.hides() && self.known == Known::Dismissed && self.record.is_some()
    }
}

/// An intent that is over.
#[derive(Debug)]
struct Over {
    intent: Intent,
    /// To bring it back.
    record: Option<Rc<Notification>>,
    /// A list has shown it since: the intent says nothing of the server any more.
    listed: bool,
}

impl Over {
    /// The member dismissed it, and the server has that.
    fn is_acknowledged(&self) -> bool {
        self.intent.dismissed && self.intent.stage == Stage::Acknowledged && !self.listed
    }
}

/// All intents of one coworker.
#[derive(Debug)]
pub(super) struct Intents {
    tab: u32,
    /// The highest counter of any stamp seen.
    clock: i64,
    entries: SortedMap<NotificationId, Box<Register>>,
    /// Those that are over. They stay, so that an older intent is recognised whenever another tab's message arrives.
    over: SortedMap<NotificationId, Over>,
    /// When entries move on by themselves; of one moment, the newest first.
    deadlines: SortedSet<(u64, Reverse<NotificationId>)>,
    /// When the snoozed come back, by the device's clock.
    wakes: SortedSet<(i64, NotificationId)>,
    /// Entries whose task may have changed.
    to_review: SortedSet<NotificationId>,
    /// To be stored and told to the other tabs.
    changed: SortedSet<NotificationId>,
    next_batch: u32,
    /// Until then (on [`Now::mono`]) the tab that led before may write what it has left.
    grace_until: u64,
    /// Goes up with each change that list or count may show.
    revision: u64,
    touched: Touched,
}

impl Intents {
    /// What an earlier visit, or another tab, has stored.
    pub(super) fn stored(tab: u32, stored: &SortedMap<NotificationId, Intent>) -> Self {
        let mut intents = Self {
            tab,
            clock: 0,
            entries: SortedMap::new(),
            over: SortedMap::new(),
            deadlines: SortedSet::new(),
            wakes: SortedSet::new(),
            to_review: SortedSet::new(),
            changed: SortedSet::new(),
            next_batch: 0,
            grace_until: 0,
            revision: 0,
            touched: Touched::default(),
        };
        for (id, intent) in stored.iter() {
            intents.hear(*id, *intent, None, None);
        }
        intents
    }

    // --- Asked ------------------------------------------------------------------------------------------------------

    /// Whether this notification is kept out of the inbox.
    pub(super) fn hides(&self, id: NotificationId) -> bool {
        self.entries.get(&id).is_some_and(|entry| entry.intent.hides())
    }

    /// The intent in effect.
    pub(super) fn get(&self, id: NotificationId) -> Option<&Intent> {
        self.entries.get(&id).map(|entry| &entry.intent)
    }

    /// The intent in effect, or the one that was.
    fn latest(&self, id: NotificationId) -> Option<Intent> {
        self.get(id).or_else(|| self.over.get(&id).map(|over| &over.intent)).copied()
    }

    /// The record, as last seen.
    pub(super) fn record(&self, id: NotificationId) -> Option<Rc<Notification>> {
        let over = || self.over.get(&id).and_then(|over| over.record.clone());
        self.entries.get(&id).and_then(|entry| entry.record.clone()).or_else(over)
    }

    pub(super) fn known(&self, id: NotificationId) -> Option<Known> {
        self.entries.get(&id).map(|entry| entry.known)
    }

    /// The server has it dismissed, for sure.
    pub(super) fn is_dismissed_there(&self, id: NotificationId) -> bool {
        self.entries.get(&id).is_some_and(|entry| entry.known == Known::Dismissed && !entry.unread)
    }

    /// Dismissed by this browser, and the server has it.
    pub(super) fn is_acknowledged(&self, id: NotificationId) -> bool {
        self.over.get(&id).is_some_and(Over::is_acknowledged) && !self.entries.contains_key(&id)
    }

    /// Those kept out of the inbox.
    pub(super) fn hidden(&self) -> impl Iterator<Item = NotificationId> {
        self.entries.iter().filter(|(_, entry)| entry.intent.hides()).map(|(id, _)| *id)
    }

    /// The server still has them dismissed, but the member wants them back.
    pub(super) fn restoring(&self) -> impl Iterator<Item = &Rc<Notification>> {
        self.entries.values().filter(|entry| entry.is_restoring()).filter_map(|entry| entry.record.as_ref())
    }

    /// How many of the server's total are hidden. `unloaded`: some of its list is not loaded, and may include those that
    /// are not known.
    pub(super) fn hidden_but_included(&self, unloaded: bool) -> usize {
        let included = |known| known == Known::Listed || known == Known::Unknown && unloaded;
        self.entries.values().filter(|entry| entry.intent.hides() && included(entry.known)).count()
    }

    /// How many are shown that the total does not include.
    pub(super) fn shown_but_not_included(&self) -> usize {
        self.entries.values().filter(|entry| entry.is_restoring()).count()
    }

    /// Those that are snoozed, and until when.
    pub(super) fn snoozed(&self) -> SortedMap<NotificationId, i64> {
        self.entries.iter().filter_map(|(id, entry)| Some((*id, entry.intent.snoozed_until?))).collect()
    }

    /// Its snooze is over, and its record is being read.
    pub(super) fn is_waking(&self, id: NotificationId) -> bool {
        self.entries.get(&id).is_some_and(|entry| entry.waking)
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Whose intents have changed since this was last asked, and where their records stand; `None`: too many.
    pub(super) fn take_touched(&mut self) -> Option<Vec<(NotificationId, Option<Place>)>> {
        self.touched.take()
    }

    /// What is wanted back and not listed yet.
    pub(super) fn restoring_one(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.entries.get(&id).filter(|entry| entry.is_restoring())?.record.as_ref()
    }

    /// All those in effect.
    pub(super) fn ids(&self) -> impl Iterator<Item = NotificationId> {
        self.entries.keys().copied()
    }

    /// There are some, and all of them are for this browser only.
    pub(super) fn are_local(&self) -> bool {
        !self.entries.is_empty() && self.entries.values().all(|entry| entry.intent.stage == Stage::Local)
    }

    /// Whether this intent would count for more than what is known.
    pub(super) fn is_news(&self, id: NotificationId, intent: Intent) -> bool {
        self.latest(id).is_none_or(|known| known.merge(intent) != known)
    }

    /// Nothing waits for the server.
    pub(super) fn are_at_rest(&self) -> bool {
        self.entries.values().all(|entry| entry.intent.stage != Stage::Pending)
    }

    /// The batches that can still be undone, oldest first.
    pub(super) fn undo_batches(&self, now: Now) -> Rc<[UndoBatch]> {
        let mut batches: Vec<UndoBatch> = Vec::new();
        let entries = self.deadlines.iter().filter_map(|(_, id)| self.entries.get(&id.0));
        for Undo { until, batch, act, .. } in entries.filter_map(|entry| entry.undo) {
            let place = batches.partition_point(|one| one.batch < batch);
            match batches.get_mut(place).filter(|one| one.batch == batch) {
                Some(one) => one.count += 1,
                None => batches.insert(place, UndoBatch { batch, act, count: 1, until: now.wall_of(until) }),
            }
        }
        batches.into()
    }

    /// Those of one batch, or all that can still be undone.
    pub(super) fn undoable(&self, batch: Option<u32>) -> Vec<NotificationId> {
        let of = |undo: Undo| batch.is_none_or(|batch| undo.batch == batch);
        let entries = self.deadlines.iter().filter_map(|(_, id)| Some((id.0, self.entries.get(&id.0)?)));
        entries.filter(|(_, entry)| entry.undo.is_some_and(of)).map(|(id, _)| id).collect()
    }

    /// Whether an undo returns to a restoring that was not over.
    pub(super) fn undoes_to_restoring(&self, id: NotificationId) -> bool {
        self.entries.get(&id).and_then(|entry| entry.undo).is_some_and(|undo| undo.wanted_back)
    }

    /// The next moment at which something happens by itself.
    pub(super) fn wake_at(&self, now: Now, loaded: bool) -> Option<u64> {
        let wake = self
            .wakes
            .first()
            .filter(|_| loaded)
            .map(|(at, _)| now.mono + u64::try_from(at - now.wall).unwrap_or(0).max(1));
        self.deadlines.first().map(|(due, _)| *due).into_iter().chain(wake).min()
    }

    // --- Other tabs, and what is stored ---------------------------------------------------------------------------

    /// Another tab has made this intent, or it was stored. `record`: it is listed. `now`: it was made just now, with time
    /// to undo.
    pub(super) fn hear(
        &mut self,
        id: NotificationId,
        intent: Intent,
        record: Option<Rc<Notification>>,
        now: Option<Now>,
    ) {
        self.clock = self.clock.max(intent.stamp.counter);
        let before = self.latest(id);
        if before.is_some_and(|before| before.merge(intent) == before) {
            return;
        }
        let unknown = self.get(id).is_none() && !self.is_acknowledged(id);
        let another = before.is_none_or(|before| before.stamp != intent.stamp);
        let mut entry = self.take(id).unwrap_or_else(|| self.new_entry(id, intent, record.is_some()));
        entry.intent = intent;
        entry.record = entry.record.or(record);
        if intent.stage == Stage::Local && entry.known == Known::Dismissed {
            // The tab that writes knows better.
            entry.known = Known::Absent;
        }
        if unknown && !intent.hides() {
            // That tab knows it as dismissed, whatever this one has seen.
            entry.unread = true;
        }
        if another {
            // What is heard late, the tab that led before may have written.
            let late = now.is_some_and(|now| now.mono < self.grace_until);
            entry.unread |= late && intent.stage == Stage::Pending;
            entry.undo = None;
            entry.due = now.filter(|_| intent.hides()).map(|now| now.mono + UNDO_TIME);
        }
        self.put(id, entry);
        if intent.is_over() {
            self.end(id, intent.stage);
        }
        // Nobody need be told of it by this tab.
        self.changed.remove(&id);
    }

    /// The tab that made these is going: nobody can undo them any more.
    pub(super) fn hurry(&mut self, tab: u32, now: Now) {
        let hurried = |(_, id): &(u64, Reverse<NotificationId>)| {
            self.entries.get(&id.0).filter(|entry| entry.intent.stamp.tab == tab).map(|_| id.0)
        };
        let ids: Vec<_> = self.deadlines.iter().filter_map(hurried).collect();
        let grace = Some(self.grace_until).filter(|until| *until > now.mono);
        for id in ids {
            self.edit(id, |entry| (entry.undo, entry.due) = (None, grace.filter(|_| entry.unread)));
        }
    }

    /// This tab writes from now on. Another one may have done so before: what the server has is to be read first.
    pub(super) fn take_over(&mut self, now: Now) {
        self.grace_until = now.mono + GRACE;
        let pending = |entry: &Register| entry.intent.stage == Stage::Pending;
        let ids: Vec<_> = self.entries.iter().filter(|(_, entry)| pending(entry)).map(|(id, _)| *id).collect();
        for id in ids {
            self.edit(id, |entry| {
                let Stamp { counter, tab } = entry.intent.stamp;
                let left =
                    if tab == EARLIER { counter.saturating_add(EARLIER_GRACE).saturating_sub(now.wall) } else { 0 };
                let grace = u64::try_from(left).unwrap_or(0).clamp(GRACE, EARLIER_GRACE as u64);
                entry.unread = true;
                entry.due = entry.due.max(Some(now.mono + grace));
            });
        }
    }

    fn new_entry(&mut self, id: NotificationId, intent: Intent, listed: bool) -> Box<Register> {
        let over = self.over.remove(&id);
        let known = match &over {
            _ if listed => Known::Listed,
            Some(over) if over.is_acknowledged() => Known::Dismissed,
            _ => Known::Unknown,
        };
        Box::new(Register {
            intent,
            record: over.and_then(|over| over.record),
            known,
            unread: false,
            waking: false,
            undo: None,
            due: None,
        })
    }

    // --- Entries are changed by these alone, which keep the deadlines ------------------------------------------------

    fn edit(&mut self, id: NotificationId, how: impl FnOnce(&mut Register)) {
        self.edit_if(id, |entry| {
            how(entry);
            true
        });
    }

    /// `how` says whether it has changed anything.
    fn edit_if(&mut self, id: NotificationId, how: impl FnOnce(&mut Register) -> bool) {
        let Some(entry) = self.entries.get_mut(&id) else { return };
        let (due, wake, record) = (entry.due, entry.wake(), entry.record.clone());
        if !how(entry) {
            return;
        }
        self.touched.add(id, record.as_deref());
        self.touched.add(id, entry.record.as_deref());
        let after = (entry.due, entry.wake());
        self.schedule(id, (due, wake), after);
        self.to_review.insert(id);
        self.revision += 1;
    }

    fn put(&mut self, id: NotificationId, entry: Box<Register>) {
        self.touched.add(id, entry.record.as_deref());
        self.schedule(id, (None, None), (entry.due, entry.wake()));
        self.entries.insert(id, entry);
        self.to_review.insert(id);
        self.revision += 1;
    }

    fn take(&mut self, id: NotificationId) -> Option<Box<Register>> {
        let entry = self.entries.remove(&id)?;
        self.touched.add(id, entry.record.as_deref());
        self.schedule(id, (entry.due, entry.wake()), (None, None));
        self.revision += 1;
        Some(entry)
    }

    fn schedule(&mut self, id: NotificationId, before: Moments, after: Moments) {
        if before.0 != after.0 {
            before.0.map(|due| self.deadlines.remove(&(due, Reverse(id))));
            after.0.map(|due| self.deadlines.insert((due, Reverse(id))));
        }
        if before.1 != after.1 {
            before.1.map(|wake| self.wakes.remove(&(wake, id)));
            after.1.map(|wake| self.wakes.insert((wake, id)));
        }
    }
}

/// When an entry moves on by itself: on the clock that never jumps, and by the device's.
type Moments = (Option<u64>, Option<i64>);
