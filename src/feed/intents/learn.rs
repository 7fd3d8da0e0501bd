//! What is learnt of the server, and what is to be done for each intent now.

use std::rc::Rc;

use super::{Intent, Intents, Known, Over, Register, Stage, Task};
use crate::{
    feed::Now,
    model::{Notification, NotificationId},
};

impl Intents {
    /// A list shows it as undismissed. `sure`: it cannot be known better by its id.
    pub(in super::super) fn saw_listed(&mut self, record: &Rc<Notification>, sure: bool) {
        if let Some(over) = self.over.get_mut(&record.id) {
            (over.record, over.listed) = (None, true);
        }
        self.edit_if(record.id, |entry| {
            let news = entry.known != Known::Listed || entry.record.is_none() || sure && entry.unread;
            entry.known = Known::Listed;
            entry.unread &= !sure;
            entry.record.get_or_insert_with(|| record.clone());
            news
        });
    }

    /// A list that covers it has not shown it. `asks`: this tab finds out why.
    pub(in super::super) fn saw_absent(&mut self, id: NotificationId, asks: bool) {
        self.edit_if(id, |entry| {
            // What is wanted back may be deleted: that it was acknowledged must not put it back in the list.
            let open = asks || entry.intent.stage == Stage::Local || !entry.intent.hides();
            let known = if open { Known::Absent } else { Known::Dismissed };
            let news = !matches!(entry.known, Known::Absent | Known::Found | Known::Dismissed);
            if news {
                entry.known = known;
            }
            news
        });
    }

    /// What the record says, read by its id; `None`: there is none. `unloaded`: it stands further down than what is loaded.
    /// Gives what was known before.
    pub(in super::super) fn looked_up(
        &mut self,
        id: NotificationId,
        record: Option<Rc<Notification>>,
        unloaded: bool,
    ) -> Option<Known> {
        let before = self.known(id);
        self.edit(id, |entry| {
            // The last write of a tab that left may still arrive.
            entry.unread &= entry.due.is_some();
            entry.known = match (&record, entry.known) {
                (Some(record), Known::Listed | Known::Unknown) if !record.is_dismissed => Known::Listed,
                // No list will show it, so the next total is taken to include it.
                (Some(record), Known::Dismissed) if !record.is_dismissed && unloaded => Known::Listed,
                (Some(record), _) if !record.is_dismissed => Known::Found,
                _ => Known::Dismissed,
            };
            let news = before != Some(Known::Dismissed);
            if news && entry.known == Known::Dismissed && entry.intent.dismissed && !entry.unread {
                // Somebody else has done it: nothing is left to undo.
                (entry.undo, entry.due) = (None, None);
            }
            entry.record = record.or(entry.record.take());
        });
        before
    }

    /// The server has this value now: it was written.
    pub(in super::super) fn written(&mut self, id: NotificationId, dismissed: bool) {
        self.edit(id, |entry| {
            entry.known = if dismissed { Known::Dismissed } else { Known::Listed };
            entry.unread = false;
        });
    }

    /// The member has hidden it by a later act than this.
    pub(in super::super) fn hides_since(&self, id: NotificationId, intent: Intent) -> bool {
        self.get(id).is_some_and(|latest| latest.hides() && latest.stamp > intent.stamp)
    }

    /// By a later act than this dismissal, which the server has, the member has taken it back or snoozed it. Nothing was to be
    /// written for that.
    pub(in super::super) fn taken_back_since(&self, id: NotificationId, intent: Intent) -> Option<Intent> {
        let written = intent.dismissed && intent.stage == Stage::Acknowledged;
        self.latest(id).filter(|latest| written && latest.stamp > intent.stamp && latest.took_back_unwritten())
    }

    /// The member has done this after all that is known of this notification.
    pub(in super::super) fn is_later_act(&self, id: NotificationId, intent: Intent) -> bool {
        self.latest(id).is_some_and(|latest| latest.stamp < intent.stamp)
    }

