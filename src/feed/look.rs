//! One look at the server's list: which page to ask for next, and when it is enough.
//!
//! A look reads pages from the newest on, one after the other, and keeps what it reads to itself until it has all it
//! wants: nobody ever sees half of one. Between two pages the list may move under the reader. Where the total tells
//! that it did, the next page must hold something known, so that nothing lies between; otherwise the reader steps back.

use std::rc::Rc;

use super::{
    known::{Habits, Known},
    list::Edge,
    order::{Evidence, Order, beside, compare, covered, evidence, guess, page_of},
};
use crate::{
    api::Page,
    model::{Notification, NotificationId, Timestamp},
    sorted::SortedSet,
};

/// What a look is for; a later one includes the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Goal {
    /// The page after those loaded.
    Next,
    /// The newest page, and further only where its total shows that something deeper changed.
    Newest,
    /// All that is loaded, and at least so many.
    Whole(u32),
}

impl Goal {
    /// All there are.
    pub(super) const ALL: Self = Self::Whole(u32::MAX);
}

/// What a look has read so far.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) goal: Goal,
    /// The page being read, of so many records.
    page: u32,
    pub(super) size: u32,
    /// Where reading begins, and how far it must come: positions from the newest.
    start: u32,
    target: u32,
    /// The total, if nothing has changed.
    expected: Option<u32>,
    total: Option<u32>,
    /// What has been read, in the order of reading.
    pub(super) records: Vec<Rc<Notification>>,
    pub(super) seen: SortedSet<NotificationId>,
    /// Listed, though dismissed; or unreadable.
    pub(super) dismissed: SortedSet<NotificationId>,
    unreadable: u32,
    oldest: Option<Option<Timestamp>>,
    pages: u32,
    /// Positions from the newest that are known now.
    pub(super) offset: u32,
    /// The very last record has been read.
    pub(super) last: bool,
    /// The list is in no order by date: what stands where says nothing.
    pub(super) unsorted: bool,
    /// The total changed on the way.
    pub(super) moved: bool,
    /// It kept changing, so there may be gaps.
    pub(super) torn: bool,
    must_overlap: bool,
    /// What was read replaces what was known, rather than adding to it.
    pub(super) exact: bool,
    /// The first page, kept while the last one is read to learn the server's order.
    probe: Option<Page>,
    detours: u8,
    /// Pages in a row with nothing that was not known.
    stale: u8,
}

/// How a look goes on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// With this page.
    Ask(u32),
    Done,
}

/// Pages asked for again, or for another order, before the look takes what comes.
const DETOURS: u8 = 12;
/// Pages that bring nothing known: after so many the rest of the old list is dropped and loaded again when wanted.
const PAGES_WITHOUT_OVERLAP: u32 = 4;
/// Pages that bring nothing new: after so many the server is taken to have no others.
const STALE_PAGES: u8 = 3;
/// The largest page the interface allows.
const LARGE_PAGE: u32 = 100;

impl Look {
    /// A look that begins now. `covered`: how many positions are loaded; `expected`: the total if nothing has changed.
    pub(super) fn new(goal: Goal, page_size: u32, habits: &Habits, covered: u32, expected: Option<u32>) -> Self {
        let target = match goal {
            Goal::Next | Goal::Newest => covered,
            Goal::Whole(least) => covered.max(least),
        };
        let size = match goal {
            Goal::Whole(_) => whole_size(target, page_size),
            Goal::Next | Goal::Newest => page_size,
        };
        Self {
            goal,
            page: 1,
            size: size.min(habits.largest_page),
            start: if goal == Goal::Next { covered } else { 0 },
            target,
            expected,
            total: if goal == Goal::Next { expected } else { None },
            records: Vec::new(),
            seen: SortedSet::new(),
            dismissed: SortedSet::new(),
            unreadable: 0,
            oldest: None,
            pages: 0,
            offset: 0,
            last: false,
            unsorted: false,
            moved: false,
            torn: false,
            must_overlap: false,
            exact: false,
            probe: None,
            detours: 0,
            stale: 0,
        }
    }

