//! Acts of the member, each of which makes a new intent.

use std::rc::Rc;

use super::{Act, Intent, Intents, Known, Register, Stage, Stamp, UNDO_TIME, Undo};
use crate::{
    feed::Now,
    model::{Notification, NotificationId},
};

impl Intents {
    /// The number of a new batch: acts of one batch are undone together.
    pub(in super::super) fn new_batch(&mut self) -> u32 {
        self.next_batch += 1;
        self.next_batch - 1
    }

    /// Dismisses, with time to undo if it is part of a batch. `local`: in this browser only.
    pub(in super::super) fn dismiss(&mut self, record: &Rc<Notification>, batch: Option<u32>, local: bool, now: Now) {
        let undo = batch.map(|batch| (batch, Act::Dismissed));
        self.act(record.id, Some(record.clone()), (true, None), undo, now);
        if local && !self.undoes_to_restoring(record.id) {
            // Where the server has it dismissed (a restoring was not written yet), there is nothing to keep here.
            self.edit(record.id, |entry| {
                if matches!(entry.known, Known::Listed | Known::Found) {
                    entry.intent = entry.intent.at(Stage::Local);
                }
            });
        }
    }

    /// Hides it until then, with time to undo.
    pub(in super::super) fn snooze(&mut self, record: &Rc<Notification>, until: i64, batch: u32, now: Now) {
        self.act(record.id, Some(record.clone()), (false, Some(until)), Some((batch, Act::Snoozed)), now);
        // Where a restoring was not over yet, a dismissal may have reached the server: that has to be looked up first.
        if !self.undoes_to_restoring(record.id) {
            self.edit(record.id, |entry| {
                if entry.known == Known::Listed {
                    entry.intent = entry.intent.at(Stage::Local);
                }
            });
        }
    }

    /// Brings it back, whatever stage its dismissal is at. `sure`: this tab leads, and has no write of it in flight.
    pub(in super::super) fn restore(&mut self, id: NotificationId, sure: bool, now: Now) {
        // An act that replaced a restoring goes back to that restoring, which may have to be written.
        let listed = |entry: &Register| matches!(entry.known, Known::Listed | Known::Found) && !entry.unread;
        let unwritten = |entry: &Register| entry.intent.stage == Stage::Local || listed(entry) && sure;
        let undone = self.entries.get(&id).is_some_and(|entry| unwritten(entry)) && !self.undoes_to_restoring(id);
        self.act(id, None, (false, None), None, now);
        // Nothing was written, so nothing need be. Like an undo it is withdrawn, not acknowledged: a tab that has written the
        // dismissal meanwhile must not take this for a later write.
        if undone {
            self.end(id, Stage::Withdrawn);
        }
    }

    /// This act needed no write, but a dismissal was in flight and has reached the server: so the act is written after all. A
    /// later act of any tab still wins.
    pub(in super::super) fn write_back(&mut self, id: NotificationId, act: Intent) {
        let intent = act.written_back();
        self.clock = self.clock.max(intent.stamp.counter);
        let mut entry = self.take(id).unwrap_or_else(|| self.new_entry(id, intent, false));
        (entry.intent, entry.waking) = (intent, false);
        self.put(id, entry);
        self.changed.insert(id);
    }

    fn act(
        &mut self,
        id: NotificationId,
        record: Option<Rc<Notification>>,
        (dismissed, snoozed_until): (bool, Option<i64>),
        undo: Option<(u32, Act)>,
        now: Now,
    ) {
        // By two, so that this act also wins over what `write_back` may make of the one before it.
        self.clock = self.clock.saturating_add(2).max(now.wall);
        let stamp = Stamp { counter: self.clock, tab: self.tab };
        let intent = Intent { stamp, stage: Stage::Pending, dismissed, snoozed_until };
        let mut entry = self.take(id).unwrap_or_else(|| self.new_entry(id, intent, record.is_some()));
        let wanted_back = !entry.intent.hides();
        entry.intent = intent;
        entry.waking = false;
        entry.record = record.or(entry.record);
        entry.undo = undo.map(|(batch, act)| Undo { until: now.mono + UNDO_TIME, batch, act, wanted_back });
        entry.due = entry.undo.map(|undo| undo.until);
        self.put(id, entry);
        self.changed.insert(id);
    }
}
