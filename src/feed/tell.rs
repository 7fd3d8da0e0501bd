//! What a feed says of itself: the count, the status, the list, the snapshot.

use std::rc::Rc;

use super::{Command, Entry, Feed, Notice, Problem, Snapshot, Status};
use crate::{
    error::FailureKind,
    model::{Notification, NotificationId},
};

impl Feed {
    /// Undismissed notifications on all pages; `None` until known. Asked after every event: without a filter, and
    /// where the server tells a total, it walks over nothing, however much is loaded.
    pub fn count(&self) -> Option<u32> {
        if !self.settings.types.is_empty() {
            if !self.counts_filtered() {
                return self.told_count;
            }
            return Some(u32::try_from(self.in_sight()).unwrap_or(u32::MAX));
        }
        if self.unproven {
            return self.told_count;
        }
        let mut count = i64::from(self.total?) + self.changes.offset() - self.listed_dismissed.len() as i64;
        if self.guessed {
            // At least as many as are in sight.
            count = count.max(self.in_sight() as i64);
        }
        Some(u32::try_from(count).unwrap_or(0))
    }

    fn in_sight(&self) -> usize {
        if self.list_changed { self.visible_notifications().count() } else { self.shown.notifications.len() }
    }

    pub(super) fn tell_count(&mut self) {
        let Some(count) = self.count() else { return };
        if self.told_count != Some(count) {
            self.told_count = Some(count);
            self.out.push(Command::Store(vec![Entry::Count(count)]));
            self.out.push(Command::Emit(Notice::Change { count }));
        }
        if self.loaded && !self.told_ready {
            self.told_ready = true;
            self.out.push(Command::Emit(Notice::Ready { count }));
        }
    }

    /// The feed in one word.
    pub fn status(&self) -> Status {
        match &self.problem {
            Some(trouble) => match trouble.failure.kind {
                FailureKind::Unauthorized => Status::Unauthorized,
                FailureKind::Forbidden => Status::Forbidden,
                _ if !self.online => Status::Offline,
                _ => Status::Error,
            },
            None if !self.online => Status::Offline,
            None if self.loaded => Status::Ready,
            None => Status::Loading,
        }
    }

    /// The loaded notification of this id, dismissed or not.
    pub fn notification(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.list.get(id)
    }

    /// Whether the notification of this id is in the list.
    pub fn is_shown(&self, id: NotificationId) -> bool {
        self.list.get(id).is_some_and(|notification| self.shows(notification))
    }

    /// Loaded, undismissed, of a type that is asked for; newest first.
    pub(super) fn visible_notifications(&self) -> impl Iterator<Item = &Rc<Notification>> {
        self.list.iter().filter(|notification| self.shows(notification))
    }

    pub(super) fn shows(&self, notification: &Notification) -> bool {
        let types = &self.settings.types;
        !self.changes.hides(notification.id)
            && (types.is_empty() || types.iter().any(|kind| kind.matches(&notification.kind)))
    }

    /// The feed as it is now. Cheap where nothing changed: the list is made anew only when it differs.
    pub fn snapshot(&mut self) -> Snapshot {
        let count = self.count();
        let notifications: Rc<[Rc<Notification>]> = if self.list_changed {
            self.list_changed = false;
            self.visible_notifications().cloned().collect()
        } else {
            self.shown.notifications.clone()
        };
        let mut next = Snapshot {
            revision: self.shown.revision,
            status: self.status(),
            waiting: None,
            view: super::View::Inbox,
            dismissed: super::Dismissed::default(),
            kinds: Rc::default(),
            loaded: self.loaded,
            count,
            notifications,
            arrived: self.arrived.clone(),
            has_more: self.has_more(),
            loading_more: self.reading.loads_more(),
            refreshing: self.reading.refreshes(),
            problem: self.problem.as_ref().map(|trouble| Problem {
                failure: trouble.failure.clone(),
                retry_at: trouble.retry_at.map(|at| self.wall_of(at)),
            }),
            failed: self.failed.clone(),
            undo: self.undo_batches(),
            progress: self.progress(),
            last_look: self.last_look.map(|now| now.wall as f64),
        };
        if !next.looks_like(&self.shown) {
            next.revision += 1;
        }
        self.shown = next.clone();
        next
    }
}
