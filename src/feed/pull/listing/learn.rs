//! What a page says about the server: how large its pages are, in which order it lists, and how much of the envelope (the
//! numbers beside the records) is to be believed.

use super::{
    super::super::order::{Evidence, Order, compare, evidence, guess, page_of},
    Habits, Listing, Step,
};
use crate::api::Page;

impl Listing {
    /// The server's pages may be smaller than was asked for. Then records are on other pages than expected, so a pull that has
    /// read pages already begins again.
    pub(super) fn learn_size(&mut self, page: &Page, habits: &mut Habits) -> Option<Step> {
        if !page.has_next {
            // The last page may be smaller than the others, so it says nothing about their size.
            return None;
        }
        let got = held(page);
        let mut size = if page.size == 0 { self.size } else { page.size };
        // Some servers repeat the size that was asked for, although their pages are smaller.
        if (1..size).contains(&got) && page.total.div_ceil(got) == page.total_pages {
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

    /// Where the envelope contradicts the records, the records are believed. There is a next page if anything says so, until a
    /// page is empty.
    pub(super) fn correct_envelope(&mut self, page: &mut Page) {
        let (got, size) = (held(page), self.size.max(page.size));
        if page.total_known {
            // Some servers say that many records are 0 pages, or 1.
            page.total_pages = page.total_pages.max(page.total.div_ceil(self.size.max(1)));
        }
        let before = (self.page - 1).saturating_mul(size);
        let end = before.saturating_add(got);
        page.has_next = got > 0 && (page.has_next || page.total_known && got >= self.size && page.total > end);
        let fewest = end.saturating_add(u32::from(page.has_next));
        // Only for the first page: how many records stand before a later one depends on the size of pages, which may be wrong.
        let too_many = page.total > fewest && !page.has_next && (got == 0 || self.page == 1);
        if !page.total_known || page.total < fewest && got > 0 || too_many {
            let last_begins = page.total_pages.saturating_sub(1).saturating_mul(size);
            let at_least = if page.has_next { self.total.unwrap_or(0).max(last_begins.saturating_add(1)) } else { 0 };
            page.total = fewest.max(at_least);
            let pages = page.total.div_ceil(size.max(1));
            page.total_pages = if page.has_next { pages.max(page.total_pages) } else { pages };
            self.sure = false;
        }
    }

    /// Compares the order of the records with the order that was asked for. `Err`: another page has to be read first.
    pub(super) fn learn_order(&mut self, mut page: Box<Page>, habits: &mut Habits) -> Result<Box<Page>, Step> {
        if habits.disorderly {
            return Ok(page);
        }
        let order = habits.order;
        let (page, says, sure) = match self.probe.take() {
            Some(kept) => {
                self.page = kept.page;
                if page.notifications.is_empty() || self.sure && page.total != kept.total {
                    // The list has changed meanwhile, so comparing the two pages says nothing.
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
                if says == Evidence::None && !order.verified && begins && page.total_pages > 1 && self.detour() {
                    let other_end = if order.backwards { 1 } else { page.total_pages };
                    page.page = self.page;
                    self.probe = Some(page);
                    return Err(Step::Ask(other_end));
                }
                (page, says, says != Evidence::None)
            }
        };
        match (says, order.backwards) {
            (Evidence::None, _) => return Ok(page),
            (Evidence::OldestFirst, true) | (Evidence::NewestFirst, false) => {
                if sure {
                    habits.order = order.verified();
                }
                return Ok(page);
            }
            (Evidence::OldestFirst, false) => habits.order = order.next(),
            (Evidence::NewestFirst, true) => habits.order = Order::default(),
        }
        if page.total_pages <= 1 {
            // There is only this page, so it need not be asked for again; the next pull asks in the right order.
            self.page = 1;
            return Ok(page);
        }
        if !self.detour() {
            habits.disorderly = true;
            habits.order = Order::default().verified();
        }
        Err(self.restart(habits, page.total))
    }
}

/// How many records a page holds, readable or not.
fn held(page: &Page) -> u32 {
    u32::try_from(page.notifications.len() + page.unreadable.len()).unwrap_or(u32::MAX)
}
