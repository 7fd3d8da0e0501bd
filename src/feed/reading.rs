//! When the feed looks at the server's list, and what it makes of what it sees.
//!
//! Looks and writes take turns: while one goes on the other waits. So a total never leaves open which writes it counts.

use super::{
    Command, Feed, Now, Renewal, Ticket, Trouble, Waiter,
    backoff::{backoff, poll_delay},
    known::{Habits, Known},
    look::{Goal, Look, Step},
    order::Order,
};
use crate::{
    api::{ListQuery, OrderBy, Page},
    error::{Failure, FailureKind},
};

/// With a `types` filter all pages are read to count, up to this many records.
pub(super) const FILTERED_MOST: u32 = 2_000;
/// A hidden page that looks at all waits for longer than so many seconds.
const HIDDEN_LEAST: u32 = 60;

/// The state of reading.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) under_way: Option<UnderWay>,
    wanted: Vec<Want>,
    pub(super) habits: Habits,
    /// No look before then.
    pub(super) not_before: u64,
    /// A look has just ended: writes go first.
    pub(super) writes_first: bool,
    /// "Dismiss all" waits for the ids of all; these wait for it.
    pub(super) proposing: Option<Vec<Waiter>>,
}

/// A look that has been asked for.
#[derive(Debug, Clone)]
pub(super) struct Want {
    pub(super) goal: Goal,
    pub(super) asked_for: bool,
    pub(super) waiters: Vec<Waiter>,
    /// A fresh token has been asked for on its behalf.
    renewed: bool,
}

/// A look that goes on.
#[derive(Debug)]
pub(super) struct UnderWay {
    pub(super) want: Want,
    ticket: Ticket,
    pub(super) began: Now,
    /// Writes that had started or ended when it began, and the age of its token.
    pub(super) epoch: u64,
    token: u32,
    /// What was thought to be known when it began turned out to be wrong.
    pub(super) misled: bool,
    pub(super) look: Look,
}

impl Reading {
    pub(super) fn new(order: Order) -> Self {
        let habits = Habits { order, largest_page: u32::MAX, disorderly: false };
        Self { under_way: None, wanted: Vec::new(), habits, not_before: 0, writes_first: false, proposing: None }
    }

    /// A look waits for its turn.
    pub(super) fn waits(&self) -> bool {
        !self.wanted.is_empty()
    }

    pub(super) fn loads_more(&self) -> bool {
        self.all().any(|(goal, _)| goal == Goal::Next)
    }

    /// Somebody has asked for a look, and it is not over.
    pub(super) fn refreshes(&self) -> bool {
        self.all().any(|(goal, asked_for)| goal != Goal::Next && asked_for)
    }

    /// A look at all there are goes on, or waits for its turn.
    pub(super) fn reads_all(&self) -> bool {
        self.all().any(|(goal, _)| goal == Goal::ALL)
    }

    fn all(&self) -> impl Iterator<Item = (Goal, bool)> {
        let wants = self.under_way.iter().map(|one| &one.want).chain(&self.wanted);
        wants.map(|want| (want.goal, want.asked_for))
    }

    pub(super) fn want(&mut self, new: Want) {
        let same = |want: &&mut Want| (want.goal == Goal::Next) == (new.goal == Goal::Next);
        match self.wanted.iter_mut().find(same) {
            Some(want) => {
                want.goal = want.goal.max(new.goal);
                want.asked_for |= new.asked_for;
                want.renewed |= new.renewed;
                want.waiters.extend(new.waiters);
            }
            None if new.goal == Goal::Next => self.wanted.push(new),
            // Looks at the newest come first: then what follows is known to follow.
            None => self.wanted.insert(0, new),
        }
    }
}

impl Feed {
    // --- What is wanted -----------------------------------------------------------------------------------------

    /// A look that nobody has asked for.
    pub(super) fn want(&mut self, goal: Goal) {
        if !self.hopeless() {
            self.reading.want(Want { goal, asked_for: false, waiters: Vec::new(), renewed: false });
        }
    }

    /// The newest page.
    pub(super) fn want_look(&mut self) {
        self.want(Goal::Newest);
    }

    /// A person or the page asks: everything loaded is read again, whatever went wrong before.
    pub(super) fn refresh(&mut self, waiter: Option<Waiter>) {
        if !self.can_look() {
            return self.resolve(waiter.into_iter().collect());
        }
        self.trust_token();
        self.reading.not_before = 0;
        if let Some(trouble) = &mut self.problem {
            trouble.retry_at = None;
        }
        let waiters = waiter.into_iter().collect();
        self.reading.want(Want { goal: Goal::Whole(0), asked_for: true, waiters, renewed: false });
    }

