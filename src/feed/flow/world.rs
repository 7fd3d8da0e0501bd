//! What happens to the page and its tab: seen or hidden, online or not, leading or following, new settings, going away.

use super::super::*;

impl Feed {
    pub(in super::super) fn became_visible(&mut self, visible: bool) {
        let changed = visible != self.visible;
        self.visible = visible;
        if changed && self.remote.is_loaded() {
            self.plan_poll();
        }
        if changed && visible && !self.asked_to_wait() {
            self.pull.come_back(self.now);
        }
    }

    pub(in super::super) fn became_online(&mut self, online: bool) {
        let returned = online && !self.online;
        self.online = online;
        if returned && !self.asked_to_wait() {
            self.pull.forgive();
            self.pull.schedule(Goal::Newest);
        }
    }

    /// Whether the server has asked to be left alone for a time that is not over. A person may try before.
    pub(in super::super) fn asked_to_wait(&self) -> bool {
        self.is_paused() || self.pull.is_asked_to_wait(self.now)
    }

    pub(in super::super) fn lead(&mut self, leading: bool) {
        let before = self.peers.lead();
        if self.peers.set_leading(leading) {
            self.intents.take_over(self.now);
            if self.remote.is_loaded() {
                let with = self.situation();
                self.pull.plan_sooner(&with, &self.settings, &mut self.dice);
            }
        }
        if before != leading {
            self.intents.review_all();
            if !leading && self.remote.is_loaded() {
                self.plan_poll();
            }
        }
    }

    pub(in super::super) fn set(&mut self, settings: Settings) {
        let other_filter = settings.types != self.settings.types || settings.muted != self.settings.muted;
        let other_interval = settings.poll_interval != self.settings.poll_interval;
        let other_mode = settings.dismiss_mode != self.settings.dismiss_mode;
        self.settings = settings;
        if other_filter {
            self.shown.of = None;
            self.shown.counted = None;
        }
        if other_interval {
            self.plan_poll();
        }
        if other_mode {
            self.intents.review_all();
        }
        self.want_filtered();
    }

    /// With a filter on types only the list gives the count, so all of it is read, up to a limit.
    pub(in super::super) fn want_filtered(&mut self) {
        if self.settings.filter() && !self.counts_filtered() && self.remote.is_loaded() {
            self.pull.schedule(Goal::Whole(FILTERED_MOST));
        }
    }

    /// Whether enough of the list is loaded to count with a filter on types.
    pub(in super::super) fn counts_filtered(&self) -> bool {
        self.remote.is_loaded() && (!self.remote.has_more() || self.remote.covered() >= FILTERED_MOST)
    }

    pub(in super::super) fn plan_poll(&mut self) {
        let with = self.situation();
        self.pull.plan(&with, &self.settings, &mut self.dice);
    }

    /// The element is gone: nobody can undo anything here any more, so what was done is final.
    pub(in super::super) fn retire(&mut self) {
        self.end_undo();
        self.out.push(Command::Broadcast(Message::Left(self.peers.tab())));
    }

    fn end_undo(&mut self) {
        self.intents.undoable(None).into_iter().for_each(|id| self.intents.end_undo(id));
    }

    /// The page goes away: pending writes are sent now. What cannot be sent stays stored as pending, for another tab or the
    /// next visit.
    ///
    /// The writes come before all other commands: Firefox loses requests of a page that goes away if storage is used first.
    pub(in super::super) fn leave(&mut self) {
        self.end_undo();
        self.review_intents();
        let mut room = Push::room();
        while self.may_write() {
            let Some(id) = self.push.next() else { break };
            let Some((record, dismissed)) = self.to_write(id) else { continue };
            let Some(rest) = room.checked_sub(Push::weight(&record)) else {
                self.push.put_back(id);
                break;
            };
            room = rest;
            self.write(record, dismissed, true);
        }
        self.out.push(Command::Broadcast(Message::Left(self.peers.tab())));
    }

    pub(in super::super) fn wants_stream(&self) -> bool {
        let seen = self.visible || self.settings.alerts;
        let able = self.online && !self.pull.is_hopeless() && self.remote.is_loaded();
        self.settings.stream && self.peers.lead() && seen && able
    }

    /// Opens or closes the server's stream, if that is due. `another`: its address has changed.
    pub(in super::super) fn update_stream(&mut self, another: bool) {
        if let Some(stream) = self.stream.update(self.wants_stream(), another, self.now) {
            self.out.push(Command::Stream(stream));
        }
    }
}
