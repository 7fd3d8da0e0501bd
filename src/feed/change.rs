//! Optimistic changes: what the member wants, what the server has, and what the difference means for list and count.
//!
//! A notification that nobody has touched has no entry here. One that has been touched is written until the server has
//! what the member wants; then its entry goes.

use std::{collections::VecDeque, rc::Rc};

use super::{Entry, local::Local};
use crate::{
    model::{Notification, NotificationId},
    sorted::{SortedMap, SortedSet},
};

/// One notification that was dismissed or brought back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    /// What is wanted: `true` is dismissed.
    pub(super) wanted: bool,
    /// What the server has, as far as is known.
    pub(super) on_server: bool,
    /// The server's total, as last adopted, includes this notification.
    pub(super) counted: bool,
    /// Until then it can be undone without anybody knowing.
    pub(super) undo: Option<Undo>,
    /// Its write is on its way.
    pub(super) writing: Option<Writing>,
    /// Another tab has dismissed it and is to write it; whatever is on its way from here comes first.
    pub(super) elsewhere: Option<Elsewhere>,
    /// The record, to be written back whole. Of a dismissal that an earlier visit left, only the id is known at first.
    pub(super) record: Option<Rc<Notification>>,
    /// What the server has is known when the record has been read by its id, and before that nothing is written.
    pub(super) unread: bool,
    /// This tab has put it into the journal, and is to take it out again.
    pub(super) journalled: bool,
    /// Stored and told as dismissed in this browser only.
    pub(super) kept: bool,
    /// Dismissed on the server by this tab, which the others hear of when it cannot be undone any more.
    pub(super) untold: bool,
    /// Its write was refused for its token once, and a fresh one was asked for.
    pub(super) renewed: bool,
}

/// The time to undo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Undo {
    pub(super) until: u64,
    /// The act of dismissing that it was part of.
    pub(super) batch: u32,
}

/// A write on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writing {
    /// The value of `IsDismissed`.
    pub(super) dismissed: bool,
    /// The age of its token.
    pub(super) token: u32,
}

/// A dismissal of another tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Elsewhere {
    /// Without news by then it is shown again.
    pub(super) until: u64,
    /// This tab has asked the other one to take it back.
    pub(super) wanted_back: bool,
}

/// What is to be done about a change now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Wait: for the undo time, an answer or another tab.
    Wait,
    /// Read the record: only then it is known what the server has.
    Read,
    /// Write this value.
    Write(bool),
    /// Nothing: the server has what is wanted.
    Nothing,
}

impl Change {
    /// A listed notification as it is before anybody does anything.
    pub(super) fn none(record: Option<Rc<Notification>>) -> Box<Self> {
        Box::new(Self {
            wanted: false,
            on_server: false,
            counted: true,
            undo: None,
            writing: None,
            elsewhere: None,
            record,
            unread: false,
            journalled: false,
            kept: false,
            untold: false,
            renewed: false,
        })
    }

    /// One that is dismissed on the server, with nothing left to do.
    pub(super) fn done(record: Option<Rc<Notification>>) -> Box<Self> {
        let mut change = Self::none(record);
        (change.wanted, change.on_server, change.counted) = (true, true, false);
        change
    }

    pub(super) fn task(&self) -> Task {
        if self.undo.is_some() || self.writing.is_some() || self.elsewhere.is_some() {
            Task::Wait
        } else if self.unread {
            Task::Read
        } else if self.wanted == self.on_server {
            Task::Nothing
        } else {
            Task::Write(self.wanted)
        }
    }

    /// What takes it out of the journal.
    pub(super) fn strike_out(&mut self, id: NotificationId) -> impl Iterator<Item = Entry> + use<> {
        self.journalled = false;
        let kept = std::mem::take(&mut self.kept);
        [Entry::Done(id)].into_iter().chain(kept.then_some(Entry::Forget(id)))
    }

    /// Two tabs have written it at one time: what the server has is what is read of it when that is over.
    pub(super) fn must_be_read(&mut self) {
        (self.record, self.unread) = (None, true);
    }

