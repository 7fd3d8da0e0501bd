//! What the member wants of each notification (dismissed, snoozed, brought back), and how much of it the server has.
//!
//! Each intent in effect has a register, with all that this tab knows of its notification. What is to be done for an intent
//! ([`Task`]) is worked out from its register each time something changes there; it is never stored.

mod acts;
#[cfg(test)]
mod agreement;
mod intent;
mod lead;
mod learn;

use std::{cmp::Reverse, rc::Rc};

pub(super) use intent::EARLIER;
pub use intent::{Intent, Stage, Stamp};

use super::{Act, Now, UndoBatch, list::Place, touched::Touched};
use crate::{
    model::{Notification, NotificationId},
    sorted::{SortedMap, SortedSet},
};

/// A dismissal or a snooze can be undone for so long (milliseconds); before that nothing is written.
const UNDO_TIME: u64 = 6_000;
/// A tab that takes the lead waits for so long (milliseconds) before it looks up what the tab before it has left: that tab's
/// last requests may still be in flight.
const GRACE: u64 = 3_000;
/// A pending intent of the previous version is left alone until it is so old (milliseconds): a tab that still runs that
/// version may write it itself.
const EARLIER_GRACE: i64 = 60_000;

/// What this tab knows of a notification on the server. The count depends on it: see [`Intents::hidden_but_included`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// Nothing but the id.
    Unknown,
    /// Undismissed, and in the total.
    Listed,
    /// Undismissed, but the total may not include it yet.
    Found,
    /// A list that should show it does not: it seems to have been dismissed or deleted elsewhere.
    Absent,
    /// Dismissed, or deleted.
    Dismissed,
}

/// What is to be done for an intent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Nothing yet: its undo time is not over, an answer is awaited, or another tab writes it.
    Wait,
    /// Read the record by its id, to know what the server has.
    LookUp,
    /// Write this value of `IsDismissed`.
    Write(bool),
    /// Keep it in this browser, without a write.
    KeepLocal,
    /// End the intent: the server has what it wants.
    Acknowledge,
}

/// How and until when an act can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Undo {
    until: u64,
    batch: u32,
    act: Act,
    /// When it was dismissed or snoozed, a restoring was not over yet. An undo returns to that restoring, which may have to be
    /// written.
    wanted_back: bool,
}

/// One intent in effect, and what this tab knows of its notification.
#[derive(Debug, Clone)]
struct Register {
    intent: Intent,
    record: Option<Rc<Notification>>,
    known: Known,
    /// The record has to be looked up before anything is written: another tab, or an unanswered write, may have changed it.
    unread: bool,
    /// Its snooze is over, and its record is being read.
    waking: bool,
    /// Set while it can be undone in this tab.
    undo: Option<Undo>,
    /// Nothing is sent for it before then (on [`Now::mono`]).
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
    /// Kept to show the notification at once if the member restores it.
    record: Option<Rc<Notification>>,
    /// A list has shown the notification since, so the intent no longer says what the server has.
    listed: bool,
}

impl Over {
    /// The member dismissed it, the server has that, and no list has shown otherwise since.
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
    /// Intents that are over. They are kept so that an older intent in a late message of another tab is recognised as old.
    over: SortedMap<NotificationId, Over>,
    /// The `due` of all entries that have one; where several are due together, the newest notification comes first.
    deadlines: SortedSet<(u64, Reverse<NotificationId>)>,
    /// When snoozes end, by the device's clock.
    wakes: SortedSet<(i64, NotificationId)>,
    /// Entries whose task may have changed.
    to_review: SortedSet<NotificationId>,
    /// To be stored and broadcast to the other tabs.
    changed: SortedSet<NotificationId>,
    next_batch: u32,
    /// Until then (on [`Now::mono`]) writes of the tab that led before may still arrive at the server.
    grace_until: u64,
    /// Intents with a lower counter may have been written by the tab that led before.
    grace_counter: i64,
    /// Goes up with each change that the list or the count may depend on.
    revision: u64,
    touched: Touched,
}