    pub(super) fn load_more(&mut self, waiter: Option<Waiter>) {
        if !self.can_look() || self.loaded && !self.has_more() {
            return self.resolve(waiter.into_iter().collect());
        }
        if !self.loaded && self.problem.is_some() {
            return self.refresh(waiter);
        }
        self.trust_token();
        match &mut self.reading.under_way {
            Some(UnderWay { want, .. }) if want.goal == Goal::Next => want.waiters.extend(waiter),
            _ => {
                let waiters = waiter.into_iter().collect();
                self.reading.want(Want { goal: Goal::Next, asked_for: true, waiters, renewed: false });
            }
        }
    }

    pub(super) fn dismiss_all(&mut self, waiter: Option<Waiter>) {
        if (self.loaded && !self.has_more()) || !self.can_look() || self.hopeless() {
            return self.propose(waiter.into_iter().collect());
        }
        self.reading.proposing.get_or_insert_default().extend(waiter);
        self.reading.want(Want { goal: Goal::ALL, asked_for: true, waiters: Vec::new(), renewed: false });
    }

    pub(super) fn propose(&mut self, waiters: Vec<Waiter>) {
        let ids = self.visible_notifications().map(|notification| notification.id).collect();
        self.out.push(Command::Propose(ids, waiters));
    }

    /// With a filter on types, only the whole list gives the count.
    pub(super) fn want_filtered(&mut self) {
        if !self.settings.types.is_empty() && self.loaded && self.has_more() && self.covered() < FILTERED_MOST {
            self.want(Goal::Whole(FILTERED_MOST));
        }
    }

    /// All that a filter on types needs to count has been read.
    pub(super) fn counts_filtered(&self) -> bool {
        self.loaded && (!self.has_more() || self.covered() >= FILTERED_MOST)
    }

    /// A request of this kind makes sense now.
    fn can_look(&self) -> bool {
        self.online && !self.throttled()
    }

    // --- How much there is ----------------------------------------------------------------------------------------

    pub(super) fn has_more(&self) -> bool {
        self.loaded && self.beyond > 0
    }

    /// The server's own total as it must be now.
    pub(super) fn server_total(&self) -> Option<u32> {
        let total = i64::from(self.total?) + self.changes.moved();
        Some(u32::try_from(total).unwrap_or(0))
    }

    /// How many of the server's list are loaded, from the newest.
    pub(super) fn covered(&self) -> u32 {
        self.server_total().unwrap_or(0).saturating_sub(self.beyond)
    }

    pub(super) fn plan_poll(&mut self) {
        let interval = self.settings.poll_interval;
        // A hidden page looks when those that are seen have not for longer than they ever wait.
        let hidden = interval.max(HIDDEN_LEAST);
        let seconds = if self.visible { interval } else { hidden.saturating_add(hidden / 4) };
        self.next_poll = (interval > 0).then(|| self.now.mono + poll_delay(seconds, &mut self.dice));
    }

    // --- Asking -------------------------------------------------------------------------------------------------

    /// A look would start now if no write were on its way.
    pub(super) fn look_is_next(&self) -> bool {
        let unreachable = !self.online && !self.answered;
        let blocked = unreachable || self.renewal == Renewal::Asking || self.throttled();
        let asks = self.is_being_proved() || self.recall.is_under_way();
        self.reading.waits() && !blocked && !asks && self.now.mono >= self.reading.not_before
    }

    pub(super) fn start_look(&mut self) {
        while self.reading.under_way.is_none() && self.look_is_next() && self.changes.in_flight() == 0 {
            if self.doubtful && self.loaded {
                // A hole in what is loaded, or something that has gone: the next page would come to stand wrong.
                self.want(Goal::Whole(0));
            }
            let want = self.reading.wanted.remove(0);
            if want.goal == Goal::Next && !self.has_more() {
                self.resolve(want.waiters);
                continue;
            }
            self.answered = false;
            let habits = &self.reading.habits;
            let mut look = Look::new(want.goal, self.settings.page_size, habits, self.covered(), self.server_total());
            let page = look.first_page(habits);
            let (began, epoch, token) = (self.now, self.changes.epoch, self.token);
            self.reading.writes_first = false;
            self.ask(UnderWay { want, ticket: Ticket(0), began, epoch, token, misled: false, look }, page);
        }
    }

