//! When the feed pulls the server's list, and which page comes next.
//!
//! Pulls and writes take turns: while one goes on the other waits. So a total never leaves open which writes it counts.

mod listing;
mod lookup;

pub(super) use listing::{Goal, Listing};
pub(super) use lookup::{Answer, Lookup};

use self::listing::{Habits, Step};
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

/// A pull that writes of other tabs disturbed is made again after so long (milliseconds), when they may be over.
const AFTER_DISTURBANCE: u64 = 2_000;
/// Flicking through tabs is no reason to ask twice in so long (milliseconds).
const FLICKER: u64 = 1_000;
/// A hidden page that pulls at all waits for longer than so many seconds.
const HIDDEN_LEAST: u32 = 60;

/// A pull that has been asked for.
#[derive(Debug, Clone)]
pub(super) struct Want {
    goal: Goal,
    asked_for: bool,
    waiters: Vec<Waiter>,
    /// A fresh token has been asked for on its behalf.
    renewed: bool,
}

/// A pull that goes on.
#[derive(Debug)]
struct UnderWay {
    want: Want,
    ticket: Ticket,
    began: Now,
    /// What [`Remote::epoch`] was when it began, and the age of its token.
    epoch: u64,
    token: u32,
    /// What was thought to be known when it began turned out to be wrong.
    misled: bool,
    listing: Listing,
}

/// A failed pull, and when it is tried again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trouble {
    pub(super) failure: Failure,
    pub(super) retry_at: Option<u64>,
}

/// What comes of an answer.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was not asked for any more.
    Nothing,
    /// This is to be asked next.
    Ask(Ticket, ListQuery),
    /// It is over.
    Done(Box<Pulled>),
    /// The token was refused.
    Refused { failure: Failure, want: Want, token: u32 },
    /// It failed.
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
    wanted: Vec<Want>,
    habits: Habits,
    /// No pull before then.
    not_before: u64,
    /// A pull has just ended: writes go first.
    writes_first: bool,
    /// "Dismiss all" waits for the ids of all; these wait for it.
    proposing: Option<Vec<Waiter>>,
    trouble: Option<Trouble>,
    /// Failures in a row.
    attempt: u32,
    next_poll: Option<u64>,
    last: Option<Now>,
    /// The first page has been asked for already.
    answered: bool,
}

