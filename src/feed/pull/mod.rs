//! When the feed pulls the server's list, and which page comes next.
//!
//! Pulls and writes never overlap: a pull waits until no write is in flight, and a write until no pull is under way. So it
//! is always known which writes the total of a pull includes.

mod listing;
mod lookup;
mod queue;

pub(super) use listing::{Goal, Listing};
pub(super) use lookup::{Answer, Lookup};
pub(super) use queue::Request;

use self::{
    listing::{Habits, Step},
    queue::Queue,
};
use super::{
    Now, Settings, Situation, Ticket, Waiter,
    backoff::{Dice, patience, poll_delay},
    order::Order,
    remote::Remote,
};
use crate::{
    api::{ListQuery, OrderBy, Page},
    error::{Failure, FailureKind},
    model::CoworkerId,
};

/// After a pull during which another tab wrote, the next one waits for so long (milliseconds): there may be more writes.
const AFTER_DISTURBANCE: u64 = 2_000;
/// Whoever flicks through tabs makes a page visible again and again. It pulls only once in so long (milliseconds).
const FLICKER: u64 = 1_000;
/// A hidden page, if it polls at all, polls no more often than once in so many seconds.
const HIDDEN_LEAST: u32 = 60;

/// The pull under way.
#[derive(Debug)]
struct UnderWay {
    request: Request,
    ticket: Ticket,
    began: Now,
    /// What [`Remote::epoch`] and the age of the token were when it began.
    epoch: u64,
    token: u32,
    /// What it compares its pages with has turned out to be wrong since it began.
    misled: bool,
    listing: Listing,
}

/// A failed pull, and when it is tried again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) retry_at: Option<u64>,
}

/// What an answer leads to.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Nothing: the answer is to an earlier request, or the pull is made again.
    Nothing,
    /// The next page is asked for.
    Ask(Ticket, ListQuery),
    /// The pull has read all that it wants.
    Done(Box<Pulled>),
    /// The token was refused.
    Refused { failure: Failure, request: Request, token: u32 },
    /// The pull has failed.
    Failed { failure: Failure, asked_for: bool, waiters: Vec<Waiter> },
}

/// A pull that has come to its end.
#[derive(Debug)]
pub(super) struct Pulled {
    pub(super) listing: Listing,
    pub(super) began: Now,
    pub(super) asked_for: bool,
    pub(super) waiters: Vec<Waiter>,
    /// Something was written while it went on.
    pub(super) disturbed: bool,
}

/// See the head of this file.
#[derive(Debug)]
pub(super) struct Pull {
    under_way: Option<Box<UnderWay>>,
    queue: Queue,
    habits: Habits,
    /// No pull before then.
    not_before: u64,
    /// A pull has just ended. Writes that wait start before the next one, so that neither keeps the other waiting for ever.
    writes_first: bool,
    /// Set while "dismiss all" waits for a pull of the whole list: the promises to resolve after that.
    proposing: Option<Vec<Waiter>>,
    trouble: Option<Trouble>,
    /// Failures in a row.
    attempt: u32,
    next_poll: Option<u64>,
    last: Option<Now>,
    /// The element's script has asked for the first page already, so its answer is at hand even offline.
    answered: bool,
}

impl Pull {
    pub(super) fn new(order: Order, answered: bool) -> Self {
        Self {
            under_way: None,
            queue: Queue::default(),
            habits: Habits::new(order),
            not_before: 0,
            writes_first: false,
            proposing: None,
            trouble: None,
            attempt: 0,
            next_poll: None,
            last: None,
            answered,
        }
    }

    // --- Asked ------------------------------------------------------------------------------------------------------

    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether a pull is queued.
    pub(super) fn waits(&self) -> bool {
        !self.queue.is_empty()
    }

    pub(super) fn writes_first(&self) -> bool {
        self.writes_first
    }

    pub(super) fn loads_more(&self) -> bool {
        self.all().any(|request| request.goal == Goal::Next)
    }

    /// Whether a refresh that somebody has asked for is queued or under way.
    pub(super) fn refreshes(&self) -> bool {
        self.all().any(|request| request.goal != Goal::Next && request.asked_for)
    }

    /// Whether a pull of the whole list is queued or under way.
    pub(super) fn reads_all(&self) -> bool {
        self.all().any(|request| request.goal == Goal::ALL)
    }

    fn all(&self) -> impl Iterator<Item = &Request> {
        self.under_way.iter().map(|one| &one.request).chain(self.queue.iter())
    }

    pub(super) fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Only a person, a new token or another setting can help. That is not so after 403: a role may be given at any time.
    pub(super) fn is_hopeless(&self) -> bool {
        let kind = self.trouble.as_ref().map(|trouble| trouble.failure.kind);
        matches!(kind, Some(FailureKind::Unauthorized | FailureKind::Config))
    }

    /// Whether the server said when to come back, and that time is not over. A person may try before.
    pub(super) fn is_asked_to_wait(&self, now: Now) -> bool {
        matches!(&self.trouble, Some(Trouble { failure, retry_at: Some(at) }) if failure.retry_after.is_some() && *at > now.mono)
    }

