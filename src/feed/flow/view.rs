//! What others see of a feed: the count, the status, the list, the snapshot.

use super::super::*;

impl Feed {
    /// Undismissed notifications on all pages; `None` until known.
    ///
    /// The server's total, minus what is hidden but included in it, plus what is shown but not included in it.
    pub fn count(&mut self) -> Option<u32> {
        if self.settings.filter() {
            if !self.counts_filtered() {
                return self.announce.last_count();
            }
            return Some(u32::try_from(self.in_sight()).unwrap_or(u32::MAX));
        }
        if self.lookup.is_unverified() {
            return self.announce.last_count();
        }
        let total = i64::from(self.remote.total()?);
        let of = (self.remote.revision(), self.intents.revision());
        let difference = match self.shown.counted {
            Some((known, difference)) if known == of => difference,
            _ => {
                let hidden = self.intents.hidden_but_included(self.remote.has_more());
                let restoring = self.intents.shown_but_not_included();
                let difference = restoring as i64 - hidden as i64;
                self.shown.counted = Some((of, difference));
                difference
            }
        };
        let count = total + difference;
        // Where the total cannot be relied on, at least what is listed is counted.
        let least = if self.remote.is_guessed() || self.remote.is_unverified() { self.in_sight() as i64 } else { 0 };
        Some(u32::try_from(count.max(least)).unwrap_or(0))
    }

    pub(in super::super) fn in_sight(&mut self) -> usize {
        self.show_list();
        self.shown.notifications.len()
    }

    /// The feed in one word.
    pub fn status(&self) -> Status {
        match self.pull.trouble().map(|trouble| trouble.failure.kind) {
            Some(FailureKind::Unauthorized) => Status::Unauthorized,
            Some(FailureKind::Forbidden) => Status::Forbidden,
            _ if !self.online => Status::Offline,
            Some(_) => Status::Error,
            None if self.remote.is_loaded() => Status::Ready,
            None => Status::Loading,
        }
    }

    /// The notification of this id, as far as it is loaded, dismissed or not.
    pub fn notification(&self, id: NotificationId) -> Option<Rc<Notification>> {
        let other = || self.intents.record(id).or_else(|| self.shelf.get(id).cloned());
        self.remote.get(id).cloned().or_else(other)
    }

    /// Whether the notification of this id is in the list.
    pub fn is_shown(&self, id: NotificationId) -> bool {
        self.shown_record(id).is_some_and(|record| self.settings.admit(&record))
    }

    pub(in super::super) fn shows(&self, notification: &Notification) -> bool {
        !self.intents.hides(notification.id) && self.settings.admit(notification)
    }

    /// What the list shows: loaded, not hidden and not left out by type, newest first; after them, in no order, those that are
    /// being restored.
    pub(in super::super) fn visible_notifications(&self) -> impl Iterator<Item = &Rc<Notification>> {
        let restoring = self.intents.restoring().filter(|one| self.remote.get(one.id).is_none());
        let restored = restoring.filter(|one| self.remote.covers(one) && self.settings.admit(one));
        self.remote.list().iter().filter(|one| self.shows(one)).chain(restored)
    }

    /// Brings the shown list up to date. Usually only the rows that have changed are touched; all of it is made anew where it
    /// is not known which have, or where too many have.
    pub(in super::super) fn show_list(&mut self) {
        let of = (self.remote.revision(), self.intents.revision());
        if self.shown.of == Some(of) {
            return;
        }
        let touched = (self.remote.take_touched(), self.intents.take_touched());
        let boundary = Some(self.remote.boundary());
        // What is being restored is shown only above the boundary, so its rows depend on where that is.
        let moved = self.shown.boundary != boundary && self.intents.shown_but_not_included() > 0;
        match touched {
            (Some(mut touched), Some(mut intents)) if self.shown.of.is_some() && !moved => {
                touched.append(&mut intents);
                for (id, place) in touched {
                    self.show_row(id, place);
                    self.show_row(id, self.remote.get(id).map(|one| Place::of(one)));
                }
            }
            _ => self.show_all(),
        }
        debug_assert!(
            self.all_rows().iter().map(|one| one.id).eq(self.shown.notifications.iter().map(|one| one.id)),
            "a change of the list was missed"
        );
        (self.shown.of, self.shown.boundary) = (Some(of), boundary);
    }

