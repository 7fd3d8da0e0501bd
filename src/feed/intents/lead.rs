//! Another tab takes the lead, or is closed: what it leaves to this one.

use std::cmp::Reverse;

use super::{EARLIER, EARLIER_GRACE, GRACE, Intents, Register, Stage, Stamp};
use crate::{feed::Now, model::NotificationId};

impl Intents {
    /// This tab is closed, so nobody can undo what was done there any more: it need not wait for its undo time.
    pub(in super::super) fn hurry(&mut self, tab: u32, now: Now) {
        let hurried = |(_, id): &(u64, Reverse<NotificationId>)| {
            self.entries.get(&id.0).filter(|entry| entry.intent.stamp.tab == tab).map(|_| id.0)
        };
        let ids: Vec<_> = self.deadlines.iter().filter_map(hurried).collect();
        let grace = Some(self.grace_until).filter(|until| *until > now.mono);
        for id in ids {
            self.edit(id, |entry| (entry.undo, entry.due) = (None, grace.filter(|_| entry.unread)));
        }
    }

    /// This tab leads from now on. The tab that led before may have written some of the pending intents, so each is looked up
    /// before it is written.
    pub(in super::super) fn take_over(&mut self, now: Now) {
        self.grace_until = now.mono + GRACE;
        // Not by when it is received: a message of that tab may take longer than its writes.
        self.grace_counter = now.wall.max(self.clock).saturating_add(GRACE as i64);
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
}
