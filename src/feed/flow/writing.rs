//! Writing to the server: when writes start, and what their answers mean for all parts.

use super::super::*;

impl Feed {
    pub(in super::super) fn may_write(&self) -> bool {
        self.online && !self.auth.is_asking() && !self.is_paused()
    }

    pub(in super::super) fn start_writes(&mut self) {
        let pulls = self.pull.is_under_way() || self.is_pull_next() && !self.pull.writes_first();
        while !pulls && self.may_write() && self.push.may_start(self.now.mono) {
            let Some(id) = self.push.next() else { break };
            if let Some((record, dismissed)) = self.to_write(id) {
                self.write(record, dismissed, false);
            }
        }
        self.push.rest();
    }

    /// Whether it is this tab that writes the intent for this notification.
    pub(in super::super) fn writes(&self, id: NotificationId) -> bool {
        self.intents.get(id).is_some_and(|intent| self.peers.writes(intent, self.now))
    }

    /// What is to be done for the intent of this notification now. `local`: a dismissal becomes local-only.
    pub(in super::super) fn task(&self, id: NotificationId, local: bool) -> Task {
        self.intents.task(id, self.writes(id), local)
    }

    /// The write that is to be sent for this notification now, if there is one.
    pub(in super::super) fn to_write(&self, id: NotificationId) -> Option<(Rc<Notification>, bool)> {
        let Task::Write(dismissed) = self.task(id, self.keeps_local(id)) else { return None };
        Some((self.intents.record(id)?, dismissed)).filter(|_| !self.push.is_in_flight(id))
    }

    pub(in super::super) fn write(&mut self, record: Rc<Notification>, dismissed: bool, keepalive: bool) {
        self.remote.disturb(self.now.wall);
        self.lookup.written(record.id);
        let (intent, token) = (self.intents.get(record.id).copied(), self.auth.age());
        self.push.start(self.now.mono, Write { record: record.clone(), intent, dismissed, token });
        self.ask(Command::Write { notification: record, dismissed, keepalive });
    }

    pub(in super::super) fn wrote(&mut self, id: NotificationId, result: Result<(), Failure>) {
        let Some(write) = self.push.ended(id) else { return };
        self.remote.disturb(self.now.wall);
        self.lookup.written(id);
        match result {
            Ok(()) => {
                self.works();
                self.push.set_renewed(id, false);
                self.server_has(id, write.dismissed, Some(&write.record));
                self.intents.written(id, write.dismissed);
                if write.dismissed
                    && let Some(later) = self.intents.get(id).copied().filter(|later| later.took_back_unwritten())
                {
                    self.intents.write_back(id, later);
                }
                let late = write.intent.filter(|intent| !write.dismissed && self.intents.hides_since(id, *intent));
                if let Some(intent) = late {
                    // The restoring that was written is no longer in effect here: the member has hidden it again. The other tabs
                    // must still receive that the server has it undismissed.
                    let restored = (id, intent.restored());
                    self.out.push(Command::Broadcast(Message::Intents(vec![restored])));
                }
            }
            Err(failure) => self.write_failed(&write, failure),
        }
        self.intents.review_one(id);
    }

    /// A write has succeeded: from now on the server has this value.
    pub(in super::super) fn server_has(
        &mut self,
        id: NotificationId,
        dismissed: bool,
        record: Option<&Rc<Notification>>,
    ) {
        if dismissed {
            let record = self.notification(id);
            record.into_iter().for_each(|record| self.shelf.put(&record));
        } else {
            self.shelf.remove(id);
        }
        let known = self.intents.known(id);
        if dismissed {
            let beyond = known == Some(Known::Unknown) && self.remote.has_more();
            self.remote.remove(id, known == Some(Known::Listed) || beyond);
        } else if let Some(record) = record {
            if self.remote.get(id).is_none() && self.remote.covers(record) && !self.remote.is_above_boundary(record) {
                // It was created in the same moment as the last loaded record, so the server may list it on the next page.
                self.remote.mark_unverified();
                self.pull.schedule(Goal::Newest);
            }
            self.remote.insert(record);
        }
    }

    pub(in super::super) fn write_failed(&mut self, write: &Write, failure: Failure) {
        let id = write.record.id;
        if self.task(id, false) != Task::Write(write.dismissed) {
            // The member wants something else by now. The write may have reached the server even though its answer did not say.
            if failure.status.is_none_or(|status| status >= 500) {
                self.intents.must_be_read(id);
            }
            return;
        }
        match failure.kind {
            FailureKind::Unauthorized if failure.is_refused_token() => {
                match self.refused(write.token, self.push.is_renewed(id)) {
                    Refusal::Final => self.give_up(id, failure),
                    refusal => {
                        let renewed =
                            self.push.is_renewed(id) || refusal == Refusal::Renew || write.token == self.auth.age();
                        self.push.set_renewed(id, renewed);
                        self.push.is_not_done(id);
                    }
                }
            }
            // 503 may say when to come back, too.
            kind if kind == FailureKind::Throttled || failure.retry_after.is_some() => {
                self.push.is_not_done(id);
                self.hold(failure);
            }
            FailureKind::Network if !self.online => self.push.is_not_done(id),
            _ if write.dismissed && failure.is_write_refusal() && self.settings.dismiss_mode == DismissMode::Auto => {
                if failure.status == Some(404) {
                    // Either this record is gone, or the API takes no writes at all: looking it up shows which.
                    self.push.suspect(id);
                    self.intents.keep_local(id);
                    self.lookup.schedule(id);
                } else {
                    self.refuse_writes();
                }
            }
            _ => self.give_up(id, failure),
        }
    }

    pub(in super::super) fn hold(&mut self, failure: Failure) {
        let (until, another) = self.pause.begin(&failure, self.now, &mut self.dice);
        if another {
            self.emit_error(failure, Some(until));
        }
    }

    /// The API takes no writes: dismissals are kept in this browser from now on.
    pub(in super::super) fn refuse_writes(&mut self) {
        if self.push.refuse() {
            self.out.push(Command::RememberRefusal);
        }
        self.push.take_queue();
        self.intents.review_all();
    }

    pub(in super::super) fn give_up(&mut self, id: NotificationId, failure: Failure) {
        self.withdraw(id, &failure);
        self.emit_error(failure, None);
    }

    /// The intent has failed: the notification is shown as the server has it, with the reason if it was a dismissal.
    pub(in super::super) fn withdraw(&mut self, id: NotificationId, failure: &Failure) {
        if self.intents.hides(id) {
            self.push.fail(id, failure.clone());
        }
        self.intents.end(id, Stage::Withdrawn);
    }
}
