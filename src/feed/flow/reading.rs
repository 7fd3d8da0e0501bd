//! Reading the list: which request comes next, and what its answer means for all parts.

use super::super::*;

impl Feed {
    pub(in super::super) fn start_pull(&mut self) {
        while !self.pull.is_under_way() && self.push.in_flight() == 0 && self.is_pull_next() {
            let (with, ticket) = (self.situation(), self.ticket());
            match self.pull.start(&with, &self.remote, &self.settings, ticket) {
                Ok(query) => self.ask(Command::List { ticket, query }),
                Err(waiters) => self.resolve(waiters),
            }
        }
    }

    pub(in super::super) fn is_pull_next(&self) -> bool {
        self.pull.is_next(&self.situation()) && !self.lookup.goes_first() && !self.shelf.is_under_way()
    }

    pub(in super::super) fn listed(&mut self, ticket: Ticket, result: Result<Box<Page>, Failure>) {
        let (with, next) = (self.situation(), self.ticket());
        if let Ok(page) = &result {
            self.works();
            if self.stream.named(page.monitor.clone()) {
                self.update_stream(true);
            }
            if let Some(failure) = self.announce.unreadable(page) {
                self.emit_error(failure, None);
            }
        }
        if self.shelf.is_asked(ticket) {
            return self.shelf_listed(result);
        }
        let order = self.pull.order();
        let outcome = self.pull.listed((ticket, next), result, &with, &self.remote);
        if self.pull.order() != order {
            self.out.push(Command::RememberOrder(self.pull.order()));
        }
        match outcome {
            Outcome::Nothing => {}
            Outcome::Ask(ticket, query) => self.ask(Command::List { ticket, query }),
            Outcome::Done(pulled) => self.pulled(*pulled),
            Outcome::Refused { failure, request, token } => match self.refused(token, request.is_renewed()) {
                Refusal::Final => {
                    let (asked_for, waiters) = request.give_up();
                    self.pull_failed(failure, asked_for, waiters);
                }
                refusal => self.pull.again(request, refusal == Refusal::Renew),
            },
            Outcome::Failed { failure, asked_for, waiters } => self.pull_failed(failure, asked_for, waiters),
        }
    }

    pub(in super::super) fn pulled(&mut self, pulled: Pulled) {
        let Pulled { listing, began, asked_for, waiters, disturbed } = pulled;
        let first = !self.remote.is_loaded();
        self.reconcile(&listing, disturbed, asked_for);
        if disturbed || listing.torn {
            self.remote.mark_unverified();
        }
        self.plan_poll();
        let is_conclusive = listing.sure || !listing.records.is_empty();
        if is_conclusive && !first && listing.goal != Goal::Next && !listing.moved && !listing.unsorted {
            self.out.push(Command::Broadcast(Peers::pulled(&listing, &self.remote, began)));
        }
        self.resolve(waiters);
        if listing.goal == Goal::ALL
            && let Some(waiters) = self.pull.take_proposing()
        {
            self.propose(waiters);
        }
        self.lookup.pulled();
        self.want_filtered();
    }

    /// Brings all parts up to date with what a pull has read. `disturbed`: something was written meanwhile, so what the list
    /// says of acknowledged dismissals may be older than they are, and is ignored. `asked_for`: somebody asked for the pull,
    /// so local dismissals that are not loaded are verified again.
    pub(in super::super) fn reconcile(&mut self, listing: &Listing, disturbed: bool, asked_for: bool) {
        let (first, highest) = (!self.remote.is_loaded(), self.remote.highest());
        let is_old = |id| disturbed && self.intents.is_acknowledged(id);
        let found = listing.findings(&self.remote);
        let fresh = self.remote.reconcile(&found, is_old);
        // An intent that is to be looked up still is, whatever a list shows, unless lookups fail.
        let sure = self.lookup.has_failed();
        for record in listing
            .records
            .iter()
            .filter(|one| !(disturbed && self.intents.is_acknowledged(one.id)))
            .cloned()
            .collect::<Vec<_>>()
        {
            self.intents.saw_listed(&record, sure);
        }
        let beyond = self.remote.unloaded() > 0;
        if beyond && (first || !found.explained || asked_for && listing.goal > Goal::Newest) {
            self.verify_unloaded(listing);
        }
        self.lookup.set_unverified(self.lookup.is_unverified() && beyond);
        for id in found.absent.iter().copied() {
            self.is_absent(id);
        }
        if !beyond {
            // All is loaded: a notification with an intent that is not listed seems to be dismissed or deleted elsewhere.
            let absent: Vec<_> = self.intents.ids().filter(|id| self.remote.get(*id).is_none()).collect();
            absent.into_iter().for_each(|id| self.is_absent(id));
        }
        if found.again {
            self.pull.schedule(Goal::Newest);
        }
        // A further page brings older notifications: they are no arrivals, and neither is the first list.
        if !first && listing.goal != Goal::Next {
            let is_new = |one: &Rc<Notification>| {
                Some(one.id) > highest && !self.announce.has_returned(one.id) && self.shows(one)
            };
            let new = fresh.into_iter().filter(is_new).collect();
            self.announce.arrivals(new, &mut self.out);
        }
        self.remote.is_now_loaded();
    }

