//! Reading the server's list: one look at a time, right under any `dir`, with pages that shift under the reader.
//!
//! A *look* reads pages from the newest on (or, for "more", the one page that comes next) until it has what it is
//! for. What it did not see in the range it covered was dismissed or deleted elsewhere. A look during which the total
//! moved, or a write was on its way, proves nothing about what is missing: it begins again, or its proof is dropped.

use std::{collections::BTreeSet, rc::Rc};

use super::{
    Command, Feed, Notice, Now, Renewal, Ticket, Trouble, Waiter,
    backoff::{backoff, poll_delay},
    list::{Edge, Found},
    order::{Evidence, Order, covered, evidence, page_of},
    peer::Message,
};
use crate::{
    api::{ListQuery, OrderBy, Page},
    error::{Failure, FailureKind},
    model::{Notification, NotificationId, Timestamp},
};

/// What a look is for; a later one in this list includes the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Goal {
    /// The page after those loaded.
    Next,
    /// The newest page, and further only where its total shows that something deeper changed.
    Newest,
    /// All that is loaded.
    Loaded,
    /// All there are.
    All,
}

/// A look that has been asked for.
#[derive(Debug, Clone)]
struct Want {
    goal: Goal,
    waiters: Vec<Waiter>,
}

/// A look under way.
#[derive(Debug, Clone)]
struct Look {
    goal: Goal,
    waiters: Vec<Waiter>,
    ticket: Ticket,
    began: Now,
    /// The page being read, and the page size asked for.
    page: u32,
    size: u32,
    /// Notifications known to the server from the newest on that have been read.
    offset: u32,
    /// Notifications that were loaded when the look began.
    target: u32,
    /// The total to expect if nothing but what this look has found changed.
    expected: Option<i64>,
    total: Option<u32>,
    edge: Option<Edge>,
    seen: BTreeSet<NotificationId>,
    fresh: Vec<Rc<Notification>>,
    missing: Vec<NotificationId>,
    /// The first page, kept while the last one is read to learn the server's order.
    probe: Option<Page>,
    epoch: u64,
    steady: bool,
    restarts: u8,
    pages: u32,
}

/// The ticket of a look that another tab made: no answer is awaited, and it is not told on.
const HEARD: Ticket = Ticket(0);
/// A look that keeps being disturbed, or a server that lists in no order, is not begun again more often than this.
const RESTARTS: u8 = 6;
/// Pages that bring nothing known: after so many the rest of the old list is dropped and loaded again when wanted.
const PAGES_WITHOUT_OVERLAP: u32 = 4;
/// Records a page where all are wanted; the largest the interface allows.
const LARGE_PAGE: u32 = 100;
/// With a `types` filter all pages are read to count, up to this many records.
const FILTERED_MOST: u32 = 2_000;

/// The state of reading.
#[derive(Debug)]
pub(super) struct Reading {
    look: Option<Look>,
    wanted: Vec<Want>,
    order: Order,
    /// The server gives no larger pages than this.
    largest_page: u32,
    /// "Dismiss all" waits for the ids of all; these wait for it.
    proposing: Option<Vec<Waiter>>,
}

impl Reading {
    pub(super) fn new(order: Order) -> Self {
        Self { look: None, wanted: Vec::new(), order, largest_page: u32::MAX, proposing: None }
    }

    pub(super) fn busy(&self) -> bool {
        self.look.is_some() || !self.wanted.is_empty()
    }

    pub(super) fn loads_more(&self) -> bool {
        self.all().any(|goal| goal == Goal::Next)
    }

    pub(super) fn refreshes(&self) -> bool {
        self.all().any(|goal| goal != Goal::Next)
    }

    fn all(&self) -> impl Iterator<Item = Goal> {
        self.look.iter().map(|look| look.goal).chain(self.wanted.iter().map(|want| want.goal))
    }

    fn want(&mut self, goal: Goal, waiter: Option<Waiter>) {
        let same = |want: &&mut Want| (want.goal == Goal::Next) == (goal == Goal::Next);
        match self.wanted.iter_mut().find(same) {
            Some(want) => {
                want.goal = want.goal.max(goal);
                want.waiters.extend(waiter);
            }
            None => self.wanted.push(Want { goal, waiters: waiter.into_iter().collect() }),
        }
    }
}

