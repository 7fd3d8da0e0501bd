//! Acts of the member, and what a tab does again in the member's name.

use std::rc::Rc;

use super::{Act, Intent, Intents, Known, Stage, Stamp, UNDO_TIME, Undo};
use crate::{
    feed::Now,
    model::{Notification, NotificationId},
};

impl Intents {
    /// A batch for the acts that follow.
    pub(in super::super) fn new_batch(&mut self) -> u32 {
        self.next_batch += 1;
        self.next_batch - 1
    }

    /// Dismissed, with time to undo in this batch; without one at once. `local`: in this browser only.
    pub(in super::super) fn dismiss(&mut self, record: &Rc<Notification>, batch: Option<u32>, local: bool, now: Now) {
        let undo = batch.map(|batch| (batch, Act::Dismissed));
        self.act(record.id, Some(record.clone()), (true, None), undo, now);
        if local {
            // While the server has it dismissed, it is to be written back before it can be kept.
            self.edit(record.id, |entry| {
                if matches!(entry.known, Known::Listed | Known::Found) {
                    entry.intent = entry.intent.at(Stage::Local);
                }
            });
        }
    }

    /// Hidden until then, with time to undo.
    pub(in super::super) fn snooze(&mut self, record: &Rc<Notification>, until: i64, batch: u32, now: Now) {
        self.act(record.id, Some(record.clone()), (false, Some(until)), Some((batch, Act::Snoozed)), now);
        self.edit(record.id, |entry| {
            if entry.known == Known::Listed {
                entry.intent = entry.intent.at(Stage::Local);
            }
        });
    }

    /// Wanted back, however far its dismissal has come.
    pub(in super::super) fn restore(&mut self, id: NotificationId, now: Now) {
        let local = self.get(id).is_some_and(|intent| intent.stage == Stage::Local);
        let goes_on = self.undoes_to_restoring(id);
        self.act(id, None, (false, None), None, now);
        // What was never to be written needs no write, unless a restoring before it was not over.
        if local && !goes_on {
            self.end(id, Stage::Acknowledged);
        }
    }

    /// This act was taken back without a write, or is for this browser only, but a write was on its way: that write has
    /// changed the server, so it has to be written back. A later act of any tab still wins.
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
        // One number is left out, for `write_back`: this act is later than what that makes of the one before.
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
