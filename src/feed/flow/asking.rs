//! Records that are read by their ids, and what they say.

use super::super::*;

impl Feed {
    pub(in super::super) fn start_lookup(&mut self) {
        if self.pull.is_under_way() || self.is_pull_next() && !self.lookup.waits() {
            return;
        }
        let (with, ticket) = (self.situation(), self.ticket());
        if let Some(ids) = self.lookup.start(&with, ticket, self.pull.reads_all()) {
            self.ask(Command::Fetch { ticket, ids });
        }
    }

    pub(in super::super) fn looked_up(&mut self, ticket: Ticket, result: Result<Vec<Notification>, Failure>) {
        if result.is_ok() {
            self.works();
        }
        match self.lookup.answered(ticket, result) {
            None => {}
            Some(Answer::Records(ids, records)) => self.take_records(ids, records),
            Some(Answer::Strange(mut ids, records)) => {
                // A server that does not know how to answer gives others, too: what it gives counts, the rest is open.
                let (asked, _) = split(&mut ids, records);
                asked.into_iter().for_each(|record| self.take_record(record.id, Some(Rc::new(record))));
                self.lookup_is_no_use(&ids);
            }
            Some(Answer::Failed(ids, failure, token)) => self.lookup_failed(&ids, failure, token),
        }
    }

    pub(in super::super) fn take_records(&mut self, ids: SortedSet<NotificationId>, records: Vec<Notification>) {
        let (mut gone, coworker) = (ids, self.coworker);
        for record in records.into_iter().filter(|one| one.coworker == coworker) {
            let id = record.id;
            if !gone.remove(&id) {
                continue;
            }
            if self.push.acquit(id) && !record.is_dismissed {
                self.refuse_writes();
            }
            self.take_record(id, Some(Rc::new(record)));
        }
        for id in gone.iter().copied() {
            self.push.acquit(id);
            self.take_record(id, None);
        }
    }

    /// What a record says of one that the member wants something of; `None`: it is gone.
    pub(in super::super) fn take_record(&mut self, id: NotificationId, record: Option<Rc<Notification>>) {
        let undismissed = record.as_ref().is_some_and(|record| !record.is_dismissed);
        let is_there = record.is_some();
        let shown = record.as_ref().is_some_and(|record| self.remote.covers(record));
        let Some(before) = self.intents.looked_up(id, record, !shown) else { return };
        let included = before == Known::Listed
            || before == Known::Unknown && self.remote.has_more() && self.intents.hides(id)
            || self.remote.get(id).is_some();
        if !undismissed && included && !self.lookup.is_unverified() {
            self.remote.remove(id, true);
        }
        let restores = self.intents.get(id).is_some_and(|intent| !intent.hides());
        if self.intents.is_waking(id)
            && undismissed
            && let Some(record) = self.intents.record(id)
        {
            self.wake(&record);
        }
        if restores && !is_there {
            self.intents.end(id, Stage::Withdrawn);
        }
        // The list is from before that.
        let recount = before == Known::Dismissed && !restores && !shown;
        let missed = restores && shown && self.remote.get(id).is_none();
        let overlooked = undismissed && (before == Known::Absent || recount || missed);
        if restores && is_there && !undismissed && !shown {
            // Beyond what is loaded it may have been counted, if it was dismissed since: the pull after the write tells.
            self.pull.let_writes_go_first();
            self.pull.want(Goal::Newest);
        }
        if overlooked || !undismissed && included {
            self.pull.mislead();
            self.remote.mark_unverified();
            self.pull.want(Goal::Newest);
        }
    }

    pub(in super::super) fn lookup_is_no_use(&mut self, ids: &SortedSet<NotificationId>) {
        self.lookup.again_later(ids);
        if self.lookup.is_unverified() {
            // With more than that loaded, nobody notices a mistake.
            self.lookup.set_unverified(self.remote.covered() < FILTERED_MOST);
            self.pull.want(Goal::Whole(FILTERED_MOST));
        }
    }

    /// What the member waits for is told to have failed; the rest is asked for again some time.
    pub(in super::super) fn lookup_failed(&mut self, ids: &SortedSet<NotificationId>, failure: Failure, token: u32) {
        if failure.is_refused_token() {
            match self.refused(token, self.lookup.is_renewed()) {
                Refusal::Final => {}
                refusal => {
                    if refusal == Refusal::Renew {
                        self.lookup.set_renewed();
                    }
                    return self.lookup.again_soon(ids);
                }
            }
        } else if failure.kind == FailureKind::Throttled || failure.retry_after.is_some() {
            self.hold(failure);
            return self.lookup.again_soon(ids);
        } else if failure.kind == FailureKind::Network && !self.online {
            return self.lookup.again_soon(ids);
        }
        let waits = |id: &NotificationId| {
            self.intents.get(*id).is_some_and(|intent| !intent.hides())
                && self.intents.known(*id) == Some(Known::Unknown)
        };
        let given_up: Vec<_> = ids.iter().copied().filter(waits).collect();
        self.lookup_is_no_use(ids);
        if !given_up.is_empty() {
            for id in given_up {
                self.lookup.forget(id);
                self.intents.end(id, Stage::Withdrawn);
            }
            self.emit_error(failure, None);
        }
    }

    /// The total is taken to include local dismissals that are not loaded. This looks up whether it does.
    pub(in super::super) fn verify_unloaded(&mut self, listing: &Listing) {
        let first = !self.remote.is_loaded();
        let checked = self.lookup.checked().filter(|checked| first && listing.follows(checked));
        let since = checked.map(|checked| checked.highest);
        let local = self.intents.hidden().filter(|id| Some(*id) > since);
        // One that the server is known to have dismissed is not counted.
        let is_open = |id: &NotificationId| !self.intents.is_dismissed_there(*id);
        let to_verify: Vec<_> = local.filter(|id| is_open(id) && self.remote.get(*id).is_none()).collect();
        self.lookup.set_unverified(!to_verify.is_empty() && (self.lookup.is_unverified() || first));
        if to_verify.len() > self.remote.unloaded() as usize && listing.goal != Goal::ALL {
            self.pull.want(Goal::ALL);
        }
        to_verify.into_iter().for_each(|id| self.lookup.want(id));
    }

    /// Once all local dismissals are verified, remembers that for the next visit.
    pub(in super::super) fn note_verified(&mut self) {
        let asking = !self.lookup.is_idle();
        // Something has gone: the pull that this calls for gives the total that goes with it.
        let pulling = self.pull.waits() || self.pull.is_under_way() || self.pull.trouble().is_some();
        let unverified = self.lookup.is_unverified() && (asking || self.remote.is_unverified() && pulling);
        self.lookup.set_unverified(unverified);
        let sure = self.remote.is_loaded() && !asking && !unverified && !self.remote.is_unverified();
        let (Some(total), Some(highest)) = (self.remote.total(), self.remote.highest()) else { return };
        let checked = Checked { total, highest };
        if sure && Some(checked) != self.lookup.checked() && self.intents.are_local() && self.lookup.check(checked) {
            self.out.push(Command::Store(vec![Entry::Checked(checked)]));
        }
    }
}