impl Look {
    fn restart(&mut self, epoch: u64) {
        self.restarts += 1;
        self.offset = 0;
        self.total = None;
        self.expected = None;
        self.edge = None;
        self.seen.clear();
        self.missing.clear();
        self.probe = None;
        self.epoch = epoch;
        self.steady = true;
        self.pages = 0;
    }
}

impl Feed {
    // --- What is wanted -----------------------------------------------------------------------------------------

    /// The newest page.
    pub(super) fn want_look(&mut self, waiter: Option<Waiter>) {
        self.reading.want(Goal::Newest, waiter);
    }

    pub(super) fn want_whole_look(&mut self) {
        self.reading.want(Goal::Loaded, None);
    }

    /// A person or the page asks: everything loaded is read again, whatever went wrong before.
    pub(super) fn refresh(&mut self, waiter: Option<Waiter>) {
        if self.throttled() || !self.online {
            self.out.extend(waiter.map(|waiter| Command::Resolve(vec![waiter])));
            return;
        }
        if self.renewal == Renewal::Tried {
            self.renewal = Renewal::Fresh;
        }
        if let Some(trouble) = &mut self.problem {
            trouble.retry_at = None;
        }
        self.reading.want(Goal::Loaded, waiter);
    }

    pub(super) fn load_more(&mut self, waiter: Option<Waiter>) {
        if self.loaded && self.has_more() && self.online && !self.throttled() && !self.hopeless() {
            self.reading.want(Goal::Next, waiter);
        } else {
            self.out.extend(waiter.map(|waiter| Command::Resolve(vec![waiter])));
        }
    }

    pub(super) fn dismiss_all(&mut self, waiter: Option<Waiter>) {
        if self.has_more() && self.online && !self.throttled() && !self.hopeless() {
            self.reading.proposing.get_or_insert_default().extend(waiter);
            self.reading.want(Goal::All, None);
        } else {
            self.propose(waiter.into_iter().collect());
        }
    }

    fn propose(&mut self, waiters: Vec<Waiter>) {
        let ids = self.visible_notifications().map(|notification| notification.id).collect();
        self.out.push(Command::Propose(ids, waiters));
    }

    /// With a filter on types, only the whole list gives the count.
    pub(super) fn want_filtered(&mut self) {
        if !self.settings.types.is_empty() && self.loaded && self.has_more() && self.list.len() < FILTERED_MOST {
            self.reading.want(Goal::All, None);
        }
    }

    pub(super) fn has_more(&self) -> bool {
        !self.end_reached && self.total.is_some_and(|total| self.records() < total)
    }

    /// How many of the server's list are loaded.
    fn records(&self) -> u32 {
        self.list.len() + self.listed_dismissed.len() as u32
    }

    pub(super) fn plan_poll(&mut self) {
        let seconds = self.settings.poll_interval;
        self.next_poll = (seconds > 0).then(|| self.now.mono + poll_delay(seconds, &mut self.dice));
    }

    // --- Asking -------------------------------------------------------------------------------------------------

    pub(super) fn start_look(&mut self) {
        let blocked = !self.online || self.renewal == Renewal::Asking || self.throttled();
        if self.reading.look.is_some() || blocked {
            return;
        }
        // While writes are on their way the total means nothing; the next page can be read all the same.
        let idle = self.changes.in_flight == 0;
        let Some(index) = self.reading.wanted.iter().position(|want| idle || !self.loaded || want.goal == Goal::Next) else {
            return;
        };
        let want = self.reading.wanted.remove(index);
        let size = if want.goal == Goal::All { LARGE_PAGE } else { self.settings.page_size };
        let look = Look {
            goal: want.goal,
            waiters: want.waiters,
            ticket: Ticket(0),
            began: self.now,
            page: 1,
            size: size.min(self.reading.largest_page),
            offset: if want.goal == Goal::Next { self.records() } else { 0 },
            target: self.records(),
            expected: self.total.filter(|_| self.loaded).map(|total| i64::from(total) + self.changes.moved()),
            total: None,
            edge: None,
            seen: BTreeSet::new(),
            fresh: Vec::new(),
            missing: Vec::new(),
            probe: None,
            epoch: self.changes.epoch,
            steady: true,
            restarts: 0,
            pages: 0,
        };
        let page = page_of(self.reading.order, look.offset, look.size, self.total.unwrap_or(1));
        self.ask(look, page);
    }

