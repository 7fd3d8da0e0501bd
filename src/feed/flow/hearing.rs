//! What other tabs say, and what comes back by itself.

use super::super::*;

impl Feed {
    pub(in super::super) fn peer(&mut self, message: Message) {
        match message {
            Message::Intents(intents) => {
                for (id, intent) in intents {
                    self.hear(id, intent);
                }
            }
            Message::Pulled { at, total, newest, all } => self.peer_pulled(at, total, &newest, all),
            Message::Alive => self.plan_poll(),
            Message::Left(tab) => self.intents.hurry(tab, self.now),
        }
    }

    pub(in super::super) fn hear(&mut self, id: NotificationId, intent: Intent) {
        let before = (self.intents.known(id), self.intents.record(id));
        if before.0 == Some(Known::Dismissed) && intent.has_restored() && self.intents.hides_since(id, intent) {
            return self.restored_late(id, before.1);
        }
        if let Some(later) = self.intents.taken_back_since(id, intent) {
            return self.dismissed_late(id, later);
        }
        let listed = self.remote.get(id).cloned();
        if intent.is_over() {
            // Another tab has seen to it: first what that says of the server, then the intent.
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
                            self.pull.want(Goal::Newest);
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
        self.intents.hear(id, intent, listed, Some(self.now));
        if let Some(record) = back.filter(|record| self.shows(record)) {
            self.announce.arrivals(vec![record], &mut self.out);
        }
        if is_gone {
            self.is_absent(id);
        }
        if crossed {
            // That tab undid it, or snoozed it, before it heard that it was written.
            self.intents.write_back(id, intent);
        }
    }

    /// A tab has written its dismissal before it heard of this later intent, and may be gone before it does. So each tab that
    /// hears of both sees to it; what they come to is the same intent.
    fn dismissed_late(&mut self, id: NotificationId, later: Intent) {
        self.intents.write_back(id, later);
        // A list that is on its way may be from before that write.
        self.intents.must_be_read(id);
    }

    /// The tab that writes has restored it, after the member had dismissed it again. The later intent stays, but the server
    /// lists it again.
    fn restored_late(&mut self, id: NotificationId, record: Option<Rc<Notification>>) {
        // A pull that goes on may be from before that.
        self.pull.mislead();
        self.lookup.written(id);
        match record {
            Some(record) => self.server_has(id, false, Some(&record)),
            None => {
                self.remote.mark_unverified();
                self.pull.want(Goal::Newest);
            }
        }
        self.intents.written(id, false);
    }

    /// Another tab has pulled: the same as a pull of this one, as far as it goes.
    pub(in super::super) fn peer_pulled(&mut self, at: i64, total: u32, newest: &[Rc<Notification>], all: bool) {
        // A clock that was put back makes no pull stale.
        let written = self.remote.last_write();
        let stale = at <= written && written <= self.now.wall;
        if !self.remote.is_loaded() || self.pull.is_under_way() || stale || self.push.in_flight() > 0 {
            return;
        }
        let listing = Peers::heard(total, newest, all, &self.remote);
        if listing.exact || listing.explains(&self.remote, total) {
            self.reconcile(&listing, false, false);
        } else {
            // Something changed deeper down than that tab tells.
            self.remote.mark_unverified();
            if self.visible {
                self.pull.want(Goal::Newest);
            }
        }
        self.pull.heard(self.now);
        self.plan_poll();
        self.want_filtered();
    }

    /// Those whose time has come are back, as arrivals: one that is not loaded once its record is read.
    pub(in super::super) fn wake_snoozed(&mut self) {
        while let Some(id) = self.intents.next_wake(self.now).filter(|_| self.remote.is_loaded()) {
            match self.remote.get(id).cloned() {
                Some(record) => self.wake(&record),
                None => {
                    self.intents.wait_to_wake(id);
                    self.lookup.want_now(id);
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