    fn show_row(&mut self, id: NotificationId, place: Option<Place>) {
        let Some(place) = place else { return };
        let row = self.row(id, place).cloned();
        self.shown.notifications.set(&place, row.as_ref());
    }

    /// The row to show for this notification at this place, if it is shown and stands there.
    fn row(&self, id: NotificationId, place: Place) -> Option<&Rc<Notification>> {
        let listed = self.remote.get(id);
        let shown = listed.filter(|one| self.shows(one));
        let restored = || self.intents.restoring_one(id).filter(|_| listed.is_none());
        let one = shown.or_else(|| restored().filter(|one| self.remote.covers(one) && self.settings.admit(one)));
        one.filter(|one| Place::of(one) == place)
    }

    /// Makes the whole list anew. If it is the same as before, the old one stays, so that nothing is drawn again.
    fn show_all(&mut self) {
        let list = self.all_rows();
        let before = &self.shown.notifications;
        let same = list.len() == before.len() && list.iter().zip(before.iter()).all(|(a, b)| Rc::ptr_eq(a, b));
        if !same {
            self.shown.notifications = list.into_iter().collect();
        }
    }

    fn all_rows(&self) -> Vec<Rc<Notification>> {
        let mut list: Vec<_> = self.visible_notifications().cloned().collect();
        if self.intents.shown_but_not_included() > 0 {
            list.sort_by_key(|one| std::cmp::Reverse((one.created, one.id)));
        }
        list
    }

    /// Brings the list of the dismissed view up to date: what the server lists as dismissed, together with what is hidden in
    /// this browser (dismissed and pending, local-only or snoozed).
    fn show_dismissed(&mut self) {
        let of = (self.shelf.revision(), self.intents.revision());
        if !self.shelf.is_looked_at() || self.shown.dismissed_of == Some(of) {
            return;
        }
        let here = self.intents.hidden().filter_map(|id| self.notification(id));
        let there = self.shelf.iter().filter(|one| self.intents.get(one.id).is_none()).cloned();
        let mut list: Vec<_> = here.chain(there).collect();
        list.sort_by_key(|one| std::cmp::Reverse((one.created, one.id)));
        self.shown.dismissed = list.into_iter().collect();
        self.shown.snoozed = Rc::new(self.intents.snoozed());
        self.shown.dismissed_of = Some(of);
    }

    /// The feed as it is now. Cheap where nothing has changed: it shares the lists of the snapshot before.
    pub fn snapshot(&mut self) -> Rc<Snapshot> {
        let count = self.count();
        self.show_list();
        self.show_dismissed();
        let before = &self.shown.snapshot;
        let problem = self.pull.trouble().map(|trouble| Problem {
            failure: trouble.failure.clone(),
            retry_at: trouble.retry_at.map(|at| self.now.wall_of(at)),
        });
        let mut next = Snapshot {
            revision: before.revision,
            status: self.status(),
            waiting: None,
            loaded: self.remote.is_loaded(),
            count,
            view: self.shelf.view(),
            dismissed: Dismissed {
                loaded: self.shelf.is_loaded(),
                notifications: self.shown.dismissed.clone(),
                snoozed: self.shown.snoozed.clone(),
                has_more: self.shelf.has_more(),
                loading: self.shelf.is_loading(),
                problem: self.shelf.failure().cloned(),
            },
            kinds: self.remote.kinds().clone(),
            notifications: self.shown.notifications.clone(),
            arrived: self.announce.arrived().clone(),
            has_more: self.remote.has_more(),
            loading_more: self.pull.loads_more(),
            refreshing: self.pull.refreshes(),
            problem,
            failed: self.push.failed().clone(),
            undo: self.intents.undo_batches(self.now),
            progress: self.push.progress(),
            last_pull: self.pull.last().map(|now| now.wall as f64),
        };
        if !next.looks_like(before) {
            next.revision += 1;
        }
        self.shown.snapshot = Rc::new(next);
        self.shown.snapshot.clone()
    }
}