    pub(super) fn last(&self) -> Option<Now> {
        self.last
    }

    /// The first page was asked for before there was a feed, so its answer does not mean that the browser is online now.
    pub(super) fn is_answered(&self) -> bool {
        self.answered
    }

    pub(super) fn order(&self) -> Order {
        self.habits.order
    }

    /// When the next pull is due: one that waits for a pause to end, a retry, or a poll. A hidden page neither retries nor
    /// polls, unless it leads and shows desktop alerts; offline nothing is due.
    pub(super) fn due(&self, with: &Situation) -> Option<u64> {
        if self.under_way.is_some() || !with.online || with.asks_token {
            return None;
        }
        if self.waits() {
            let at = with.paused_until.unwrap_or(0).max(self.not_before);
            return Some(at).filter(|at| *at > with.now.mono);
        }
        let retry = self.trouble.as_ref().and_then(|trouble| trouble.retry_at);
        let seen = with.visible && (with.leads || with.loaded || self.trouble.is_some());
        let poll = self.next_poll.filter(|_| seen || with.leads && with.alerts || with.visible && !with.loaded);
        match retry {
            Some(_) if with.visible || !with.loaded => retry,
            Some(retry) => poll.map(|poll| poll.max(retry)),
            None => poll.filter(|_| !self.is_hopeless()),
        }
    }

    /// Whether a pull would start now if no write were in flight.
    pub(super) fn is_next(&self, with: &Situation) -> bool {
        let asked = |request: &Request| request.asked_for;
        let reachable = with.online || self.answered || self.queue.iter().next().is_some_and(asked);
        let blocked = !reachable || with.asks_token || with.paused_until.is_some();
        self.waits() && !blocked && with.now.mono >= self.not_before
    }

    // --- Asked for --------------------------------------------------------------------------------------------------

    /// A pull that nobody has asked for.
    pub(super) fn schedule(&mut self, goal: Goal) {
        if !self.is_hopeless() {
            self.queue.add(Request::own(goal));
        }
    }

    /// Somebody asks, whatever went wrong before.
    pub(super) fn ask(&mut self, goal: Goal, waiter: Option<Waiter>) {
        match &mut self.under_way {
            Some(one) if one.request.goal == Goal::Next && goal == Goal::Next => one.request.waiters.extend(waiter),
            _ => self.queue.add(Request::asked(goal, waiter)),
        }
    }

    /// Somebody asks: the next pull need not wait for the end of a backoff.
    pub(super) fn hurry(&mut self) {
        self.not_before = 0;
        if let Some(trouble) = &mut self.trouble {
            trouble.retry_at = None;
        }
    }

    /// "Dismiss all": pulls the whole list, to propose it for dismissal.
    pub(super) fn propose(&mut self, waiter: Option<Waiter>) {
        self.proposing.get_or_insert_default().extend(waiter);
        self.ask(Goal::ALL, None);
    }

    /// Who waits for "dismiss all", if the whole list was pulled for that.
    pub(super) fn take_proposing(&mut self) -> Option<Vec<Waiter>> {
        self.proposing.take()
    }

    /// The page is visible again: it pulls, but not at once if it has only just done so.
    pub(super) fn come_back(&mut self, now: Now) {
        let since = self.last.and_then(|last| u64::try_from(now.wall.saturating_sub(last.wall)).ok());
        if since.is_some_and(|since| since < FLICKER) {
            self.not_before = self.not_before.max(now.mono + FLICKER);
        }
        self.schedule(Goal::Newest);
    }

    pub(super) fn let_writes_go_first(&mut self) {
        self.writes_first = true;
    }

    pub(super) fn forgive(&mut self) {
        self.attempt = 0;
    }

    /// What the pull under way compares its pages with is wrong, so it is made again.
    pub(super) fn mislead(&mut self) {
        if let Some(one) = &mut self.under_way {
            one.misled = true;
        }
    }

