//! Requests in flight, and what ends them before their answer: time, their feed's end, the page going away.
//!
//! A request ends at that moment, even if the page's `fetch` ignores the abort signal.

use std::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::{Poll, Waker},
};

use web_sys::AbortController;

use super::timer::Timer;

/// One request. Dropping it before the answer is there aborts it.
#[derive(Debug)]
pub(super) struct Flight {
    controller: Option<AbortController>,
    state: Cell<State>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Answered,
    Late,
    Ended,
}

impl Flight {
    pub(super) fn new() -> Rc<Self> {
        Self::with(AbortController::new().ok())
    }

    /// A request that was sent with this controller; `None`: another task, which nothing can abort.
    pub(super) fn with(controller: Option<AbortController>) -> Rc<Self> {
        Rc::new(Self { controller, state: Cell::new(State::Open), waker: RefCell::default() })
    }

    pub(super) fn controller(&self) -> Option<&AbortController> {
        self.controller.as_ref()
    }

    /// The answer; `None` as soon as the request is ended.
    pub(super) async fn run<T>(&self, answer: impl Future<Output = T>) -> Option<T> {
        let mut answer = pin!(answer);
        poll_fn(|context| {
            if self.state.get() != State::Open {
                return Poll::Ready(None);
            }
            self.waker.replace(Some(context.waker().clone()));
            answer.as_mut().poll(context).map(|answer| {
                self.state.set(State::Answered);
                Some(answer)
            })
        })
        .await
    }

    /// Ends the request after this many milliseconds, unless the timer is dropped before.
    pub(super) fn limit(self: &Rc<Self>, milliseconds: u32) -> Timer {
        let flight = self.clone();
        Timer::new(milliseconds, move || flight.end(State::Late))
    }

    /// Ends the request now.
    pub(super) fn cancel(&self) {
        self.end(State::Ended);
    }

    /// Ended by [`Flight::cancel`], or with all reads of its feed.
    pub(super) fn is_cancelled(&self) -> bool {
        self.state.get() == State::Ended
    }

    /// Ended by [`Flight::limit`].
    pub(super) fn is_late(&self) -> bool {
        self.state.get() == State::Late
    }

    fn end(&self, state: State) {
        if self.state.get() == State::Open {
            self.state.set(state);
            if let Some(controller) = &self.controller {
                controller.abort();
            }
            if let Some(waker) = self.waker.take() {
                waker.wake();
            }
        }
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.end(State::Ended);
    }
}

/// The reads of a feed, so that all can be ended at once. Writes in flight may finish.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    reads: RefCell<Vec<Rc<Flight>>>,
    /// The feed is gone.
    ended: Cell<bool>,
    /// The page is cached or frozen.
    paused: Cell<bool>,
    /// Reads that wait until the page is back.
    waiting: RefCell<Vec<Waker>>,
}

impl InFlight {
    /// Ends all reads, also those that still wait for a token or for the page.
    pub(super) fn end(&self) {
        self.ended.set(true);
        self.abort();
        self.resume();
    }

    /// The page goes away: aborts all reads. Callers wait: the reads start again when the page is back.
    pub(super) fn pause(&self) {
        self.paused.set(true);
        self.abort();
    }

    /// The page is back.
    pub(super) fn resume(&self) {
        self.paused.set(false);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    pub(super) fn is_paused(&self) -> bool {
        self.paused.get()
    }

    /// Waits until the page is back.
    pub(super) fn resumed(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.paused.get() {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
    }

    /// Adds this read until the entry is dropped.
    pub(super) fn enter(self: &Rc<Self>, flight: &Rc<Flight>) -> Entry {
        if self.ended.get() || self.paused.get() {
            flight.end(State::Ended);
        }
        self.reads.borrow_mut().push(flight.clone());
        Entry { among: self.clone(), flight: flight.clone() }
    }

    fn abort(&self) {
        for flight in self.reads.take() {
            flight.end(State::Ended);
        }
    }
}

/// A place among the reads of a feed.
pub(super) struct Entry {
    among: Rc<InFlight>,
    flight: Rc<Flight>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.flight.end(State::Ended);
        self.among.reads.borrow_mut().retain(|other| !Rc::ptr_eq(other, &self.flight));
    }
}