    fn ask(&mut self, mut look: Look, page: u32) {
        look.page = page;
        look.ticket = self.ticket();
        let query = ListQuery::default()
            .coworker(self.coworker)
            .is_dismissed(false)
            .page(page)
            .size(look.size)
            .order_by(OrderBy::CreatedOn)
            .dir(self.reading.order.dir());
        self.out.push(Command::List { ticket: look.ticket, query });
        self.reading.look = Some(look);
    }

    // --- Answers ------------------------------------------------------------------------------------------------

    pub(super) fn listed(&mut self, ticket: Ticket, result: Result<Page, Failure>) {
        let Some(look) = self.reading.look.take_if(|look| look.ticket == ticket) else { return };
        match result {
            Ok(page) => {
                self.renewal = Renewal::Fresh;
                self.problem = None;
                self.attempt = 0;
                self.tell_unreadable(&page);
                self.read(look, page);
            }
            Err(failure) if failure.kind == FailureKind::Unauthorized && self.renewal == Renewal::Fresh => {
                self.renewal = Renewal::Asking;
                self.reading.wanted.insert(0, Want { goal: look.goal, waiters: look.waiters });
                self.out.push(Command::Renew);
            }
            Err(failure) => {
                self.out.push(Command::Resolve(look.waiters));
                self.look_failed(failure);
            }
        }
    }

    pub(super) fn renewed(&mut self, result: Result<(), Failure>) {
        if self.renewal != Renewal::Asking {
            return;
        }
        self.renewal = Renewal::Tried;
        if let Err(failure) = result {
            self.look_failed(failure.clone());
            self.give_up_writes(&failure);
        }
    }

    fn look_failed(&mut self, failure: Failure) {
        let retry_at = failure.is_transient().then(|| {
            let wait = failure.retry_after.unwrap_or_else(|| backoff(self.attempt, &mut self.dice));
            self.now.mono.saturating_add(wait)
        });
        self.attempt = self.attempt.saturating_add(1);
        self.problem = Some(Trouble { failure: failure.clone(), retry_at });
        self.next_poll = None;
        let waiters = self.reading.wanted.drain(..).flat_map(|want| want.waiters);
        let waiters: Vec<Waiter> = waiters.chain(self.reading.proposing.take().into_iter().flatten()).collect();
        if !waiters.is_empty() {
            self.out.push(Command::Resolve(waiters));
        }
        self.emit_error(failure, retry_at);
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
        message.push_str(if count == 1 { " notification" } else { " notifications" });
        message.push_str(" could not be read and is left out: ");
        message.push_str(&first.reason);
        self.emit_error(Failure::new(FailureKind::Decode, message), None);
    }

    /// What to do with a page once its order is known.
    fn read(&mut self, mut look: Look, page: Page) {
        if page.size > 0 && page.size < look.size {
            self.reading.largest_page = page.size;
            look.size = page.size;
        }
        let Some((mut look, page)) = self.learn_order(look, page) else { return };
        let order = self.reading.order;
        if order.backwards && look.goal != Goal::Next && look.offset == 0 && look.page != page.total_pages.max(1) {
            // The newest are on the last page, and that is another one than was read.
            if look.restarts < RESTARTS {
                look.restart(self.changes.epoch);
                return self.ask(look, page.total_pages.max(1));
            }
        }
        if look.total.is_some_and(|total| total != page.total) && look.goal != Goal::Next {
            look.steady = false;
            if look.restarts < RESTARTS / 2 {
                look.restart(self.changes.epoch);
                look.goal = look.goal.max(Goal::Loaded);
                let first = page_of(order, 0, look.size, page.total);
                return self.ask(look, first);
            }
        }
        let before = look.total.or(self.total);
        look.total = Some(page.total);
        look.pages += 1;
        let last = if order.backwards { look.page <= 1 } else { !page.has_next };
        let overlap = self.merge(&mut look, &page.notifications, last);
        look.offset = if last { page.total } else { covered(order, look.page, look.size, page.total).max(look.offset) };

        if self.is_enough(&mut look, &page, last, overlap) {
            if look.goal == Goal::Next {
                self.check_shift(&look, before, page.total);
            }
            self.finish(look, page.total, last);
        } else {
            let next = page_of(order, look.offset, look.size, page.total);
            let next = if next != look.page {
                next
            } else if order.backwards {
                next - 1
            } else {
                next + 1
            };
            self.ask(look, next);
        }
    }