    /// What another tab saw, newest first, as if it were the first page of a look of our own.
    pub(super) fn heard(page: &Page, covered: u32, expected: Option<u32>) -> Self {
        let habits = Habits { order: Order::default(), largest_page: u32::MAX, disorderly: false };
        let mut look = Self::new(Goal::Newest, page.size, &habits, covered, expected);
        look.total = Some(page.total);
        look.keep(page, habits.order);
        // None of it may be of use here; that does not mean that there is nothing.
        look.last = !page.has_next;
        look.exact = look.last;
        look
    }

    /// The page to begin with.
    pub(super) fn first_page(&mut self, habits: &Habits) -> u32 {
        self.page = page_of(habits.order, self.start, self.size, self.expected.unwrap_or(1));
        self.page
    }

    /// Begins again from the newest, in the server's order as it is known now.
    fn restart(&mut self, habits: &Habits, total: u32) -> Step {
        if self.goal == Goal::Next {
            self.goal = Goal::Whole(self.target.saturating_add(self.size));
            self.target = self.target.saturating_add(self.size);
        }
        let fresh = Self::new(self.goal, self.size, habits, self.target, self.expected);
        *self = Self { size: self.size.min(habits.largest_page), torn: self.torn, detours: self.detours, ..fresh };
        Step::Ask(page_of(habits.order, 0, self.size, total))
    }

    /// `true` while it may still be picky about what it reads.
    fn detour(&mut self) -> bool {
        self.detours = self.detours.saturating_add(1);
        self.detours <= DETOURS
    }

    /// Takes in the page that was asked for and says how to go on.
    pub(super) fn take(&mut self, page: Page, habits: &mut Habits, known: &Known<'_>) -> Step {
        let step = self.take_in(page, habits, known);
        if let Step::Ask(page) = step {
            self.page = page;
        }
        step
    }

    fn take_in(&mut self, page: Page, habits: &mut Habits, known: &Known<'_>) -> Step {
        if let Some(step) = self.learn_size(&page, habits) {
            return step;
        }
        let page = match self.learn_order(page, habits) {
            Ok(page) => page,
            Err(step) => return step,
        };
        let order = habits.order;
        if self.pages == 0 && !self.must_overlap {
            let right = page_of(order, self.start, self.size, page.total);
            if right != self.page && self.detour() {
                return Step::Ask(right);
            }
        }
        if let Some(step) = self.step_back(&page, habits, known) {
            return step;
        }
        self.keep(&page, order);
        // Perhaps the order was not what it seemed to be: it is learnt again.
        habits.order.settled &= !self.unsorted;
        self.next(&page, habits, known)
    }

    /// A server's pages may be smaller than asked for; then pages have other numbers than expected.
    fn learn_size(&mut self, page: &Page, habits: &mut Habits) -> Option<Step> {
        let got = u32::try_from(page.notifications.len() + page.unreadable.len()).unwrap_or(u32::MAX);
        let mut size = if page.size == 0 { self.size } else { page.size };
        // Some say what was asked for rather than what they give.
        if page.has_next && (1..size).contains(&got) && page.total.div_ceil(got) == page.total_pages {
            size = got;
        }
        if size >= self.size {
            return None;
        }
        self.size = size;
        habits.largest_page = size;
        let begun = self.pages > 0 || self.probe.is_some();
        (begun && self.detour()).then(|| self.restart(habits, page.total))
    }