    pub(in super::super) fn is_absent(&mut self, id: NotificationId) {
        self.push.clear_failure(id);
        self.intents.saw_absent(id, self.writes(id));
    }

    pub(in super::super) fn pull_failed(&mut self, failure: Failure, asked_for: bool, waiters: Vec<Waiter>) {
        self.resolve(waiters);
        let mut news = true;
        let retry_at = if failure.kind == FailureKind::Throttled {
            let (until, another) = self.pause.begin(&failure, self.now, &mut self.dice);
            news = another;
            Some(until)
        } else {
            let wait = failure
                .retry_after
                .or_else(|| failure.is_transient().then(|| backoff(self.pull.attempts(), &mut self.dice)));
            wait.map(|wait| self.now.mono.saturating_add(wait))
        };
        let (waiters, another) = self.pull.failed(failure.clone(), retry_at, asked_for);
        if !self.visible || retry_at.is_none() {
            self.plan_poll();
        }
        self.resolve(waiters);
        if news && another {
            self.emit_error(failure, retry_at);
        }
    }

    /// A request has succeeded: there is a network, and the token works.
    pub(in super::super) fn works(&mut self) {
        self.auth.trust();
        self.pause.forgive();
        self.online |= !self.pull.is_answered();
    }

    /// The server refused the token. Asks the page for a fresh one if that has not been done for this token.
    pub(in super::super) fn refused(&mut self, age: u32, renewed: bool) -> Refusal {
        let refusal = self.auth.refused(age, renewed);
        if refusal == Refusal::Renew {
            self.out.push(Command::Renew);
        }
        refusal
    }

    pub(in super::super) fn renewed(&mut self, result: Result<(), Failure>) {
        if !self.auth.renewed(result.is_ok()) {
            return;
        }
        if let Err(failure) = result {
            // The page has no token to give: writes that wait for one have failed, and what they would have changed is undone.
            for id in self.push.take_queue() {
                if self.to_write(id).is_some() {
                    self.withdraw(id, &failure);
                }
            }
            self.pull_failed(failure, true, Vec::new());
        }
    }

    // --- The dismissed view -------------------------------------------------------------------------------------------

    pub(in super::super) fn start_shelf(&mut self) {
        let blocked = self.auth.is_asking() || self.is_paused() || !self.remote.is_loaded() || !self.online;
        if !self.shelf.waits() || blocked || self.pull.is_under_way() || self.is_pull_next() {
            return;
        }
        let (ticket, order) = (self.ticket(), self.pull.order());
        if let Some(query) = self.shelf.start(ticket, self.coworker, self.settings.page_size, order) {
            self.ask(Command::List { ticket, query });
        }
    }

    fn shelf_listed(&mut self, result: Result<Box<Page>, Failure>) {
        match result {
            Ok(page) => {
                let waiters = self.shelf.listed(*page, self.pull.order());
                self.resolve(waiters);
            }
            Err(failure) if failure.is_refused_token() && self.refused(self.auth.age(), false) != Refusal::Final => {
                self.shelf.again();
            }
            Err(failure) if failure.kind == FailureKind::Throttled => {
                self.shelf.again();
                self.hold(failure);
            }
            Err(failure) => {
                let waiters = self.shelf.failed(failure.clone());
                self.resolve(waiters);
                self.emit_error(failure, None);
            }
        }
    }
}
