//! What other tabs broadcast, and snoozes that end.

use super::super::*;

impl Feed {
    pub(in super::super) fn peer(&mut self, message: Message) {
        match message {
            Message::Intents(intents) => {
                for (id, intent) in intents {
                    self.receive(id, intent);
                }
            }
            Message::Pulled { at, total, newest, all } => self.peer_pulled(at, total, &newest, all),
            Message::Alive => self.plan_poll(),
            Message::Left(tab) => self.intents.hurry(tab, self.now),
        }
    }

    /// Takes in what other tabs have stored, and stores again what they have overwritten.
    pub(in super::super) fn stored(&mut self, stored: &SortedMap<NotificationId, Intent>) {
        self.merge(stored);
        self.intents.store_missing(stored);
    }

    /// Takes in what is stored after a time without messages. What is no longer stored has come to its end meanwhile, so
    /// long ago that this is not stored any more either.
    pub(in super::super) fn restored(&mut self, stored: &SortedMap<NotificationId, Intent>) {
        self.merge(stored);
        self.intents.forget_missing(stored);
    }

    fn merge(&mut self, stored: &SortedMap<NotificationId, Intent>) {
        for (id, intent) in stored.iter() {
            if !self.intents.is_known(*id, *intent) {
                self.receive(*id, *intent);
            }
        }
    }

    pub(in super::super) fn receive(&mut self, id: NotificationId, intent: Intent) {
        let before = (self.intents.known(id), self.intents.record(id));
        let counted = before.0 == Some(Known::Listed);
        if intent.has_restored() && self.intents.hides_since(id, intent) && !counted {
            return self.restored_late(id, before.1.filter(|_| before.0 == Some(Known::Dismissed)));
        }
        if let Some(later) = self.intents.taken_back_since(id, intent) {
            return self.dismissed_late(id, later);
        }
        let listed = self.remote.get(id).cloned();
        if intent.is_over() {
            // Another tab has finished this intent. That says what the server has now, which is taken in before the intent.
            if self.intents.is_news(id, intent) && intent.stage == Stage::Acknowledged {
                self.remote.disturb(self.now.wall);
                self.lookup.written(id);
                if intent.dismissed {
                    self.server_has(id, true, None);
                } else if intent.snoozed_until.is_none() && listed.is_none() && before.0 != Some(Known::Listed) {
                    self.announce.returned(id);
                    match before.1.filter(|_| before.0 == Some(Known::Dismissed)) {
                        Some(record) => self.server_has(id, false, Some(&record)),
                        None => {
                            self.remote.mark_unverified();
                            self.pull.schedule(Goal::Newest);
                        }
                    }
                }
            }
        } else if intent.hides() {
            self.push.clear_failure(id);
        } else {
            self.announce.returned(id);
        }
        let dismissed_there = self.intents.is_acknowledged(id) || before.0 == Some(Known::Dismissed);
        let written = self.push.is_in_flight(id) || dismissed_there;
        let was = self.intents.get(id).copied();
        let woke = intent.stage == Stage::Acknowledged
            && intent.snoozed_until.is_some_and(|until| until <= self.now.wall)
            && was.is_some_and(|was| was.stamp == intent.stamp);
        let back = listed.clone().filter(|_| woke);
        let is_gone = listed.is_none() && self.remote.is_loaded() && !self.remote.has_more();
        let crossed = written && intent.took_back_unwritten() && self.intents.is_later_act(id, intent);
        self.intents.receive(id, intent, listed, Some(self.now));
        if let Some(record) = back.filter(|record| self.shows(record)) {
            self.announce.arrivals(vec![record], &mut self.out);
        }
        if is_gone {
            self.is_absent(id);
        }
        if crossed {
            // That tab undid or snoozed it before it received that the dismissal was written.
            self.intents.write_back(id, intent);
        }
    }

    /// A tab has written the dismissal before it received this later intent, and may be closed before it does. So each tab that
    /// receives both asks for the write that is needed now. All of them make the same intent, so it is written once.
    fn dismissed_late(&mut self, id: NotificationId, later: Intent) {
        self.intents.write_back(id, later);
        // A list that is on its way may be from before that write.
        self.intents.must_be_read(id);
    }

    /// The leading tab has written a restoring, after the member had dismissed the notification again. The later dismissal
    /// stays in effect, but the server lists the notification again, so the total includes it.
    fn restored_late(&mut self, id: NotificationId, record: Option<Rc<Notification>>) {
        // A pull under way may have read the list before that write.
        self.pull.mislead();
        self.lookup.written(id);
        match record {
            Some(record) => self.server_has(id, false, Some(&record)),
            None => {
                self.remote.mark_unverified();
                self.pull.schedule(Goal::Newest);
            }
        }
        self.intents.written(id, false);
    }

    /// Another tab has pulled. What it broadcasts is used like the first page of a pull of this tab.
    pub(in super::super) fn peer_pulled(&mut self, at: i64, total: u32, newest: &[Rc<Notification>], all: bool) {
        // The pull began before the last write, so it is out of date. If that write seems to lie in the future, the device's
        // clock was put back, and says nothing.
        let written = self.remote.last_write();
        let stale = at <= written && written <= self.now.wall;
        if !self.remote.is_loaded() || self.pull.is_under_way() || stale || self.push.in_flight() > 0 {
            return;
        }
        let listing = Peers::received(total, newest, all, &self.remote);
        if listing.exact || listing.explains(&self.remote, total) {
            self.reconcile(&listing, false, false);
        } else {
            // Something has changed further down than the other tab's first page shows.
            self.remote.mark_unverified();
            if self.visible {
                self.pull.schedule(Goal::Newest);
            }
        }
        self.pull.received(self.now);
        self.plan_poll();
        self.want_filtered();
    }

    /// Ends the snoozes whose time is over; their notifications are announced as arrivals. One that is not loaded is looked up
    /// first.
    pub(in super::super) fn wake_snoozed(&mut self) {
        while let Some(id) = self.intents.next_wake(self.now).filter(|_| self.remote.is_loaded()) {
            match self.remote.get(id).cloned() {
                Some(record) => self.wake(&record),
                None => {
                    self.intents.wait_to_wake(id);
                    self.lookup.schedule_first(id);
                }
            }
        }
    }

    pub(in super::super) fn wake(&mut self, record: &Rc<Notification>) {
        self.intents.end(record.id, Stage::Acknowledged);
        if self.shows(record) {
            self.announce.arrivals(vec![record.clone()], &mut self.out);
        }
    }
}