    /// Compares what came back with what was wanted. `Err`: another page has to be read first.
    fn learn_order(&mut self, page: Page, habits: &mut Habits) -> Result<Page, Step> {
        if habits.disorderly {
            return Ok(page);
        }
        let order = habits.order;
        let (page, says, sure) = match self.probe.take() {
            Some(kept) => {
                self.page = kept.page;
                if page.notifications.is_empty() || page.total != kept.total {
                    // The list has moved: that says nothing.
                    return Ok(kept);
                }
                let (kept_records, records) = (&kept.notifications, &page.notifications);
                let (first, last) = if order.backwards { (records, kept_records) } else { (kept_records, records) };
                let says = compare(first, last);
                let guess = guess(first, last);
                (kept, if says == Evidence::None { guess } else { says }, says != Evidence::None)
            }
            None => {
                let says = evidence(&page.notifications);
                let begins = self.pages == 0 && self.page == page_of(order, 0, self.size, page.total);
                if says == Evidence::None && !order.settled && begins && page.total_pages > 1 && self.detour() {
                    let other_end = if order.backwards { 1 } else { page.total_pages };
                    self.probe = Some(Page { page: self.page, ..page });
                    return Err(Step::Ask(other_end));
                }
                (page, says, says != Evidence::None)
            }
        };
        match (says, order.backwards) {
            (Evidence::None, _) => return Ok(page),
            (Evidence::OldestFirst, true) | (Evidence::NewestFirst, false) => {
                if sure {
                    habits.order = order.proven();
                }
                return Ok(page);
            }
            (Evidence::OldestFirst, false) => habits.order = order.next(),
            (Evidence::NewestFirst, true) => habits.order = Order::default(),
        }
        if page.total_pages <= 1 {
            // All of it is here, so nothing need be asked again; the next look asks better.
            self.page = 1;
            return Ok(page);
        }
        if !self.detour() {
            habits.disorderly = true;
            habits.order = Order::default().proven();
        }
        Err(self.restart(habits, page.total))
    }

    /// Where the list has moved since the page before, this one must hold something known; if it does not, what stands
    /// between has to be read first.
    fn step_back(&mut self, page: &Page, habits: &Habits, known: &Known<'_>) -> Option<Step> {
        let changed = self.total.is_some_and(|total| total != page.total);
        self.total = Some(page.total);
        self.moved |= changed;
        if !changed && !self.must_overlap {
            return None;
        }
        let next = self.goal == Goal::Next;
        let is_known = |id: NotificationId| self.seen.contains(&id) || next && known.has(id);
        if page.notifications.iter().any(|one| is_known(one.id)) {
            self.must_overlap = false;
            return None;
        }
        if !self.detour() {
            self.torn = true;
            return None;
        }
        let newest = page_of(habits.order, 0, self.size, page.total);
        let at_the_top = if habits.order.backwards { self.page >= newest } else { self.page <= newest };
        if at_the_top {
            return Some(self.restart(habits, page.total));
        }
        self.must_overlap = true;
        let back = beside(habits.order, self.page, true);
        // The list may have become shorter than the page's number says.
        Some(Step::Ask(if habits.order.backwards { back } else { back.min(page.total_pages.max(1)) }))
    }

    fn keep(&mut self, page: &Page, order: Order) {
        let limit = self.oldest;
        let mut previous = None;
        let mut new = false;
        for notification in &page.notifications {
            let created = notification.created;
            let turns = |previous| if order.backwards { created < previous } else { created > previous };
            self.unsorted |= previous.is_some_and(turns);
            previous = Some(created);
            self.oldest = Some(self.oldest.map_or(created, |oldest| oldest.min(created)));
            if !self.seen.insert(notification.id) {
                continue;
            }
            new = true;
            self.unsorted |= limit.is_some_and(|limit| created > limit);
            if notification.is_dismissed {
                self.dismissed.insert(notification.id);
            } else {
                self.records.push(Rc::new(notification.clone()));
            }
        }
        self.stale = if new { 0 } else { self.stale + 1 };
        self.unreadable += page.unreadable.len() as u32;
        self.pages += 1;
        let empty = page.notifications.is_empty() && page.unreadable.is_empty();
        self.last = if order.backwards { self.page <= 1 } else { empty || !page.has_next };
        let offset = covered(order, self.page, self.size, page.total);
        self.offset = if self.last { page.total } else { offset.max(self.offset) };
    }