    /// A write that has to be made, or is on its way.
    fn is_outstanding(&self) -> bool {
        matches!(self.task(), Task::Write(_) | Task::Read) || self.writing.is_some()
    }

    fn due(&self) -> Option<u64> {
        self.elsewhere.map(|elsewhere| elsewhere.until).or(self.undo.map(|undo| undo.until))
    }
}

/// All changes. Entries are changed by [`Changes::put`] and [`Changes::take`] alone, which keep the sums.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    entries: SortedMap<NotificationId, Box<Change>>,
    sums: Sums,
    /// When entries move on by themselves; of one moment, the newest first.
    deadlines: SortedSet<(u64, std::cmp::Reverse<NotificationId>)>,
    /// The order of writing.
    pub(super) queue: VecDeque<NotificationId>,
    /// Goes up whenever a write starts or ends, here or in another tab: a look that saw it move says nothing certain.
    pub(super) epoch: u64,
    /// Those of them since records were last asked for by id: an answer that is older says nothing about these.
    pub(super) touched: SortedSet<NotificationId>,
    /// Dismissed in this browser only.
    pub(super) local: Local,
    /// Dismissed on the server with nothing left to do; kept so that they can be restored.
    pub(super) done: SortedMap<NotificationId, Rc<Notification>>,
}

/// What all entries come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Sums {
    /// To be added to the adopted total to get what the member should see.
    offset: i64,
    /// By how much the server's own total has moved since it was adopted.
    moved: i64,
    outstanding: i64,
    in_flight: i64,
}

impl Sums {
    fn add(&mut self, other: &Self, times: i64) {
        self.offset += times * other.offset;
        self.moved += times * other.moved;
        self.outstanding += times * other.outstanding;
        self.in_flight += times * other.in_flight;
    }

    fn of(change: &Change) -> Self {
        let counted = i64::from(change.counted);
        Self {
            offset: i64::from(!change.wanted) - counted,
            moved: i64::from(!change.on_server) - counted,
            outstanding: i64::from(change.is_outstanding()),
            in_flight: i64::from(change.writing.is_some()),
        }
    }
}

impl Changes {
    pub(super) fn new(local: Local) -> Self {
        Self { local, ..Self::default() }
    }

    pub(super) fn get(&self, id: NotificationId) -> Option<&Change> {
        self.entries.get(&id).map(|change| &**change)
    }

    pub(super) fn put(&mut self, id: NotificationId, change: Box<Change>) {
        self.take(id);
        self.account(id, &change, 1);
        self.entries.insert(id, change);
    }

    pub(super) fn take(&mut self, id: NotificationId) -> Option<Box<Change>> {
        let change = self.entries.remove(&id)?;
        self.account(id, &change, -1);
        Some(change)
    }

    /// A change counts from now on (`times` is 1), or no more (-1).
    fn account(&mut self, id: NotificationId, change: &Change, times: i64) {
        self.sums.add(&Sums::of(change), times);
        if let Some(due) = change.due() {
            let deadline = (due, std::cmp::Reverse(id));
            if times > 0 {
                self.deadlines.insert(deadline);
            } else {
                self.deadlines.remove(&deadline);
            }
        }
    }

    /// The same, also of one with nothing left to do.
    pub(super) fn take_done(&mut self, id: NotificationId) -> Option<Box<Change>> {
        self.take(id).or_else(|| self.done.remove(&id).map(|record| Change::done(Some(record))))
    }

    /// Changes an entry; `false` if there is none.
    pub(super) fn edit(&mut self, id: NotificationId, how: impl FnOnce(&mut Change)) -> bool {
        let Some(mut change) = self.take(id) else { return false };
        how(&mut change);
        self.put(id, change);
        true
    }

    /// Whether this notification is kept out of the list.
    pub(super) fn hides(&self, id: NotificationId) -> bool {
        match self.entries.get(&id) {
            Some(change) => change.wanted,
            None => self.local.contains(id) || self.done.contains_key(&id),
        }
    }

