//! One pull of the server's list: which page to ask for next, and when it is enough.
//!
//! A pull reads pages from the newest on, one after the other, and keeps what it reads to itself until it has all it
//! wants: nobody ever sees half of one. Between two pages the list may move under the reader. Where the total tells
//! that it did, the next page must hold something known, so that nothing lies between; otherwise the reader steps back.

mod findings;
mod learn;

use std::rc::Rc;

use super::super::{
    order::{Order, beside, covered, page_of},
    remote::Remote,
};
use crate::{
    api::Page,
    model::{Notification, NotificationId, Timestamp},
    sorted::SortedSet,
};

/// What a pull is for; a later one includes the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Goal {
    /// The page after those loaded.
    Next,
    /// The newest page, and further only where its total shows that something deeper changed.
    Newest,
    /// All that is loaded, and at least so many.
    Whole(u32),
}

impl Goal {
    /// All there are.
    pub(in super::super) const ALL: Self = Self::Whole(u32::MAX);
}

/// What was learnt about this server, beyond one pull.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Habits {
    pub(in super::super) order: Order,
    /// It gives no larger pages than this.
    pub(super) largest_page: u32,
    /// It lists in no order at all: no use looking for one again.
    pub(super) disorderly: bool,
}

impl Habits {
    pub(in super::super) fn new(order: Order) -> Self {
        Self { order, largest_page: u32::MAX, disorderly: false }
    }
}

/// What a pull has read so far.
#[derive(Debug, Clone)]
pub(in super::super) struct Listing {
    pub(in super::super) goal: Goal,
    /// The page being read, of so many records.
    page: u32,
    pub(in super::super) size: u32,
    /// Where reading begins, and how far it must come: positions from the newest.
    start: u32,
    target: u32,
    /// The total, if nothing has changed.
    expected: Option<u32>,
    total: Option<u32>,
    /// The server says the total, and it fits what is listed. Otherwise it is the fewest there can be, and says nothing
    /// about what has changed.
    pub(in super::super) sure: bool,
    /// What has been read, in the order of reading.
    pub(in super::super) records: Vec<Rc<Notification>>,
    pub(in super::super) seen: SortedSet<NotificationId>,
    /// Listed, though dismissed, by a server that ignores the filter; or unreadable.
    pub(in super::super) dismissed: u32,
    pub(in super::super) unreadable: u32,
    oldest: Option<Option<Timestamp>>,
    pages: u32,
    /// Positions from the newest that are known now.
    pub(in super::super) offset: u32,
    /// The very last record has been read.
    pub(in super::super) last: bool,
    /// The list is in no order by date: what stands where says nothing.
    pub(in super::super) unsorted: bool,
    /// The total changed on the way.
    pub(in super::super) moved: bool,
    /// It kept changing, so there may be gaps.
    pub(in super::super) torn: bool,
    must_overlap: bool,
    /// What was read replaces what was known, rather than adding to it.
    pub(in super::super) exact: bool,
    /// The first page, kept while the last one is read to learn the server's order.
    probe: Option<Box<Page>>,
    detours: u8,
    /// Pages in a row with nothing that was not known.
    stale: u8,
}

/// How a pull goes on.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Step {
    /// With this page.
    Ask(u32),
    Done,
}

/// Pages asked for again, or for another order, before the pull takes what comes.
const DETOURS: u8 = 12;
/// Pages that bring nothing known: after so many the rest of the old list is dropped and loaded again when wanted.
const PAGES_WITHOUT_OVERLAP: u32 = 4;
/// Arrivals that are read, and so can be told by name, if all of what is on top is new.
const MOST_NEW: u32 = PAGES_WITHOUT_OVERLAP * LARGE_PAGE;
/// Pages that bring nothing new: after so many the server is taken to have no others.
const STALE_PAGES: u8 = 3;
/// The largest page the interface allows.
const LARGE_PAGE: u32 = 100;