impl Pull {
    pub(super) fn new(order: Order, answered: bool) -> Self {
        Self {
            under_way: None,
            wanted: Vec::new(),
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

    /// A pull waits for its turn.
    pub(super) fn waits(&self) -> bool {
        !self.wanted.is_empty()
    }

    pub(super) fn writes_first(&self) -> bool {
        self.writes_first
    }

    pub(super) fn loads_more(&self) -> bool {
        self.all().any(|want| want.goal == Goal::Next)
    }

    /// Somebody has asked for a pull, and it is not over.
    pub(super) fn refreshes(&self) -> bool {
        self.all().any(|want| want.goal != Goal::Next && want.asked_for)
    }

    /// A pull of all there are goes on, or waits for its turn.
    pub(super) fn reads_all(&self) -> bool {
        self.all().any(|want| want.goal == Goal::ALL)
    }

    fn all(&self) -> impl Iterator<Item = &Want> {
        self.under_way.iter().map(|one| &one.want).chain(&self.wanted)
    }

    pub(super) fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Only a person, a new token or another setting can help. A role may be given at any time.
    pub(super) fn is_hopeless(&self) -> bool {
        let kind = self.trouble.as_ref().map(|trouble| trouble.failure.kind);
        matches!(kind, Some(FailureKind::Unauthorized | FailureKind::Config))
    }

    /// The server said when to come back, and the time is not over; a person may try before.
    pub(super) fn is_asked_to_wait(&self, now: Now) -> bool {
        matches!(&self.trouble, Some(Trouble { failure, retry_at: Some(at) }) if failure.retry_after.is_some() && *at > now.mono)
    }

    pub(super) fn last(&self) -> Option<Now> {
        self.last
    }

    /// The first page was asked for before there was a feed: that it is there says nothing of the network.
    pub(super) fn is_answered(&self) -> bool {
        self.answered
    }

    pub(super) fn order(&self) -> Order {
        self.habits.order
    }

    /// When the next pull is due: one that waits for a pause to end, a retry, or a poll. No retry and no poll for a page
    /// that nobody sees, unless somebody waits for arrivals all the same, and nothing at all offline.
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

    /// A pull would start now if no write were on its way.
    pub(super) fn is_next(&self, with: &Situation) -> bool {
        let asked = |want: &Want| want.asked_for;
        let reachable = with.online || self.answered || self.wanted.first().is_some_and(asked);
        let blocked = !reachable || with.asks_token || with.paused_until.is_some();
        self.waits() && !blocked && with.now.mono >= self.not_before
    }

    // --- Wanted -----------------------------------------------------------------------------------------------------

    /// A pull that nobody has asked for.
    pub(super) fn want(&mut self, goal: Goal) {
        if !self.is_hopeless() {
            self.add(Want { goal, asked_for: false, waiters: Vec::new(), renewed: false });
        }
    }

    /// Somebody asks, whatever went wrong before.
    pub(super) fn ask(&mut self, goal: Goal, waiter: Option<Waiter>) {
        match &mut self.under_way {
            Some(one) if one.want.goal == Goal::Next && goal == Goal::Next => one.want.waiters.extend(waiter),
            _ => self.add(Want { goal, asked_for: true, waiters: waiter.into_iter().collect(), renewed: false }),
        }
    }

    /// Whoever asks does not wait for the next try.
    pub(super) fn hurry(&mut self) {
        self.not_before = 0;
        if let Some(trouble) = &mut self.trouble {
            trouble.retry_at = None;
        }
    }

    /// All there are are to be proposed for dismissal.
    pub(super) fn propose(&mut self, waiter: Option<Waiter>) {
        self.proposing.get_or_insert_default().extend(waiter);
        self.ask(Goal::ALL, None);
    }

    /// Who waits for all to be proposed.
    pub(super) fn take_proposing(&mut self) -> Option<Vec<Waiter>> {
        self.proposing.take()
    }

    /// The page is seen again: a pull, but not at every flicker.
    pub(super) fn come_back(&mut self, now: Now) {
        let since = self.last.and_then(|last| u64::try_from(now.wall.saturating_sub(last.wall)).ok());
        if since.is_some_and(|since| since < FLICKER) {
            self.not_before = self.not_before.max(now.mono + FLICKER);
        }
        self.want(Goal::Newest);
    }

    pub(super) fn let_writes_go_first(&mut self) {
        self.writes_first = true;
    }

    pub(super) fn forgive(&mut self) {
        self.attempt = 0;
    }

    /// What the pull under way went by was wrong.
    pub(super) fn mislead(&mut self) {
        if let Some(one) = &mut self.under_way {
            one.misled = true;
        }
    }

    /// The token was refused; another one was asked for.
    pub(super) fn again(&mut self, want: Want, renewed: bool) {
        self.add(Want { renewed: want.renewed || renewed, ..want });
    }

    fn add(&mut self, new: Want) {
        let same = |want: &&mut Want| (want.goal == Goal::Next) == (new.goal == Goal::Next);
        match self.wanted.iter_mut().find(same) {
            Some(want) => {
                want.goal = want.goal.max(new.goal);
                want.asked_for |= new.asked_for;
                want.renewed |= new.renewed;
                want.waiters.extend(new.waiters);
            }
            None if new.goal == Goal::Next => self.wanted.push(new),
            // Pulls of the newest come first: then what follows is known to follow.
            None => self.wanted.insert(0, new),
        }
    }

    // --- Time -------------------------------------------------------------------------------------------------------

    /// The next poll, from now on. A tab that follows asks when it has heard nothing for longer than it would wait.
    pub(super) fn plan(&mut self, with: &Situation, settings: &Settings, dice: &mut Dice) {
        let interval = settings.poll_interval;
        // A hidden page pulls when those that are seen have not for longer than they ever wait.
        let hidden = interval.max(HIDDEN_LEAST);
        let seconds = if with.visible { interval } else { hidden.saturating_add(hidden / 4) };
        let delay = if with.leads || !with.loaded { poll_delay(seconds, dice) } else { patience(seconds, dice) };
        self.next_poll = (interval > 0).then(|| with.now.mono + delay);
    }

    /// The next poll of a tab that leads from now on: no later than it was planned while that tab followed.
    pub(super) fn plan_sooner(&mut self, with: &Situation, settings: &Settings, dice: &mut Dice) {
        let planned = self.next_poll;
        self.plan(with, settings, dice);
        self.next_poll = self.next_poll.map(|next| planned.map_or(next, |planned| planned.min(next)));
    }

    /// `true` if a pull is due by now: it is taken as wanted. `rests`: polls do, but not what was asked for.
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

    /// Starts the next pull, if it is its turn. `Err`: there is nothing to load; these need wait no longer.
    pub(super) fn start(
        &mut self,
        with: &Situation,
        remote: &Remote,
        settings: &Settings,
        ticket: Ticket,
    ) -> Result<ListQuery, Vec<Waiter>> {
        if remote.is_unverified() && remote.is_loaded() {
            // A hole in what is loaded, or something that has gone: the next page would come to stand wrong.
            self.want(Goal::Whole(0));
        }
        let want = self.wanted.remove(0);
        if want.goal == Goal::Next && !remote.has_more() {
            return Err(want.waiters);
        }
        self.writes_first = false;
        let mut listing = Listing::new(want.goal, settings.page_size, &self.habits, remote.covered(), remote.total());
        let page = listing.first_page(&self.habits);
        let (began, epoch, token) = (with.now, remote.epoch(), with.token);
        let query = self.query(with.coworker, page, &listing);
        self.under_way = Some(Box::new(UnderWay { want, ticket, began, epoch, token, misled: false, listing }));
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

    /// An answer. `next`: the name of the request that may follow.
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
                Outcome::Refused { failure, want: one.want, token: one.token }
            }
            Err(failure) => Outcome::Failed { failure, asked_for: one.want.asked_for, waiters: one.want.waiters },
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
                self.add(one.want);
                return Outcome::Nothing;
            }
            // Better something now; the next pull puts it right.
            self.want(Goal::Newest);
        }
        self.last = Some(with.now);
        let Want { asked_for, waiters, .. } = one.want;
        Outcome::Done(Box::new(Pulled { listing: one.listing, began: one.began, asked_for, waiters, disturbed }))
    }

    /// A pull has failed for good. Gives who need wait no longer, and whether it is news.
    pub(super) fn failed(&mut self, failure: Failure, retry_at: Option<u64>, asked_for: bool) -> (Vec<Waiter>, bool) {
        self.writes_first = true;
        self.attempt = self.attempt.saturating_add(1);
        let before = self.trouble.replace(Trouble { failure: failure.clone(), retry_at });
        self.next_poll = None;
        let waiters = self.wanted.drain(..).flat_map(|want| want.waiters);
        let waiters = waiters.chain(self.proposing.take().into_iter().flatten()).collect();
        // On the interval the same refusal is no news.
        let news = asked_for || retry_at.is_some() || before.is_none_or(|trouble| trouble.failure != failure);
        (waiters, news)
    }

    /// Another tab has pulled.
    pub(super) fn heard(&mut self, now: Now) {
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

impl Want {
    pub(super) fn is_renewed(&self) -> bool {
        self.renewed
    }

    pub(super) fn give_up(self) -> (bool, Vec<Waiter>) {
        (self.asked_for, self.waiters)
    }
}