    /// This pull was refused for its token: it is made again with the next one.
    pub(super) fn again(&mut self, request: Request, renewed: bool) {
        self.queue.add(request.again(renewed));
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    /// Plans the next poll. A following tab waits longer than the interval: it polls only if it receives nothing meanwhile.
    pub(super) fn plan(&mut self, with: &Situation, settings: &Settings, dice: &mut Dice) {
        let interval = settings.poll_interval;
        // A hidden page waits longer than a visible one ever does, so it polls only where no page is visible.
        let hidden = interval.max(HIDDEN_LEAST);
        let seconds = if with.visible { interval } else { hidden.saturating_add(hidden / 4) };
        let delay = if with.leads || !with.loaded { poll_delay(seconds, dice) } else { patience(seconds, dice) };
        self.next_poll = (interval > 0).then(|| with.now.mono + delay);
    }

    /// Plans the next poll of a tab that has taken the lead: no later than it was planned while that tab followed.
    pub(super) fn plan_sooner(&mut self, with: &Situation, settings: &Settings, dice: &mut Dice) {
        let planned = self.next_poll;
        self.plan(with, settings, dice);
        self.next_poll = self.next_poll.map(|next| planned.map_or(next, |planned| planned.min(next)));
    }

    /// Whether a retry or a poll is due by now, or a pause is over. If so, the caller starts a pull: none is planned any more.
    pub(super) fn take_due(&mut self, with: &Situation) -> bool {
        let due = self.due(with).is_some_and(|due| due <= with.now.mono);
        if due {
            self.next_poll = None;
            if let Some(trouble) = &mut self.trouble {
                trouble.retry_at = None;
            }
        }
        due
    }

    // --- Asking and answers -------------------------------------------------------------------------------------------

    /// Starts the pull that is first in the queue. `Err`: it was for a further page, and there is none; these have waited for it.
    pub(super) fn start(
        &mut self,
        with: &Situation,
        remote: &Remote,
        settings: &Settings,
        ticket: Ticket,
    ) -> Result<ListQuery, Vec<Waiter>> {
        if remote.is_unverified() && remote.is_loaded() {
            // Something may be missing in what is loaded, or gone from it, so a further page might not follow it.
            self.schedule(Goal::Whole(0));
        }
        let Some(request) = self.queue.take_first() else { return Err(Vec::new()) };
        if request.goal == Goal::Next && !remote.has_more() {
            return Err(request.waiters);
        }
        self.writes_first = false;
        let mut listing =
            Listing::new(request.goal, settings.page_size, &self.habits, remote.covered(), remote.total());
        let page = listing.first_page(&self.habits);
        let (began, epoch, token) = (with.now, remote.epoch(), with.token);
        let query = self.query(with.coworker, page, &listing);
        self.under_way = Some(Box::new(UnderWay { request, ticket, began, epoch, token, misled: false, listing }));
        Ok(query)
    }

    fn query(&self, coworker: CoworkerId, page: u32, listing: &Listing) -> ListQuery {
        ListQuery::default()
            .coworker(coworker)
            .is_dismissed(false)
            .page(page)
            .size(listing.size)
            .order_by(OrderBy::CreatedOn)
            .dir(self.habits.order.dir())
    }

    /// Takes in an answer. `next`: the ticket for the request that may follow.
    pub(super) fn listed(
        &mut self,
        (ticket, next): (Ticket, Ticket),
        result: Result<Box<Page>, Failure>,
        with: &Situation,
        remote: &Remote,
    ) -> Outcome {
        let Some(mut one) = self.under_way.take_if(|one| one.ticket == ticket) else { return Outcome::Nothing };
        self.answered = false;
        match result {
            Ok(page) => {
                self.trouble = None;
                self.attempt = 0;
                match one.listing.take(page, &mut self.habits, remote) {
                    Step::Ask(page) => {
                        let query = self.query(with.coworker, page, &one.listing);
                        one.ticket = next;
                        self.under_way = Some(one);
                        Outcome::Ask(next, query)
                    }
                    Step::Done => self.end(*one, with, remote),
                }
            }
            Err(failure) if failure.is_refused_token() => {
                Outcome::Refused { failure, request: one.request, token: one.token }
            }
            Err(failure) => Outcome::Failed { failure, asked_for: one.request.asked_for, waiters: one.request.waiters },
        }
    }

    fn end(&mut self, one: UnderWay, with: &Situation, remote: &Remote) -> Outcome {
        self.writes_first = true;
        let disturbed = one.epoch != remote.epoch();
        if disturbed {
            self.not_before = with.now.mono + AFTER_DISTURBANCE;
        }
        if disturbed || one.misled {
            if remote.is_loaded() {
                self.queue.add(one.request);
                return Outcome::Nothing;
            }
            // A first list that may be wrong in a detail is better than none; the next pull corrects it.
            self.schedule(Goal::Newest);
        }
        self.last = Some(with.now);
        let (asked_for, waiters) = one.request.give_up();
        Outcome::Done(Box::new(Pulled { listing: one.listing, began: one.began, asked_for, waiters, disturbed }))
    }

    /// A pull has failed. Returns the promises to resolve, and whether the failure is to be announced.
    pub(super) fn failed(&mut self, failure: Failure, retry_at: Option<u64>, asked_for: bool) -> (Vec<Waiter>, bool) {
        self.writes_first = true;
        self.attempt = self.attempt.saturating_add(1);
        let before = self.trouble.replace(Trouble { failure: failure.clone(), retry_at });
        self.next_poll = None;
        let waiters = self.queue.drain();
        let waiters = waiters.chain(self.proposing.take().into_iter().flatten()).collect();
        // A poll on the interval that fails as the one before did is not announced again.
        let news = asked_for || retry_at.is_some() || before.is_none_or(|trouble| trouble.failure != failure);
        (waiters, news)
    }

    /// Another tab has pulled, so the server answers: a failure is over, unless it is of this tab's token or settings.
    pub(super) fn received(&mut self, now: Now) {
        if !self.is_hopeless() {
            self.trouble = None;
            self.attempt = 0;
        }
        self.last = Some(now);
    }

    pub(super) fn attempts(&self) -> u32 {
        self.attempt
    }
}
