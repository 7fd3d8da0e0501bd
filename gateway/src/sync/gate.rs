//! Decides which request goes to Nexudus next: more important ones go first, within the store's budget.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::sync::{Mutex, Notify, watch};

use super::Failed;
use crate::{
    budget::{Class, Shares},
    clock::{Clock, Millis},
    store::{Grant, Store},
    task::raised,
};

/// Lets requests through, one at a time.
pub(crate) struct Gate {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    shares: Shares,
    /// How many wait, by class.
    waiting: [AtomicUsize; Class::ALL.len()],
    left: Notify,
    turn: Mutex<()>,
    closed: watch::Sender<bool>,
    since: Millis,
}

/// A request that must wait longer than this gives up its place in the line, so that it does not hold up others.
const SHORT: i64 = 200;

impl Gate {
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

    /// Waits until a request may be sent. It must then be sent at once, and is already counted. Fails once the gate is
    /// closed.
    pub(crate) async fn pass(&self, class: Class) -> Result<(), Failed> {
        let mut closed = self.closed.subscribe();
        tokio::select! {
            biased;
            () = raised(&mut closed) => Err(Failed::Stopping),
            passed = self.wait(class) => passed,
        }
    }

    /// Lets no request through any more, not even those that wait.
    pub(crate) fn close(&self) {
        self.closed.send_replace(true);
    }

    async fn wait(&self, class: Class) -> Result<(), Failed> {
        loop {
            let place = Place::take(self, class);
            self.wait_for_others(class).await;
            let wait = {
                let _turn = self.turn.lock().await;
                if self.is_held_up(class) {
                    continue;
                }
                match self.store.grant(class == Class::Write, &self.shares.of(class, self.running())).await? {
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

    async fn wait_for_others(&self, class: Class) {
        loop {
            let left = self.left.notified();
            if !self.is_held_up(class) {
                return;
            }
            left.await;
        }
    }

    /// Whether a more important request waits.
    fn is_held_up(&self, class: Class) -> bool {
        self.waiting.iter().take(class as usize).any(|waiting| waiting.load(Ordering::SeqCst) > 0)
    }

    fn waiting(&self, class: Class) -> Option<&AtomicUsize> {
        self.waiting.get(class as usize)
    }
}

/// A place in the line, until it is dropped.
struct Place<'a>(&'a Gate, Class);

impl<'a> Place<'a> {
    fn take(gate: &'a Gate, class: Class) -> Self {
        if let Some(waiting) = gate.waiting(class) {
            waiting.fetch_add(1, Ordering::SeqCst);
        }
        Self(gate, class)
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