    /// Dismissed, and the server has it.
    pub(super) fn is_done(&self, id: NotificationId) -> bool {
        match self.entries.get(&id) {
            Some(change) => change.wanted && change.on_server,
            None => self.done.contains_key(&id),
        }
    }

    /// What to add to the adopted total to get what the member should see.
    pub(super) fn offset(&self) -> i64 {
        self.sums.offset - self.local.counted()
    }

    /// By how much writes have moved the server's own total since it was adopted.
    pub(super) fn moved(&self) -> i64 {
        self.sums.moved
    }

    /// Writes on their way.
    pub(super) fn in_flight(&self) -> u32 {
        u32::try_from(self.sums.in_flight).unwrap_or(0)
    }

    /// Nothing waits for anything, and the total knows of all that was done.
    pub(super) fn are_over(&self) -> bool {
        self.entries.is_empty()
    }

    /// Writes that have not ended.
    pub(super) fn outstanding(&self) -> u32 {
        u32::try_from(self.sums.outstanding).unwrap_or(0)
    }

    /// Dismissed on the server; where one of them is in the list, it is about to be restored there.
    pub(super) fn unlisted(&self) -> SortedSet<NotificationId> {
        self.entries.iter().filter(|(_, change)| change.on_server).map(|(id, _)| *id).collect()
    }

    /// Those that the server would list, as far as is known.
    pub(super) fn listed(&self) -> impl Iterator<Item = NotificationId> {
        self.entries.iter().filter(|(_, change)| !change.on_server).map(|(id, _)| *id)
    }

    /// Those that can still be undone.
    pub(super) fn undoable(&self) -> impl Iterator<Item = (NotificationId, Undo)> {
        let undo = |id: NotificationId| self.entries.get(&id).and_then(|change| Some((id, change.undo?)));
        self.deadlines.iter().filter_map(move |(_, id)| undo(id.0))
    }

    /// The next moment at which a change moves on by itself.
    pub(super) fn wake_at(&self) -> Option<u64> {
        self.deadlines.first().map(|(due, _)| *due)
    }

    /// The next change that moves on by itself now.
    pub(super) fn due(&self, now: u64) -> Option<NotificationId> {
        self.deadlines.first().filter(|(due, _)| *due <= now).map(|(_, id)| id.0)
    }

    /// A write of this one starts or ends, here or in another tab.
    pub(super) fn touch(&mut self, id: NotificationId) {
        self.epoch += 1;
        self.touched.insert(id);
    }

    /// The next write: its record and the value of `IsDismissed`.
    pub(super) fn next_write(&mut self, token: u32) -> Option<(Rc<Notification>, bool)> {
        while let Some(id) = self.queue.pop_front() {
            let Some(change) = self.entries.get(&id) else { continue };
            let (Task::Write(dismissed), Some(record)) = (change.task(), change.record.clone()) else { continue };
            self.edit(id, |change| change.writing = Some(Writing { dismissed, token }));
            self.touch(id);
            return Some((record, dismissed));
        }
        None
    }

    /// The write of this one has ended. `None` if none was on its way.
    pub(super) fn write_ended(&mut self, id: NotificationId) -> Option<Writing> {
        let mut ended = None;
        self.edit(id, |change| ended = change.writing.take());
        self.touch(id);
        ended
    }

    /// A total was adopted that was counted after every write so far.
    pub(super) fn total_adopted(&mut self) {
        self.local.total_adopted();
        let ids: Vec<_> = self.entries.keys().copied().collect();
        for id in ids {
            self.edit(id, |change| change.counted = !change.on_server);
            self.file(id);
        }
    }

    /// An entry with nothing left to do goes, unless the adopted total does not know of it yet.
    pub(super) fn file(&mut self, id: NotificationId) {
        let over = |change: &Change| change.task() == Task::Nothing && change.counted != change.wanted;
        if !self.get(id).is_some_and(over) {
            return;
        }
        let done = self.take(id).filter(|change| change.wanted);
        if let Some(record) = done.and_then(|change| change.record) {
            self.done.insert(id, record);
        }
    }
}