impl Listing {
    /// A pull that begins now. `covered`: how many positions are loaded; `expected`: the total if nothing has changed.
    pub(in super::super) fn new(
        goal: Goal,
        page_size: u32,
        habits: &Habits,
        covered: u32,
        expected: Option<u32>,
    ) -> Self {
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
            sure: true,
            records: Vec::new(),
            seen: SortedSet::new(),
            dismissed: 0,
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

    /// What another tab saw, newest first, as if it were the first page of a pull of our own.
    pub(in super::super) fn heard(page: &Page, covered: u32, expected: Option<u32>) -> Self {
        let habits = Habits::new(Order::default());
        let mut listing = Self::new(Goal::Newest, page.size, &habits, covered, expected);
        listing.total = Some(page.total);
        listing.sure = page.total > 0 || !page.has_next;
        listing.keep(page, habits.order);
        // None of it may be of use here; that does not mean that there is nothing.
        listing.last = !page.has_next;
        listing.exact = listing.last;
        listing
    }

    /// The page to begin with.
    pub(in super::super) fn first_page(&mut self, habits: &Habits) -> u32 {
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
    pub(in super::super) fn take(&mut self, page: Box<Page>, habits: &mut Habits, known: &Remote) -> Step {
        let step = self.take_in(page, habits, known);
        if let Step::Ask(page) = step {
            self.page = page;
        }
        step
    }

    fn take_in(&mut self, mut page: Box<Page>, habits: &mut Habits, known: &Remote) -> Step {
        if let Some(step) = self.learn_size(&page, habits) {
            return step;
        }
        self.correct_envelope(&mut page);
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
        habits.order.verified &= !self.unsorted;
        self.next(&page, habits, known)
    }

    /// Where the list has moved since the page before, this one must hold something known; if it does not, what stands
    /// between has to be read first.
    fn step_back(&mut self, page: &Page, habits: &Habits, known: &Remote) -> Option<Step> {
        let changed = self.sure && self.total.is_some_and(|total| total != page.total);
        self.total = Some(page.total);
        self.moved |= changed;
        if !changed && !self.must_overlap {
            return None;
        }
        let next = self.goal == Goal::Next;
        let is_known = |id: NotificationId| self.seen.contains(&id) || next && known.get(id).is_some();
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
                // The total includes it, and who knows how many more.
                self.dismissed += 1;
                self.sure = false;
            } else {
                self.records.push(Rc::new(notification.clone()));
            }
        }
        self.stale = if new { 0 } else { self.stale + 1 };
        self.unreadable += page.unreadable.len() as u32;
        self.pages += 1;
        self.last = if order.backwards { self.page <= 1 } else { !page.has_next };
        let offset = covered(order, self.page, self.size, page.total);
        self.offset = if self.last { page.total } else { offset.max(self.offset) };
    }

    fn next(&mut self, page: &Page, habits: &Habits, known: &Remote) -> Step {
        let stale = self.stale >= STALE_PAGES;
        if stale {
            self.torn = true;
            // If nothing has moved, these are all: it lists them again and again.
            self.last |= !self.moved;
            self.sure &= self.moved;
        }
        if self.last || stale {
            self.exact = self.goal != Goal::Next;
            if self.exact && self.last && !self.sure {
                self.total = Some(self.read());
            }
            return Step::Done;
        }
        let onwards = Step::Ask(beside(habits.order, self.page, false));
        if self.goal == Goal::Next {
            let new = self.seen.iter().any(|id| known.get(*id).is_none());
            return if new && self.offset > self.start { Step::Done } else { onwards };
        }
        // Read backwards, the newest page may hold only a few.
        if self.offset < self.size.min(page.total) {
            return onwards;
        }
        if self.goal == Goal::Newest && self.explains(known, page.total) {
            return Step::Done;
        }
        let grown = self.expected.filter(|_| self.sure).map_or(0, |expected| page.total.saturating_sub(expected));
        let target = self.target.saturating_add(grown.min(MOST_NEW));
        // Nothing of what was known has come yet: all of this is new.
        let strange = known.list().iter().next().is_some() && !self.overlaps(known);
        let pages = if strange { PAGES_WITHOUT_OVERLAP * PAGES_WITHOUT_OVERLAP } else { PAGES_WITHOUT_OVERLAP };
        let beyond = pages.saturating_mul(self.size).min(MOST_NEW);
        let all_known = self.offset >= target && (self.unsorted || !self.leaves_some(known));
        let too_much = self.offset >= self.target.saturating_add(beyond);
        let nothing_known = self.goal == Goal::Newest && strange && self.offset >= beyond;
        if all_known || too_much || nothing_known {
            self.exact = true;
            return Step::Done;
        }
        if self.pages == 1 && (strange || target > self.size.saturating_mul(2)) {
            // A long way to go: with larger pages.
            let target = if strange && grown == 0 { LARGE_PAGE } else { target };
            let size = whole_size(target, self.size).min(habits.largest_page);
            if size > self.size {
                self.size = size;
                return self.restart(habits, page.total);
            }
        }
        onwards
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