    /// Without a clear answer to a write it is not known what the server has.
    pub(in super::super) fn must_be_read(&mut self, id: NotificationId) {
        self.edit(id, |entry| entry.unread = true);
    }

    /// The API takes no writes: it is kept in this browser.
    pub(in super::super) fn keep_local(&mut self, id: NotificationId) {
        self.edit(id, |entry| {
            entry.intent = entry.intent.at(Stage::Local);
            entry.due = None;
            entry.undo = None;
        });
        self.changed.insert(id);
    }

    /// It is over.
    pub(in super::super) fn end(&mut self, id: NotificationId, stage: Stage) {
        if let Some(entry) = self.take(id) {
            self.over.insert(id, Over { intent: entry.intent.at(stage), record: entry.record, listed: false });
            self.to_review.remove(&id);
            self.changed.insert(id);
        }
    }

    /// Nobody can undo it any more.
    pub(in super::super) fn end_undo(&mut self, id: NotificationId) {
        self.edit(id, |entry| (entry.undo, entry.due) = (None, None));
    }

    /// What waited for this moment goes on.
    pub(in super::super) fn advance(&mut self, now: Now) {
        while let Some((_, id)) = self.deadlines.first().filter(|(due, _)| *due <= now.mono).copied() {
            self.end_undo(id.0);
        }
    }

    /// Its record is read before it comes back.
    pub(in super::super) fn wait_to_wake(&mut self, id: NotificationId) {
        self.edit(id, |entry| entry.waking = true);
    }

    /// One whose snooze is over by now.
    pub(in super::super) fn next_wake(&self, now: Now) -> Option<NotificationId> {
        self.wakes.first().filter(|(at, _)| *at <= now.wall).map(|(_, id)| *id)
    }

    /// Those whose task may have changed.
    pub(in super::super) fn take_to_review(&mut self) -> Vec<NotificationId> {
        std::mem::take(&mut self.to_review).iter().copied().collect()
    }

    /// The task of each may have changed.
    pub(in super::super) fn review_all(&mut self) {
        self.to_review.extend(self.entries.keys().copied());
    }

    /// The same for one.
    pub(in super::super) fn review_one(&mut self, id: NotificationId) {
        if self.entries.contains_key(&id) {
            self.to_review.insert(id);
        }
    }

    /// What is to be done. `writes`: whether it is for this tab to write.
    pub(in super::super) fn task(&self, id: NotificationId, writes: bool, local: bool) -> Task {
        let Some(entry) = self.entries.get(&id) else { return Task::Wait };
        let Register { intent, known, .. } = **entry;
        if intent.stage == Stage::Local {
            return match known {
                Known::Dismissed => Task::Acknowledge,
                Known::Absent => Task::LookUp,
                _ => Task::Wait,
            };
        }
        match known {
            _ if !writes => Task::Wait,
            // Done elsewhere, as it seems, whether or not it can be undone here.
            Known::Absent => Task::LookUp,
            _ if entry.due.is_some() => Task::Wait,
            _ if entry.unread => Task::LookUp,
            Known::Dismissed if intent.dismissed => Task::Acknowledge,
            Known::Unknown => Task::LookUp,
            Known::Listed | Known::Found if intent.snoozed_until.is_some() => Task::KeepLocal,
            Known::Listed | Known::Found if !intent.dismissed => Task::Acknowledge,
            Known::Listed | Known::Found if local => Task::KeepLocal,
            _ if entry.record.is_none() => Task::LookUp,
            _ => Task::Write(intent.dismissed),
        }
    }

    /// What is to be stored and told, since this was last asked.
    pub(in super::super) fn take_changed(&mut self) -> Vec<(NotificationId, Intent)> {
        let changed = std::mem::take(&mut self.changed);
        changed.iter().filter_map(|id| Some((*id, self.latest(*id)?))).collect()
    }
}
