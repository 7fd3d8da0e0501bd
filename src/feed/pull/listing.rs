//! One pull of the server's list: which page to ask for next, and when it is enough.
//!
//! A pull reads pages from the newest on, one after the other. Nothing of it is shown before it has read all that it wants.
//! Between two requests the list may change, so that pages shift. Where the total shows that it did, the next page must
//! contain a record that is known already: then no record was skipped. If it does not, the pull goes back a page.

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

/// What a pull is for. Each of these includes those before it, so pulls that wait can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) enum Goal {
    /// The page after those loaded.
    Next,
    /// The newest page, and further ones only where the total shows that something further down has changed.
    Newest,
    /// All that is loaded, and at least so many.
    Whole(u32),
}

impl Goal {
    /// The whole list.
    pub(in super::super) const ALL: Self = Self::Whole(u32::MAX);
}

/// What was learnt about this server; kept from one pull to the next.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Habits {
    pub(in super::super) order: Order,
    /// It gives no larger pages than this.
    pub(super) largest_page: u32,
    /// It lists in no order at all, so the order is not looked for any more.
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
    /// The page that is being read, and how many records a page has.
    page: u32,
    pub(in super::super) size: u32,
    /// Where reading starts and how far it has to go: positions in the list, the newest is 0.
    start: u32,
    target: u32,
    /// The total as it was known before this pull.
    expected: Option<u32>,
    /// The total as the latest page says it.
    total: Option<u32>,
    /// The server says the total, and it agrees with the records. Otherwise `total` is the smallest possible number, and
    /// comparing it with `expected` says nothing.
    pub(in super::super) sure: bool,
    /// The undismissed records that were read, in this order.
    pub(in super::super) records: Vec<Rc<Notification>>,
    pub(in super::super) seen: SortedSet<NotificationId>,
    /// How many dismissed records were listed (by a server that ignores the filter), and how many unreadable ones.
    pub(in super::super) dismissed: u32,
    pub(in super::super) unreadable: u32,
    /// The oldest `CreatedOn` that was read; the inner `None` is a record without one.
    oldest: Option<Option<Timestamp>>,
    /// How many pages were read.
    pages: u32,
    /// How many positions, counted from the newest, are known now.
    pub(in super::super) offset: u32,
    /// The very last record has been read.
    pub(in super::super) last: bool,
    /// The records were not in the order of their dates, so a record's place in the list says nothing.
    pub(in super::super) unsorted: bool,
    /// The total changed from one page to another.
    pub(in super::super) moved: bool,
    /// It changed again and again, so records may have been skipped.
    pub(in super::super) torn: bool,
    /// The next page must contain a record that was read already: see the head of this file.
    must_overlap: bool,
    /// What was read replaces all that was loaded before, in place of being added to it.
    pub(in super::super) exact: bool,
    /// The first page, kept while the last one is read to learn the server's order.
    probe: Option<Box<Page>>,
    /// How many pages were asked for again so far: see `DETOURS`.
    detours: u8,
    /// How many of the latest pages have brought nothing that this pull had not read before.
    stale: u8,
}

/// How a pull goes on.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Step {
    /// With this page.
    Ask(u32),
    Done,
}

/// A pull asks for so many pages again, or for others, to get a list that fits together; then it takes what it gets.
const DETOURS: u8 = 12;
/// If so many pages contain nothing that was loaded before, what was loaded is dropped; it is read again by "load more".
const PAGES_WITHOUT_OVERLAP: u32 = 4;
/// So many arrivals are read, and so can be announced one by one; if there are more, the others are only counted.
const MOST_NEW: u32 = PAGES_WITHOUT_OVERLAP * LARGE_PAGE;
/// If so many pages in a row bring nothing new, the server is taken to have no other records.
const STALE_PAGES: u8 = 3;
/// The largest page the interface allows.
const LARGE_PAGE: u32 = 100;

impl Listing {
    /// A pull that begins now. `covered`: how many positions are loaded; `expected`: the total as it was known before.
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

    /// What another tab has read, as if it were the first page of a pull of this tab.
    pub(in super::super) fn received(page: &Page, covered: u32, expected: Option<u32>) -> Self {
        let habits = Habits::new(Order::default());
        let mut listing = Self::new(Goal::Newest, page.size, &habits, covered, expected);
        listing.total = Some(page.total);
        listing.sure = page.total > 0 || !page.has_next;
        listing.keep(page, habits.order);
        // Even without a record that this tab can use, the list need not be empty.
        listing.last = !page.has_next;
        listing.exact = listing.last;
        listing
    }

    /// The page to begin with.
    pub(in super::super) fn first_page(&mut self, habits: &Habits) -> u32 {
        self.page = page_of(habits.order, self.start, self.size, self.expected.unwrap_or(1));
        self.page
    }

    /// Begins again with the newest page, with what is known now of the server's order and page size.
    fn restart(&mut self, habits: &Habits, total: u32) -> Step {
        if self.goal == Goal::Next {
            self.goal = Goal::Whole(self.target.saturating_add(self.size));
            self.target = self.target.saturating_add(self.size);
        }
        let fresh = Self::new(self.goal, self.size, habits, self.target, self.expected);
        *self = Self { size: self.size.min(habits.largest_page), torn: self.torn, detours: self.detours, ..fresh };
        Step::Ask(page_of(habits.order, 0, self.size, total))
    }

    /// Counts a detour; `false` if there have been too many, so that the page has to do.
    fn detour(&mut self) -> bool {
        self.detours = self.detours.saturating_add(1);
        self.detours <= DETOURS
    }

    /// Takes in the page that was asked for and returns how the pull goes on.
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
        // The order may have been learnt wrongly: it is learnt again.
        habits.order.verified &= !self.unsorted;
        self.next(&page, habits, known)
    }

    /// If the list has changed since the page before, this page must contain a record that is known; if it does not, the pull
    /// goes back a page. `None`: the page can be used.
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
        // The list may have become so short that the page before this one does not exist any more.
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
                // The server ignores the filter, so the total includes an unknown number of dismissed records.
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
            // If the total has not changed, these are all records: the server lists them again on each page.
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
        // Where the oldest come first, the page with the newest records is the last one, and may hold only a few.
        if self.offset < self.size.min(page.total) {
            return onwards;
        }
        if self.goal == Goal::Newest && self.explains(known, page.total) {
            return Step::Done;
        }
        let grown = self.expected.filter(|_| self.sure).map_or(0, |expected| page.total.saturating_sub(expected));
        let target = self.target.saturating_add(grown.min(MOST_NEW));
        // Nothing that was loaded before has been read yet: all of this is new.
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
            // There is much to read, so larger pages save requests.
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