    fn next(&mut self, page: &Page, habits: &Habits, known: &Known<'_>) -> Step {
        if self.last {
            self.exact = self.goal != Goal::Next;
            return Step::Done;
        }
        let onwards = Step::Ask(beside(habits.order, self.page, false));
        if self.stale >= STALE_PAGES {
            self.torn = true;
            self.exact = self.goal != Goal::Next;
            return Step::Done;
        }
        if self.goal == Goal::Next {
            let new = self.seen.iter().any(|id| !known.has(*id));
            return if new && self.offset > self.start { Step::Done } else { onwards };
        }
        // Read backwards, the newest page may hold only a few.
        if self.offset < self.size.min(page.total) {
            return onwards;
        }
        if self.goal == Goal::Newest && self.explains(known, page.total) {
            return Step::Done;
        }
        let beyond = PAGES_WITHOUT_OVERLAP.saturating_mul(self.size);
        let reached = self.offset >= self.target;
        let all_known = reached && (self.unsorted || !self.leaves_some(known));
        let too_much = self.offset >= self.target.saturating_add(beyond);
        let nothing_known = self.goal == Goal::Newest && self.pages >= PAGES_WITHOUT_OVERLAP && !self.overlaps(known);
        if all_known || too_much || nothing_known {
            self.exact = true;
            return Step::Done;
        }
        if self.goal == Goal::Newest && self.pages == 1 && self.target > self.size.saturating_mul(2) {
            // A long way to go: with larger pages.
            let size = whole_size(self.target, self.size).min(habits.largest_page);
            if size > self.size {
                self.size = size;
                return self.restart(habits, page.total);
            }
        }
        onwards
    }

    // --- What the pages read so far say about what was known ---------------------------------------------------------

    /// How far down they reach.
    pub(super) fn edge(&self) -> Option<Edge> {
        if self.last { Some(Edge::End) } else { self.oldest.map(Edge::At) }
    }

    /// What was known and is not there any more: it would stand between what has been read.
    pub(super) fn missing(&self, known: &Known<'_>) -> Vec<NotificationId> {
        let edge = if self.last { Some(Edge::End) } else { self.edge().filter(|_| !self.unsorted) };
        let above = edge.into_iter().flat_map(|edge| known.list.above(edge));
        if self.goal == Goal::Next { Vec::new() } else { self.unread(above, known) }
    }

    /// What was known and may be there still, but further down than was read.
    pub(super) fn left_behind(&self, known: &Known<'_>) -> Vec<NotificationId> {
        if self.exact { self.unread(known.list.iter(), known) } else { Vec::new() }
    }

    fn unread<'a>(&self, some: impl Iterator<Item = &'a Rc<Notification>>, known: &Known<'_>) -> Vec<NotificationId> {
        some.map(|one| one.id).filter(|id| !self.seen.contains(id) && !known.unlisted.contains(id)).collect()
    }

    /// Whether what is new and what is missing make up the difference to the total that was known.
    pub(super) fn explains(&self, known: &Known<'_>, total: u32) -> bool {
        let Some(expected) = self.expected.filter(|_| !self.moved && !self.unsorted) else { return false };
        i64::from(expected) + i64::from(self.new_among(known)) - self.missing(known).len() as i64 == i64::from(total)
    }

    /// How many were not known.
    pub(super) fn new_among(&self, known: &Known<'_>) -> u32 {
        self.seen.iter().filter(|id| !known.has(**id)).count() as u32
    }

    /// Whether something known has not been read again.
    fn leaves_some(&self, known: &Known<'_>) -> bool {
        let left = |one: &Rc<Notification>| !self.seen.contains(&one.id) && !known.unlisted.contains(&one.id);
        self.edge().is_some_and(|edge| known.list.rest(edge).any(left))
    }

    fn overlaps(&self, known: &Known<'_>) -> bool {
        self.seen.iter().any(|id| known.has(*id))
    }

    /// How many there are, as the latest page says.
    pub(super) fn total(&self) -> u32 {
        self.total.unwrap_or(0)
    }

    /// How many records of the server's list have been read.
    pub(super) fn read(&self) -> u32 {
        self.seen.len() as u32 + self.unreadable
    }
}

/// Page size for reading `target` records with few requests and little excess.
fn whole_size(target: u32, page_size: u32) -> u32 {
    if target <= page_size {
        return page_size;
    }
    let requests = target.div_ceil(LARGE_PAGE);
    target.div_ceil(requests).clamp(page_size, LARGE_PAGE)
}
