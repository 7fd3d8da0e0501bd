//! What the member or the page asks for: dismiss, snooze, undo, restore, refresh, load more.

use super::super::*;

impl Feed {
    pub(in super::super) fn dismiss(&mut self, ids: &[NotificationId]) {
        let local = self.dismisses_locally();
        let mut batch = None;
        for id in ids {
            let Some(record) = self.shown_record(*id) else { continue };
            let batch = *batch.get_or_insert_with(|| self.intents.new_batch());
            self.intents.dismiss(&record, Some(batch), local, self.now);
            self.push.clear_failure(*id);
        }
    }

    pub(in super::super) fn snooze(&mut self, ids: &[NotificationId], until: i64) {
        let mut batch = None;
        for id in ids {
            let Some(record) = self.shown_record(*id).filter(|_| until > self.now.wall) else { continue };
            let batch = *batch.get_or_insert_with(|| self.intents.new_batch());
            self.intents.snooze(&record, until, batch, self.now);
            self.push.clear_failure(*id);
        }
    }

    /// The record of a notification that is in the inbox: loaded and not hidden, or being restored. Types that are left out
    /// count, too.
    pub(in super::super) fn shown_record(&self, id: NotificationId) -> Option<Rc<Notification>> {
        let record = self.remote.get(id).cloned();
        let restoring = || self.intents.restoring().find(|record| record.id == id).cloned();
        record.filter(|_| !self.intents.hides(id)).or_else(restoring)
    }

    /// Undoes a dismissal or a snooze. If somebody has dismissed it elsewhere since, it stays dismissed.
    pub(in super::super) fn take_back(&mut self, id: NotificationId) {
        let in_flight = self.push.is_in_flight(id);
        let written = in_flight || self.intents.known(id) == Some(Known::Dismissed);
        // Where the server may have it dismissed, the undo has to be written. Otherwise nothing was written, and nothing is.
        let goes_on = written || self.intents.undoes_to_restoring(id);
        self.intents.restore(id, !in_flight && self.peers.lead(), self.now);
        if !goes_on {
            self.intents.end(id, Stage::Withdrawn);
        }
    }

    pub(in super::super) fn restore(&mut self, id: NotificationId) {
        let unknown = self.remote.get(id).is_none() && self.intents.get(id).is_none();
        if self.intents.hides(id) || unknown {
            self.announce.returned(id);
            self.intents.restore(id, !self.push.is_in_flight(id) && self.peers.lead(), self.now);
            if let Some(record) = self.shelf.get(id).cloned().filter(|_| unknown) {
                self.intents.looked_up(id, Some(record), false);
            }
        }
    }

    /// The member looks at the inbox or the dismissed view from now on.
    pub(in super::super) fn set_view(&mut self, view: View) {
        self.shelf.set_view(view);
        if self.shelf.is_looked_at() {
            // Only the ids are stored of what was dismissed in this browser at an earlier visit.
            let unknown: Vec<_> = self.intents.hidden().filter(|id| self.notification(*id).is_none()).collect();
            unknown.into_iter().for_each(|id| self.lookup.schedule_first(id));
        }
    }

    /// Dismisses one again whose write failed, this time without time to undo.
    pub(in super::super) fn retry_write(&mut self, id: NotificationId) {
        let Some(record) = self.shown_record(id).filter(|_| self.push.failed().contains_key(&id)) else { return };
        self.auth.trust();
        self.push.clear_failure(id);
        self.push.set_renewed(id, false);
        self.intents.dismiss(&record, None, self.dismisses_locally(), self.now);
    }

    pub(in super::super) fn dismisses_locally(&self) -> bool {
        match self.settings.dismiss_mode {
            DismissMode::Local => true,
            DismissMode::Auto => self.push.is_refused(),
            DismissMode::Api => false,
        }
    }

    /// Whether a pending dismissal becomes local-only instead of being written. `dismiss-mode="local"` concerns only
    /// dismissals of this tab: another tab, or another element of the page, may have another mode.
    pub(in super::super) fn keeps_local(&self, id: NotificationId) -> bool {
        let is_own = || self.intents.get(id).is_none_or(|intent| self.peers.is_own(intent));
        self.dismisses_locally() && (self.settings.dismiss_mode != DismissMode::Local || is_own())
    }

    /// A person or the page asks: all that is loaded is read again, even after a failure that stopped polling, and even if the
    /// browser says that it is offline.
    pub(in super::super) fn refresh(&mut self, waiter: Option<Waiter>) {
        if self.shelf.is_looked_at() && !self.is_paused() {
            self.shelf.refresh(None);
        }
        if self.is_paused() {
            return self.resolve(waiter.into_iter().collect());
        }
        self.auth.trust();
        self.pull.hurry();
        self.pull.ask(Goal::Whole(0), waiter);
    }

    pub(in super::super) fn load_more(&mut self, waiter: Option<Waiter>) {
        if self.shelf.is_looked_at() && !self.is_paused() {
            return match self.shelf.load_more(waiter) {
                Ok(()) => {}
                Err(waiter) => self.resolve(waiter.into_iter().collect()),
            };
        }
        if self.is_paused() || self.remote.is_loaded() && !self.remote.has_more() {
            return self.resolve(waiter.into_iter().collect());
        }
        if !self.remote.is_loaded() && self.pull.trouble().is_some() {
            return self.refresh(waiter);
        }
        self.auth.trust();
        self.pull.ask(Goal::Next, waiter);
    }

    pub(in super::super) fn dismiss_all(&mut self, waiter: Option<Waiter>) {
        let known = self.remote.is_loaded() && !self.remote.has_more();
        if known || self.is_paused() || self.pull.is_hopeless() {
            return self.propose(waiter.into_iter().collect());
        }
        self.pull.propose(waiter);
    }

    pub(in super::super) fn propose(&mut self, waiters: Vec<Waiter>) {
        let ids = self.visible_notifications().map(|one| one.id).collect();
        self.out.push(Command::Propose(ids, waiters));
    }

    pub(in super::super) fn is_paused(&self) -> bool {
        self.pause.until(self.now).is_some()
    }
}
