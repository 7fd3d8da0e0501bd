//! What lists, lookups and writes say of the notifications that have intents, and what is to be done for each intent.

use std::rc::Rc;

use super::{Intent, Intents, Known, Over, Register, Stage, Task};
use crate::{
    feed::Now,
    model::{Notification, NotificationId},
    sorted::SortedMap,
};

impl Intents {
    /// A list shows it as undismissed. `sure`: that counts even where the record should be looked up, because lookups fail.
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

    /// A list that covers it does not show it. `asks`: this tab writes its intent, so it looks up why.
    pub(in super::super) fn saw_absent(&mut self, id: NotificationId, asks: bool) {
        self.edit_if(id, |entry| {
            // One that is to be restored may be deleted. `Dismissed` would show it as being restored, so it is looked up.
            let open = asks || entry.intent.stage == Stage::Local || !entry.intent.hides();
            let known = if open { Known::Absent } else { Known::Dismissed };
            let news = !matches!(entry.known, Known::Absent | Known::Found | Known::Dismissed);
            if news {
                entry.known = known;
            }
            news
        });
    }

    /// Takes in a record that was looked up; `None`: the server has none. `unloaded`: it is not loaded, and a list that
    /// reads as far as the boundary need not show it. Returns what was known before.
    pub(in super::super) fn looked_up(
        &mut self,
        id: NotificationId,
        record: Option<Rc<Notification>>,
        unloaded: bool,
    ) -> Option<Known> {
        let before = self.known(id);
        self.edit(id, |entry| {
            // Before it is due, a write of the tab that led before may still arrive: then it is looked up again.
            entry.unread &= entry.due.is_some();
            entry.known = match (&record, entry.known) {
                (Some(record), Known::Listed | Known::Unknown) if !record.is_dismissed => Known::Listed,
                // It is not loaded, so no list will show when the total includes it: it is taken to do so now.
                (Some(record), _) if !record.is_dismissed && unloaded => Known::Listed,
                (Some(record), _) if !record.is_dismissed => Known::Found,
                _ => Known::Dismissed,
            };
            let news = before != Some(Known::Dismissed);
            if news && entry.known == Known::Dismissed && entry.intent.dismissed && !entry.unread {
                // It was dismissed elsewhere, too: an undo here cannot bring it back.
                (entry.undo, entry.due) = (None, None);
            }
            entry.record = record.or(entry.record.take());
        });
        before
    }

    /// A write has succeeded, so the server has this value.
    pub(in super::super) fn written(&mut self, id: NotificationId, dismissed: bool) {
        self.edit(id, |entry| {
            entry.known = if dismissed { Known::Dismissed } else { Known::Listed };
            entry.unread = false;
        });
    }

    /// Whether the member has hidden it by an act that is later than this intent.
    pub(in super::super) fn hides_since(&self, id: NotificationId, intent: Intent) -> bool {
        self.get(id).is_some_and(|latest| latest.hides() && latest.stamp > intent.stamp)
    }

    /// If this is a dismissal that the server has: the later act by which the member has taken it back without a write, if there
    /// is one. See [`Intent::took_back_unwritten`].
    pub(in super::super) fn taken_back_since(&self, id: NotificationId, intent: Intent) -> Option<Intent> {
        let written = intent.dismissed && intent.stage == Stage::Acknowledged;
        self.latest(id).filter(|latest| written && latest.stamp > intent.stamp && latest.took_back_unwritten())
    }

    /// Whether this is another act than the one that is known, and later.
    pub(in super::super) fn is_later_act(&self, id: NotificationId, intent: Intent) -> bool {
        self.latest(id).is_some_and(|latest| latest.stamp < intent.stamp)
    }

    /// It is not known any more what the server has: the record is looked up before anything else is done for it.
    pub(in super::super) fn must_be_read(&mut self, id: NotificationId) {
        self.edit(id, |entry| entry.unread = true);
    }

    /// Makes it local-only: nothing is written for it.
    pub(in super::super) fn keep_local(&mut self, id: NotificationId) {
        self.edit(id, |entry| {
            entry.intent = entry.intent.at(Stage::Local);
            entry.due = None;
            entry.undo = None;
        });
        self.changed.insert(id);
    }

    /// Ends the intent at this stage, which is one of those that are over.
    pub(in super::super) fn end(&mut self, id: NotificationId, stage: Stage) {
        if let Some(entry) = self.take(id) {
            self.over.insert(id, Over { intent: entry.intent.at(stage), record: entry.record, listed: false });
            self.to_review.remove(&id);
            self.changed.insert(id);
        }
    }

    /// Ends its undo time.
    pub(in super::super) fn end_undo(&mut self, id: NotificationId) {
        self.edit(id, |entry| (entry.undo, entry.due) = (None, None));
    }

    /// Ends each wait that is over by now: undo times and graces.
    pub(in super::super) fn advance(&mut self, now: Now) {
        while let Some((_, id)) = self.deadlines.first().filter(|(due, _)| *due <= now.mono).copied() {
            self.end_undo(id.0);
        }
    }

    /// Its snooze is over, but the notification is shown only once its record has been looked up.
    pub(in super::super) fn wait_to_wake(&mut self, id: NotificationId) {
        self.edit(id, |entry| entry.waking = true);
    }

    /// A notification whose snooze is over by now.
    pub(in super::super) fn next_wake(&self, now: Now) -> Option<NotificationId> {
        self.wakes.first().filter(|(at, _)| *at <= now.wall).map(|(_, id)| *id)
    }

    /// The notifications whose task may have changed since the last call.
    pub(in super::super) fn take_to_review(&mut self) -> Vec<NotificationId> {
        std::mem::take(&mut self.to_review).iter().copied().collect()
    }

    /// Marks all: something has changed on which all tasks depend.
    pub(in super::super) fn review_all(&mut self) {
        self.to_review.extend(self.entries.keys().copied());
    }

    /// Marks one: its write has ended.
    pub(in super::super) fn review_one(&mut self, id: NotificationId) {
        if self.entries.contains_key(&id) {
            self.to_review.insert(id);
        }
    }

    /// What is to be done. `writes`: this tab writes it. `local`: a dismissal becomes local-only instead of being written.
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
            // It seems to be dismissed elsewhere. The count depends on that, so this does not wait for the undo time.
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

    /// Marks what is missing in storage to be stored again. An intent that is over is missing only where an earlier one is
    /// stored in its place: it does not stay stored for good.
    pub(in super::super) fn store_missing(&mut self, stored: &SortedMap<NotificationId, Intent>) {
        let known = self.entries.keys().chain(self.over.keys()).filter_map(|id| Some((*id, self.latest(*id)?)));
        let missing = known.filter(|(id, known)| match stored.get(id) {
            Some(stored) => stored.merge(*known) != *stored,
            None => !known.is_over(),
        });
        let missing: Vec<_> = missing.map(|(id, _)| id).collect();
        self.changed.extend(missing);
    }

    /// Forgets what is missing in storage.
    pub(in super::super) fn forget_missing(&mut self, stored: &SortedMap<NotificationId, Intent>) {
        let missing: Vec<_> = self.entries.keys().copied().filter(|id| stored.get(id).is_none()).collect();
        for id in missing {
            self.take(id);
            self.to_review.remove(&id);
        }
    }

    /// The intents to store and broadcast: those that have changed since the last call.
    pub(in super::super) fn take_changed(&mut self) -> Vec<(NotificationId, Intent)> {
        let changed = std::mem::take(&mut self.changed);
        changed.iter().filter_map(|id| Some((*id, self.latest(*id)?))).collect()
    }
}