    /// Compares what came back with what was wanted. `None`: another page has been asked for first.
    fn learn_order(&mut self, mut look: Look, page: Page) -> Option<(Look, Page)> {
        let order = self.reading.order;
        let tired = look.restarts >= RESTARTS;
        if let Some(first) = look.probe.take() {
            // `page` is the last page: whichever has the newest notification tells the order.
            let key = |page: &Page| page.notifications.iter().map(|one| (one.created, one.id)).max();
            if key(&page) > key(&first) && !tired {
                return self.try_next_order(look);
            }
            self.settle(order.proven());
            look.page = 1;
            return Some((look, first));
        }
        match evidence(&page.notifications) {
            Evidence::OldestFirst if !order.backwards && page.total_pages > 1 && !tired => self.try_next_order(look),
            Evidence::OldestFirst if !order.backwards => {
                // All of it is here, so nothing need be asked again; the next look asks better.
                self.settle(order.next());
                Some((look, page))
            }
            Evidence::NewestFirst if order.backwards && page.total_pages > 1 && !tired => {
                self.settle(Order::default());
                look.restart(self.changes.epoch);
                self.ask(look, 1);
                None
            }
            Evidence::NewestFirst if !order.backwards && !order.settled => {
                self.settle(order.proven());
                Some((look, page))
            }
            Evidence::None if !order.settled && page.total_pages > 1 && look.page == 1 && !tired => {
                let last = page.total_pages;
                look.probe = Some(page);
                self.ask(look, last);
                None
            }
            _ => Some((look, page)),
        }
    }

    fn try_next_order(&mut self, mut look: Look) -> Option<(Look, Page)> {
        self.settle(self.reading.order.next());
        look.restart(self.changes.epoch);
        if look.goal == Goal::Next {
            // What is loaded was read in the other order.
            look.goal = Goal::Loaded;
        }
        let page = page_of(self.reading.order, 0, look.size, self.total.unwrap_or(1));
        self.ask(look, page);
        None
    }

    fn settle(&mut self, order: Order) {
        if order != self.reading.order {
            self.reading.order = order;
            self.out.push(Command::RememberOrder(order));
        }
    }

    /// Takes the records in. `true` if one of them was known, so that no gap lies between them and the known ones.
    fn merge(&mut self, look: &mut Look, notifications: &[Notification], last: bool) -> bool {
        let undisturbed = self.undisturbed(look);
        let mut overlap = false;
        let mut oldest: Option<Option<Timestamp>> = None;
        for notification in notifications {
            let id = notification.id;
            look.seen.insert(id);
            oldest = Some(oldest.map_or(notification.created, |oldest| oldest.min(notification.created)));
            if notification.is_dismissed {
                overlap |= !self.listed_dismissed.insert(id);
                continue;
            }
            self.listed_dismissed.remove(&id);
            if self.changes.written.contains_key(&id) {
                if !undisturbed {
                    continue;
                }
                // Written before this was asked, and listed all the same: somebody has restored it.
                self.changes.written.remove(&id);
            }
            let notification = Rc::new(notification.clone());
            match self.list.insert(notification.clone()) {
                Found::New => {
                    look.fresh.push(notification);
                    self.list_changed = true;
                }
                Found::Changed => {
                    overlap = true;
                    self.list_changed = true;
                }
                Found::Same => overlap = true,
            }
        }
        if look.goal != Goal::Next {
            let edge = match oldest {
                _ if last => Edge::End,
                Some(created) => Edge::At(created),
                None => return overlap,
            };
            look.missing.extend(self.list.missing(look.edge, edge, &look.seen));
            look.edge = Some(edge);
        }
        overlap
    }

    fn undisturbed(&self, look: &Look) -> bool {
        look.epoch == self.changes.epoch && self.changes.in_flight == 0
    }

    fn is_enough(&mut self, look: &mut Look, page: &Page, last: bool, overlap: bool) -> bool {
        if last || page.notifications.is_empty() && page.unreadable.is_empty() {
            return true;
        }
        match look.goal {
            Goal::All => false,
            Goal::Next => !look.fresh.is_empty() || look.pages >= PAGES_WITHOUT_OVERLAP,
            Goal::Loaded => look.offset >= look.target.max(look.size.min(page.total)),
            Goal::Newest => {
                if look.offset < look.size.min(page.total) {
                    return false;
                }
                let changed = look.fresh.len() as i64 - look.missing.len() as i64;
                let explained = look.expected.is_none_or(|expected| expected + changed == i64::from(page.total));
                if explained || (look.offset >= look.target && overlap) {
                    return true;
                }
                if look.pages < PAGES_WITHOUT_OVERLAP || overlap {
                    return false;
                }
                // So much is new that the old list no longer joins on: what lies beyond is loaded again when wanted.
                for id in self.list.missing(look.edge, Edge::End, &look.seen) {
                    self.list.remove(id);
                }
                self.list_changed = true;
                self.end_reached = false;
                true
            }
        }
    }