impl Intents {
    /// The intents that earlier visits and other tabs have stored.
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
            grace_counter: i64::MIN,
            revision: 0,
            touched: Touched::default(),
        };
        for (id, intent) in stored.iter() {
            intents.receive(*id, *intent, None, None);
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

    /// The intent in effect, or else the last one that is over.
    fn latest(&self, id: NotificationId) -> Option<Intent> {
        self.get(id).or_else(|| self.over.get(&id).map(|over| &over.intent)).copied()
    }

    /// The record as last seen, if there is or was an intent for it.
    pub(super) fn record(&self, id: NotificationId) -> Option<Rc<Notification>> {
        let over = || self.over.get(&id).and_then(|over| over.record.clone());
        self.entries.get(&id).and_then(|entry| entry.record.clone()).or_else(over)
    }

    pub(super) fn known(&self, id: NotificationId) -> Option<Known> {
        self.entries.get(&id).map(|entry| entry.known)
    }

    /// Whether the server is known to have it dismissed.
    pub(super) fn is_dismissed_there(&self, id: NotificationId) -> bool {
        self.entries.get(&id).is_some_and(|entry| entry.known == Known::Dismissed && !entry.unread)
    }

    /// Whether it was dismissed in this browser and the server has that, and nothing else has been wanted since.
    pub(super) fn is_acknowledged(&self, id: NotificationId) -> bool {
        self.over.get(&id).is_some_and(Over::is_acknowledged) && !self.entries.contains_key(&id)
    }

    /// Those kept out of the inbox.
    pub(super) fn hidden(&self) -> impl Iterator<Item = NotificationId> {
        self.entries.iter().filter(|(_, entry)| entry.intent.hides()).map(|(id, _)| *id)
    }

    /// The records of those that the member wants back while the server still has them dismissed.
    pub(super) fn restoring(&self) -> impl Iterator<Item = &Rc<Notification>> {
        self.entries.values().filter(|entry| entry.is_restoring()).filter_map(|entry| entry.record.as_ref())
    }

    /// How many hidden notifications the server's total includes. `unloaded`: a part of the list is not loaded, so it is
    /// assumed to hold those of which only the id is known.
    pub(super) fn hidden_but_included(&self, unloaded: bool) -> usize {
        let included = |known| known == Known::Listed || known == Known::Unknown && unloaded;
        self.entries.values().filter(|entry| entry.intent.hides() && included(entry.known)).count()
    }

    /// How many are shown that the total does not include: those being restored.
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

    /// Which intents have changed since the last call, and where their notifications stand; `None` if too many have.
    pub(super) fn take_touched(&mut self) -> Option<Vec<(NotificationId, Option<Place>)>> {
        self.touched.take()
    }

    /// The record of this one, if it is being restored.
    pub(super) fn restoring_one(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.entries.get(&id).filter(|entry| entry.is_restoring())?.record.as_ref()
    }

    /// The notifications with an intent in effect.
    pub(super) fn ids(&self) -> impl Iterator<Item = NotificationId> {
        self.entries.keys().copied()
    }

    /// Whether there are intents, all of them local-only.
    pub(super) fn are_local(&self) -> bool {
        !self.entries.is_empty() && self.entries.values().all(|entry| entry.intent.stage == Stage::Local)
    }

    /// Whether this intent wins over the one that is known.
    pub(super) fn is_news(&self, id: NotificationId, intent: Intent) -> bool {
        self.latest(id).is_none_or(|known| known.merge(intent) != known)
    }

    /// Whether this very intent is the one that is known.
    pub(super) fn is_known(&self, id: NotificationId, intent: Intent) -> bool {
        self.latest(id) == Some(intent)
    }

    /// Whether no intent is pending.
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

    /// The notifications of this batch that can still be undone; without a batch, of all batches.
    pub(super) fn undoable(&self, batch: Option<u32>) -> Vec<NotificationId> {
        let of = |undo: Undo| batch.is_none_or(|batch| undo.batch == batch);
        let entries = self.deadlines.iter().filter_map(|(_, id)| Some((id.0, self.entries.get(&id.0)?)));
        entries.filter(|(_, entry)| entry.undo.is_some_and(of)).map(|(id, _)| id).collect()
    }

    /// Whether an undo of this one returns to a restoring that was not over.
    pub(super) fn undoes_to_restoring(&self, id: NotificationId) -> bool {
        self.entries.get(&id).and_then(|entry| entry.undo).is_some_and(|undo| undo.wanted_back)
    }

    /// When [`Intents::advance`] or the end of a snooze is due next. Snoozes wait for the first list.
    pub(super) fn wake_at(&self, now: Now, loaded: bool) -> Option<u64> {
        let wake = self
            .wakes
            .first()
            .filter(|_| loaded)
            .map(|(at, _)| now.mono + u64::try_from(at - now.wall).unwrap_or(0).max(1));
        self.deadlines.first().map(|(due, _)| *due).into_iter().chain(wake).min()
    }

    // --- Other tabs, and what is stored ---------------------------------------------------------------------------

    /// Merges an intent that another tab has broadcast, or that was stored. `record`: its notification, if a list shows it.
    /// `now`: the other tab has only just made it, so there is time to undo it there.
    pub(super) fn receive(
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
            // A tab makes an intent local-only where it knows the server to list the notification. That may be newer than
            // what is known here, so it is looked up.
            entry.known = Known::Absent;
        }
        if unknown && !intent.hides() {
            // The other tab knows it as dismissed, otherwise there would be nothing to restore.
            entry.unread = true;
        }
        if another {
            // The tab that led before may have received it earlier than this one, and written it.
            let late = now.is_some() && intent.stamp.counter < self.grace_counter;
            entry.unread |= late && intent.stage == Stage::Pending;
            entry.undo = None;
            entry.due = now.filter(|_| intent.hides()).map(|now| now.mono + UNDO_TIME);
        }
        self.put(id, entry);
        if intent.is_over() {
            self.end(id, intent.stage);
        }
        // It is stored and broadcast already.
        self.changed.remove(&id);
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

    // --- Only these change entries: they keep `deadlines`, `wakes`, `to_review` and `touched` up to date -------------

    fn edit(&mut self, id: NotificationId, how: impl FnOnce(&mut Register)) {
        self.edit_if(id, |entry| {
            how(entry);
            true
        });
    }

    /// The same, where `how` returns whether it has changed anything.
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

/// The `due` of an entry, on [`Now::mono`], and the end of its snooze, by the device's clock.
type Moments = (Option<u64>, Option<i64>);
