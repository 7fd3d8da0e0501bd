//! Looking up records by their ids, and what their answers mean for all parts.

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
                // A server that does not filter by ids answers with other records. What it says of those that were asked
                // for is true, but one that is missing may exist.
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

    /// Takes in the record of a notification that has an intent; `None`: the server has none, so it was deleted.
    pub(in super::super) fn take_record(&mut self, id: NotificationId, record: Option<Rc<Notification>>) {
        let undismissed = record.as_ref().is_some_and(|record| !record.is_dismissed);
        let is_there = record.is_some();
        let shown = record.as_ref().is_some_and(|record| self.remote.covers(record));
        // A list that reads as far as the boundary need not show all that were created in the moment of the boundary.
        let listed = |one: &Rc<Notification>| self.remote.is_above_boundary(one) || self.remote.get(id).is_some();
        let unloaded = !record.as_ref().is_some_and(listed);
        let Some(before) = self.intents.looked_up(id, record, unloaded) else { return };
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
        // In these cases the server lists it, but the list and the total are from before that.
        let recount = before == Known::Dismissed && !restores && unloaded;
        let missed = restores && shown && self.remote.get(id).is_none();
        let overlooked = undismissed && (before == Known::Absent || recount || missed);
        if restores && is_there && !undismissed && !shown {
            // It stands below the boundary, so the total may or may not include it. It is read anew after the write.
            self.pull.let_writes_go_first();
            self.pull.schedule(Goal::Newest);
        }
        if overlooked || !undismissed && included {
            self.pull.mislead();
            self.remote.mark_unverified();
            self.pull.schedule(Goal::Newest);
        }
    }

    pub(in super::super) fn lookup_is_no_use(&mut self, ids: &SortedSet<NotificationId>) {
        self.lookup.again_later(ids);
        if self.lookup.is_unverified() {
            // The list answers it. Where more than that is loaded, the count is taken as it is: nobody notices a small mistake.
            self.lookup.set_unverified(self.remote.covered() < FILTERED_MOST);
            self.pull.schedule(Goal::Whole(FILTERED_MOST));
        }
    }

    /// A lookup has failed. It is made again at once, after a pause or after the next pull, as the failure demands. A restoring
    /// that waited for it is given up and reported, because somebody waits for it.
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

    /// The count assumes that the server's total includes each local dismissal that is not loaded. This looks up those of
    /// which that is not certain.
    pub(in super::super) fn verify_unloaded(&mut self, listing: &Listing) {
        let first = !self.remote.is_loaded();
        let checked = self.lookup.checked().filter(|checked| first && listing.follows(checked));
        let since = checked.map(|checked| checked.highest);
        let local = self.intents.hidden().filter(|id| Some(*id) > since);
        // One that the server is known to have dismissed is not in the total.
        let is_open = |id: &NotificationId| !self.intents.is_dismissed_there(*id);
        let to_verify: Vec<_> = local.filter(|id| is_open(id) && self.remote.get(*id).is_none()).collect();
        self.lookup.set_unverified(!to_verify.is_empty() && (self.lookup.is_unverified() || first));
        if to_verify.len() > self.remote.unloaded() as usize && listing.goal != Goal::ALL {
            self.pull.schedule(Goal::ALL);
        }
        to_verify.into_iter().for_each(|id| self.lookup.schedule(id));
    }

    /// Once all local dismissals are verified, stores what the list was then: the next visit need not verify them again if
    /// it finds the same list, or the same with arrivals.
    pub(in super::super) fn note_verified(&mut self) {
        let asking = !self.lookup.is_idle();
        // A lookup has shown that the list is out of date: the count is not sure before the pull that this has asked for.
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
