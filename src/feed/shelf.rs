//! The dismissed view: what the server lists as dismissed. It is read page by page when the member asks, and never polled.

use std::rc::Rc;

use super::{Ticket, View, Waiter, list::List, order::Order};
use crate::{
    api::{ListQuery, OrderBy, Page},
    error::Failure,
    model::{CoworkerId, Notification, NotificationId},
};

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    view: View,
    list: List,
    /// The page that "load more" reads; `None` if there is none.
    next: Option<u32>,
    loaded: bool,
    state: State,
    waiters: Vec<Waiter>,
    failure: Option<Failure>,
    revision: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Rests,
    /// The first page, or the next one, waits for its turn.
    Waits {
        first: bool,
    },
    Asks {
        ticket: Ticket,
        page: u32,
        first: bool,
    },
}

impl Shelf {
    pub(super) fn view(&self) -> View {
        self.view
    }

    pub(super) fn is_looked_at(&self) -> bool {
        self.view == View::Dismissed
    }

    pub(super) fn is_loaded(&self) -> bool {
        self.loaded
    }

    pub(super) fn has_more(&self) -> bool {
        self.loaded && self.next.is_some()
    }

    pub(super) fn is_loading(&self) -> bool {
        self.state != State::Rests
    }

    pub(super) fn waits(&self) -> bool {
        matches!(self.state, State::Waits { .. })
    }

    pub(super) fn is_under_way(&self) -> bool {
        matches!(self.state, State::Asks { .. })
    }

    pub(super) fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn get(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.list.get(id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Rc<Notification>> {
        self.list.iter()
    }

    /// The member looks at the inbox or at this list. What was read of it earlier may be out of date, so it is read again.
    pub(super) fn set_view(&mut self, view: View) {
        self.view = view;
        if view == View::Dismissed {
            self.refresh(None);
        }
    }

    /// Reads the list again from its first page.
    pub(super) fn refresh(&mut self, waiter: Option<Waiter>) {
        self.waiters.extend(waiter);
        if !self.is_under_way() {
            self.state = State::Waits { first: true };
        }
    }

    /// Reads the next page. `Err` if there is none.
    pub(super) fn load_more(&mut self, waiter: Option<Waiter>) -> Result<(), Option<Waiter>> {
        if self.loaded && self.next.is_none() {
            return Err(waiter);
        }
        self.waiters.extend(waiter);
        if self.state == State::Rests {
            self.state = State::Waits { first: !self.loaded };
        }
        Ok(())
    }

    /// The request that waits for its turn, if there is one.
    pub(super) fn start(&mut self, ticket: Ticket, coworker: CoworkerId, size: u32, order: Order) -> Option<ListQuery> {
        let State::Waits { first } = self.state else { return None };
        let page = if first { 1 } else { self.next? };
        self.state = State::Asks { ticket, page, first };
        Some(self.query(page, coworker, size, order))
    }

    fn query(&self, page: u32, coworker: CoworkerId, size: u32, order: Order) -> ListQuery {
        let query = ListQuery::default().coworker(coworker).is_dismissed(true);
        query.page(page).size(size).order_by(OrderBy::CreatedOn).dir(order.dir())
    }

    pub(super) fn is_asked(&self, asked: Ticket) -> bool {
        matches!(self.state, State::Asks { ticket, .. } if ticket == asked)
    }

    /// Takes in a page. Returns the promises to resolve.
    pub(super) fn listed(&mut self, page: Page, order: Order) -> Vec<Waiter> {
        let State::Asks { page: asked, first, .. } = std::mem::take(&mut self.state) else { return Vec::new() };
        let pages = page.total_pages.max(page.total.div_ceil(page.size.max(1)));
        if first {
            self.list = List::default();
        }
        let empty = page.notifications.is_empty();
        for notification in page.notifications.into_iter().filter(|one| one.is_dismissed) {
            self.list.insert(Rc::new(notification));
        }
        // Where the oldest come first, the newest are on the last page; the first one only says which that is.
        self.next = match order.backwards {
            true if first => Some(pages).filter(|last| *last > 1),
            true => Some(asked.saturating_sub(1)).filter(|next| *next > 0),
            false => Some(asked.saturating_add(1)).filter(|_| !empty && (page.has_next || asked < pages)),
        };
        if order.backwards && first && self.next.is_some() {
            self.list = List::default();
            self.state = State::Waits { first: false };
            self.loaded = true;
            return Vec::new();
        }
        (self.loaded, self.failure) = (true, None);
        self.revision += 1;
        std::mem::take(&mut self.waiters)
    }

    /// The request has to be made again.
    pub(super) fn again(&mut self) {
        if let State::Asks { first, .. } = self.state {
            self.state = State::Waits { first };
        }
    }

    /// The request has failed. Returns the promises to resolve.
    pub(super) fn failed(&mut self, failure: Failure) -> Vec<Waiter> {
        self.state = State::Rests;
        self.failure = Some(failure);
        std::mem::take(&mut self.waiters)
    }

    /// The server has it dismissed from now on.
    pub(super) fn put(&mut self, record: &Notification) {
        if self.loaded {
            self.list.insert(Rc::new(Notification { is_dismissed: true, ..record.clone() }));
            self.revision += 1;
        }
    }

    /// The server has it undismissed from now on.
    pub(super) fn remove(&mut self, id: NotificationId) {
        self.revision += u64::from(self.list.remove(id).is_some());
    }
}
