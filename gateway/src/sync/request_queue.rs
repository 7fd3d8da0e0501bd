//! Decides which request is sent to Nexudus next: more important ones go first, within the store's budget.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::{Mutex, Notify, watch};

use super::SyncError;
use crate::{
    budget::{Purpose, Shares},
    clock::{Clock, Millis},
    store::{Grant, Store},
    task::raised,
};

/// Admits requests, one at a time.
pub(crate) struct RequestQueue {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    shares: Shares,
    /// How many wait, by purpose.
    waiting: [AtomicUsize; Purpose::ALL.len()],
    left: Notify,
    turn: Mutex<()>,
    closed: watch::Sender<bool>,
    since: Millis,
}

/// The milliseconds for which a request may keep its place in the queue while the budget makes it wait. With a longer wait
/// it gives up its place, so that it does not block others.
const SHORT: i64 = 200;

impl RequestQueue {
    pub(crate) fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>, shares: Shares) -> Self {
        let since = clock.now();
        Self {
            store,
            clock,
            shares,
            waiting: Default::default(),
            left: Notify::new(),
            turn: Mutex::default(),
            closed: watch::Sender::new(false),
            since,
        }
    }

    /// Waits until a request may be sent. It must then be sent at once, and is already counted. Fails once the queue is
    /// closed.
    pub(crate) async fn admit(&self, purpose: Purpose) -> Result<(), SyncError> {
        let mut closed = self.closed.subscribe();
        tokio::select! {
            biased;
            () = raised(&mut closed) => Err(SyncError::Stopping),
            passed = self.wait(purpose) => passed,
        }
    }

    /// Admits no more requests, not even those that wait.
    pub(crate) fn close(&self) {
        self.closed.send_replace(true);
    }

    async fn wait(&self, purpose: Purpose) -> Result<(), SyncError> {
        loop {
            let place = Place::take(self, purpose);
            self.wait_for_others(purpose).await;
            let wait = {
                let _turn = self.turn.lock().await;
                if self.must_wait(purpose) {
                    continue;
                }
                match self.store.grant(purpose == Purpose::Write, &self.shares.of(purpose, self.running())).await? {
                    Grant::Go => return Ok(()),
                    Grant::Wait(wait) => wait,
                }
            };
            if wait > SHORT {
                drop(place);
            }
            self.clock.sleep(Duration::from_millis(u64::try_from(wait).unwrap_or_default())).await;
        }
    }

    fn running(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.clock.now() - self.since).unwrap_or_default())
    }

    async fn wait_for_others(&self, purpose: Purpose) {
        loop {
            let left = self.left.notified();
            if !self.must_wait(purpose) {
                return;
            }
            left.await;
        }
    }

    /// Whether a more important request waits.
    fn must_wait(&self, purpose: Purpose) -> bool {
        self.waiting.iter().take(purpose as usize).any(|waiting| waiting.load(Ordering::SeqCst) > 0)
    }

    fn waiting(&self, purpose: Purpose) -> Option<&AtomicUsize> {
        self.waiting.get(purpose as usize)
    }
}

/// A place in the queue, until it is dropped.
struct Place<'a>(&'a RequestQueue, Purpose);

impl<'a> Place<'a> {
    fn take(queue: &'a RequestQueue, purpose: Purpose) -> Self {
        if let Some(waiting) = queue.waiting(purpose) {
            waiting.fetch_add(1, Ordering::SeqCst);
        }
        Self(queue, purpose)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(waiting) = self.0.waiting(self.1) {
            waiting.fetch_sub(1, Ordering::SeqCst);
        }
        self.0.left.notify_waiters();
    }
}
