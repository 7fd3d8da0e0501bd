//! Promises of the element that wait for a pull, and questions that "dismiss all" asks the page.

use std::cell::{Cell, RefCell};

use crate::{feed::Waiter, model::NotificationId, sorted::SortedMap};

/// Called when a request of the page ends.
pub(super) type Done = Box<dyn FnOnce()>;
/// Asks the page whether these may be dismissed.
pub(super) type Ask = Box<dyn FnOnce(Vec<NotificationId>) -> bool>;

/// See the head of this file.
#[derive(Default)]
pub(super) struct Waiters {
    next: Cell<Waiter>,
    done: RefCell<SortedMap<Waiter, Done>>,
    asks: RefCell<SortedMap<Waiter, Ask>>,
}

impl Waiters {
    pub(super) fn wait(&self, done: Done) -> Waiter {
        let waiter = self.next.replace(self.next.get().wrapping_add(1));
        self.done.borrow_mut().insert(waiter, done);
        waiter
    }

    /// The same; `ask` asks the page before all are dismissed.
    pub(super) fn wait_asking(&self, ask: Ask, done: Done) -> Waiter {
        let waiter = self.wait(done);
        self.asks.borrow_mut().insert(waiter, ask);
        waiter
    }

    /// Whether the page agrees to dismiss these, for each of the waiters.
    pub(super) fn agree(&self, waiters: &[Waiter], ids: &[NotificationId]) -> bool {
        let asks: Vec<Ask> = waiters.iter().filter_map(|waiter| self.asks.borrow_mut().remove(waiter)).collect();
        asks.into_iter().all(|ask| ask(ids.to_vec()))
    }

    /// Removes these waiters and returns their callbacks.
    pub(super) fn resolve(&self, waiters: Vec<Waiter>) -> Vec<Done> {
        let resolve = |waiter| {
            self.asks.borrow_mut().remove(&waiter);
            self.done.borrow_mut().remove(&waiter)
        };
        waiters.into_iter().filter_map(resolve).collect()
    }

    /// Calls all callbacks.
    pub(super) fn resolve_all(&self) {
        for (_, done) in self.done.take() {
            done();
        }
    }
}