    fn ask(&mut self, mut under_way: UnderWay, page: u32) {
        under_way.ticket = self.ticket();
        let query = ListQuery::default()
            .coworker(self.coworker)
            .is_dismissed(false)
            .page(page)
            .size(under_way.look.size)
            .order_by(OrderBy::CreatedOn)
            .dir(self.reading.habits.order.dir());
        self.out.push(Command::List { ticket: under_way.ticket, query });
        self.reading.under_way = Some(under_way);
    }

    // --- Answers ------------------------------------------------------------------------------------------------

    pub(super) fn listed(&mut self, ticket: Ticket, result: Result<Page, Failure>) {
        let Some(mut under_way) = self.reading.under_way.take_if(|one| one.ticket == ticket) else { return };
        match result {
            Ok(page) => {
                self.trust_token();
                self.problem = None;
                self.attempt = 0;
                self.tell_unreadable(&page);
                let unlisted = self.changes.unlisted();
                let known = Known { list: &self.list, unlisted: &unlisted, dismissed: &self.listed_dismissed };
                let order = self.reading.habits.order;
                let step = under_way.look.take(page, &mut self.reading.habits, &known);
                if self.reading.habits.order != order {
                    self.out.push(Command::RememberOrder(self.reading.habits.order));
                }
                match step {
                    Step::Ask(page) => self.ask(under_way, page),
                    Step::Done => self.look_ended(under_way),
                }
            }
            Err(failure) if failure.is_refused_token() && self.may_renew(under_way.token, under_way.want.renewed) => {
                let renewed = under_way.want.renewed || under_way.token == self.token;
                self.reading.want(Want { renewed, ..under_way.want });
            }
            Err(failure) => {
                self.reading.writes_first = true;
                self.resolve(under_way.want.waiters);
                self.look_failed(failure, under_way.want.asked_for);
            }
        }
    }

    fn look_failed(&mut self, failure: Failure, asked_for: bool) {
        let retry_at = (failure.is_transient() || failure.retry_after.is_some()).then(|| {
            let wait = failure.retry_after.unwrap_or_else(|| backoff(self.attempt, &mut self.dice));
            self.now.mono.saturating_add(wait)
        });
        self.attempt = self.attempt.saturating_add(1);
        let before = self.problem.replace(Trouble { failure: failure.clone(), retry_at });
        self.next_poll = None;
        if !self.visible || retry_at.is_none() {
            self.plan_poll();
        }
        let waiters = self.reading.wanted.drain(..).flat_map(|want| want.waiters);
        let waiters = waiters.chain(self.reading.proposing.take().into_iter().flatten()).collect();
        self.resolve(waiters);
        // On the interval the same refusal is no news.
        if asked_for || retry_at.is_some() || before.is_none_or(|trouble| trouble.failure != failure) {
            self.emit_error(failure, retry_at);
        }
    }

    /// A token was refused: whether there is hope that another one will do. Asks the page for it if nobody has yet.
    pub(super) fn may_renew(&mut self, token: u32, renewed: bool) -> bool {
        if token != self.token || self.renewal == Renewal::Asking {
            return true;
        }
        if renewed || self.renewal == Renewal::Tried {
            return false;
        }
        self.renewal = Renewal::Asking;
        self.out.push(Command::Renew);
        true
    }

    pub(super) fn renewed(&mut self, result: Result<(), Failure>) {
        if self.renewal != Renewal::Asking {
            return;
        }
        self.renewal = Renewal::Tried;
        match result {
            Ok(()) => self.token = self.token.wrapping_add(1),
            Err(failure) => {
                self.give_up_writes(&failure);
                self.look_failed(failure, true);
            }
        }
    }

    fn tell_unreadable(&mut self, page: &Page) {
        let mut news = page.unreadable.iter().filter(|record| {
            let mut name = record.reason.clone();
            if let Some(id) = record.id {
                name.push_str(&id.to_string());
            }
            self.told_unreadable.insert(name)
        });
        let Some(first) = news.next() else { return };
        let count = 1 + news.count();
        let mut message = count.to_string();
        message.push_str(match count {
            1 => " notification could not be read and is left out: ",
            _ => " notifications could not be read and are left out: ",
        });
        message.push_str(&first.reason);
        self.emit_error(Failure::new(FailureKind::Decode, message), None);
    }
}
