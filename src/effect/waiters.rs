//! Promises of the element that wait for a pull, and questions that "dismiss all" asks the page.

use std::cell::{Cell, RefCell};

use crate::{feed::Waiter, model::NotificationId};

/// Called when a request of the page ends.
pub(super) type Done = Box<dyn FnOnce()>;
/// Asks the page whether these may be dismissed.
pub(super) type Ask = Box<dyn FnOnce(Vec<NotificationId>) -> bool>;

/// See the head of this file.
#[derive(Default)]
pub(super) struct Waiters {
    next: Cell<Waiter>,
    /// One at a time, or a few.
    waiting: RefCell<Vec<Waiting>>,
}

struct Waiting {
    waiter: Waiter,
    ask: Option<Ask>,
    done: Done,
}

impl Waiters {
    /// `ask` asks the page before all are dismissed.
    pub(super) fn wait(&self, ask: Option<Ask>, done: Done) -> Waiter {
        let waiter = self.next.replace(self.next.get().wrapping_add(1));
        self.waiting.borrow_mut().push(Waiting { waiter, ask, done });
        waiter
    }

    /// Whether the page agrees to dismiss these, for each of the waiters.
    pub(super) fn agree(&self, waiters: &[Waiter], ids: &[NotificationId]) -> bool {
        waiters.iter().all(|waiter| self.ask(*waiter).is_none_or(|ask| ask(ids.to_vec())))
    }

    /// This waiter's question, to be asked once.
    fn ask(&self, waiter: Waiter) -> Option<Ask> {
        self.waiting.borrow_mut().iter_mut().find(|one| one.waiter == waiter)?.ask.take()
    }

    /// Removes this waiter and returns its callback.
    pub(super) fn resolve(&self, waiter: Waiter) -> Option<Done> {
        let mut waiting = self.waiting.borrow_mut();
        let index = waiting.iter().position(|one| one.waiter == waiter)?;
        Some(waiting.remove(index).done)
    }

    /// Calls all callbacks.
    pub(super) fn resolve_all(&self) {
        for one in self.waiting.take() {
            (one.done)();
        }
    }
}