    /// The next page was read: had the list moved since the last look, and which way?
    fn check_shift(&mut self, look: &Look, before: Option<u32>, total: u32) {
        let expected = look.expected.unwrap_or_else(|| i64::from(before.unwrap_or(total)));
        if i64::from(total) < expected {
            self.reading.want(Goal::Loaded, None);
        } else if i64::from(total) > expected {
            self.reading.want(Goal::Newest, None);
        }
    }

    fn finish(&mut self, look: Look, total: u32, last: bool) {
        let trusted = self.undisturbed(&look);
        let whole = look.goal != Goal::Next;
        if trusted {
            self.total = Some(total);
            self.changes.total_adopted();
        } else {
            self.total.get_or_insert(total);
            self.reading.want(Goal::Loaded, None);
        }
        if trusted && whole && look.steady {
            for id in &look.missing {
                self.vanish(*id);
            }
            if last {
                self.forget_unlisted(&look.seen);
            }
        }
        if last {
            self.end_reached = true;
        } else if whole {
            self.end_reached = false;
        }
        self.last_look = Some(self.now);
        self.plan_poll();
        self.tell_arrivals(&look, whole);
        let first = !self.loaded;
        self.loaded = true;
        if whole && self.leading && !first && look.ticket != HEARD {
            self.tell_peers(&look, total, last);
        }
        if !look.waiters.is_empty() {
            self.out.push(Command::Resolve(look.waiters));
        }
        if look.goal == Goal::All && let Some(waiters) = self.reading.proposing.take() {
            self.propose(waiters);
        }
        if first {
            self.check_local();
        }
        self.want_filtered();
    }

    fn tell_arrivals(&mut self, look: &Look, whole: bool) {
        let highest = self.highest;
        self.highest = self.highest.max(look.seen.last().copied());
        if !self.loaded || !whole {
            return;
        }
        let arrived: Vec<_> =
            look.fresh.iter().filter(|one| Some(one.id) > highest && self.shows(one)).cloned().collect();
        if !arrived.is_empty() {
            self.out.push(Command::Emit(Notice::Arrive(arrived)));
        }
    }

    fn tell_peers(&mut self, look: &Look, total: u32, all: bool) {
        let newest = self.list.iter().take_while(|one| look.seen.contains(&one.id)).take(LARGE_PAGE as usize).cloned();
        let newest: Vec<_> = newest.collect();
        let all = all && newest.len() == look.seen.len();
        self.out.push(Command::Tell(Message::Looked { at: look.began.wall, total, newest, all }));
    }

    /// Another tab looked: the same as a look of our own, as far as it goes.
    pub(super) fn peer_looked(&mut self, at: i64, total: u32, newest: &[Rc<Notification>], all: bool) {
        let stale = at <= self.last_write || self.changes.in_flight > 0;
        if !self.loaded || self.reading.look.is_some() || stale {
            return;
        }
        let mut look = Look {
            goal: Goal::Newest,
            waiters: Vec::new(),
            ticket: HEARD,
            began: self.now,
            page: 1,
            size: newest.len() as u32,
            offset: newest.len() as u32,
            target: self.records(),
            expected: self.total.map(|total| i64::from(total) + self.changes.moved()),
            total: Some(total),
            edge: None,
            seen: BTreeSet::new(),
            fresh: Vec::new(),
            missing: Vec::new(),
            probe: None,
            epoch: self.changes.epoch,
            steady: true,
            restarts: 0,
            pages: 1,
        };
        let records: Vec<Notification> = newest.iter().map(|one| Notification::clone(one)).collect();
        self.merge(&mut look, &records, all);
        let changed = look.fresh.len() as i64 - look.missing.len() as i64;
        let explained = look.expected.is_some_and(|expected| expected + changed == i64::from(total));
        self.problem = None;
        self.attempt = 0;
        self.finish(look, total, all);
        if !explained && !all && self.visible {
            self.want_whole_look();
        }
    }
}
