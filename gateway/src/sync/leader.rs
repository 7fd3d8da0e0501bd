//! Runs the parts of the synchronisation in the one gateway that asks Nexudus.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use super::{SyncError, Upstream, history, history::Step, outbox::Then};
use crate::{
    budget::Purpose,
    clock::Millis,
    store::{Health, Signal},
    task::{Task, raised},
};

/// Wakes the parts of the synchronisation before their timers do.
#[derive(Debug, Default)]
pub(crate) struct Wakeups {
    /// Nexudus may have news.
    pub(crate) hint: Notify,
    /// There is something to write.
    pub(crate) write: Notify,
    /// A member's list is requested.
    pub(crate) list: Notify,
}

impl Wakeups {
    /// Wakes the part that another gateway's message concerns.
    pub(crate) fn wake(&self, signal: &Signal) {
        match signal {
            Signal::Hint => self.hint.notify_one(),
            Signal::Write => self.write.notify_one(),
            Signal::ListsRequested => self.list.notify_one(),
            Signal::Everything => {
                self.write.notify_one();
                self.list.notify_one();
            }
            Signal::Changed(_) => {}
        }
    }
}

/// How often the parts do their work.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    pub(crate) poll: Duration,
    /// How many lists of single members are fetched at once while the history is read, and the time between more.
    pub(crate) fetches: (u32, Duration),
    pub(crate) history: Millis,
}

/// The least time between two polls, however many hints come.
const SHORTEST_INTERVAL: Duration = Duration::from_millis(500);
/// The time between checks for work that nothing has announced.
const IDLE: Duration = Duration::from_secs(5);
/// A pause that Nexudus demands counts as a problem once the last good poll is older than this.
const PATIENCE: Millis = 60_000;
/// The shortest and the longest time between tries after failures.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(15);

/// The running parts. They end when this is dropped.
pub(crate) struct Work {
    upstream: Arc<Upstream>,
    writing: Task,
    reading: [Task; 3],
}

/// Starts the parts. They run until the result is dropped, or until `stopping` is true and [`Work::end`] returns.
pub(crate) fn start(
    upstream: Arc<Upstream>,
    wakeups: Arc<Wakeups>,
    schedule: Schedule,
    stopping: watch::Receiver<bool>,
) -> Work {
    let up = || Arc::clone(&upstream);
    let first_poll = Arc::new(Notify::new());
    let writing = Task::spawn(writes(up(), Arc::clone(&wakeups), stopping.clone()));
    let reading = [
        Task::spawn(polls(up(), Arc::clone(&wakeups), schedule, Arc::clone(&first_poll), stopping.clone())),
        Task::spawn(members(up(), wakeups, schedule.fetches, stopping.clone())),
        Task::spawn(histories(up(), first_poll, stopping)),
    ];
    Work { upstream, writing, reading }
}

impl Work {
    /// Ends all reading at once, since the next leader reads again, and sends no further write. It waits for a write in
    /// flight, so that its answer is seen.
    pub(crate) async fn end(self) {
        let Self { upstream, mut writing, reading } = self;
        upstream.close();
        drop(reading);
        writing.ended().await;
    }
}

/// Polls for changes, in each interval and after hints.
async fn polls(
    up: Arc<Upstream>,
    wakeups: Arc<Wakeups>,
    schedule: Schedule,
    first_poll: Arc<Notify>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut backoff = Backoff::default();
    while !*stopping.borrow() {
        // This poll covers all hints up to now.
        wakeups.hint.notified().now_or_never();
        let started = Instant::now();
        let polled = match up.poll().await {
            Ok(()) => up.set_history(schedule.history).await,
            Err(error) => Err(error),
        };
        let pause = match &polled {
            Ok(()) => {
                backoff.reset();
                first_poll.notify_one();
                wakeups.list.notify_one();
                schedule.poll.saturating_sub(started.elapsed())
            }
            Err(SyncError::Throttled) => SHORTEST,
            // Polls without an answer cost no more than others, so the pause need not grow beyond the usual interval.
            Err(_) => backoff.next().min(schedule.poll.max(IDLE)),
        };
        record_health(&up, polled).await;
        tokio::select! {
            () = tokio::time::sleep(pause.max(SHORTEST_INTERVAL)) => {}
            () = async { wakeups.hint.notified().await; tokio::time::sleep(SHORTEST_INTERVAL).await } => {}
            () = raised(&mut stopping) => {}
        }
    }
}

/// Stores Nexudus's health: this gateway and the others answer `/readyz` from it.
async fn record_health(up: &Upstream, polled: Result<(), SyncError>) {
    let health = match &polled {
        Ok(()) => Health { last_success: Some(up.now()), problem: None },
        Err(error) => {
            let last_success = up.store.health().await.map_or(None, |health| health.last_success);
            // A short pause is not a problem yet.
            if *error == SyncError::Throttled && last_success.is_some_and(|at| up.now() - at < PATIENCE) {
                return;
            }
            tracing::warn!(kind = error.kind(), "Nexudus was sent what has changed: {}", error.message());
            Health { last_success, problem: Some(error.message()) }
        }
    };
    if let Err(error) = up.store.set_health(&health).await {
        tracing::error!("the store does not answer: {error}");
    }
}

/// Writes dismissals to Nexudus as they are stored.
async fn writes(up: Arc<Upstream>, wakeups: Arc<Wakeups>, mut stopping: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    while !*stopping.borrow() {
        let pause = match up.write_next().await {
            Ok(Then::Again) => {
                backoff.reset();
                continue;
            }
            Ok(Then::Wait(until)) => until.map_or(IDLE, |until| millis(until - up.now()).min(IDLE)),
            Err(error) => {
                tracing::debug!("a dismissal could not be written: {}", error.message());
                backoff.next()
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = wakeups.write.notified() => {}
            () = raised(&mut stopping) => {}
        }
    }
}

/// Fetches and compares the lists that are requested for members.
async fn members(
    up: Arc<Upstream>,
    wakeups: Arc<Wakeups>,
    fetches: (u32, Duration),
    mut stopping: watch::Receiver<bool>,
) {
    let mut backoff = Backoff::default();
    let mut bucket = TokenBucket::new(fetches);
    while !*stopping.borrow() {
        let pause = match next_member(&up, &mut bucket).await {
            Ok(Next::More) => {
                backoff.reset();
                continue;
            }
            Ok(Next::Nothing) => IDLE,
            // New requests do not end this pause: the token bucket is empty until then.
            Ok(Next::Later(pause)) => {
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = raised(&mut stopping) => {}
                }
                continue;
            }
            Err(error) => {
                tracing::debug!("a member's list could not be read: {}", error.message());
                backoff.next()
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = wakeups.list.notified() => {}
            () = raised(&mut stopping) => {}
        }
    }
}

/// What to do after one member's list.
enum Next {
    /// There may be another list to fetch or compare.
    More,
    /// No list is requested now.
    Nothing,
    /// Another list is requested, but may be fetched only after this time.
    Later(Duration),
}

/// A token bucket for fetches of single members' lists. Some lists are fetched at once. If more are requested, most of the
/// budget is left to reading the history, which brings all lists sooner.
struct TokenBucket {
    left: u32,
    at_once: u32,
    every: Duration,
    counted: Instant,
}

impl TokenBucket {
    fn new((at_once, every): (u32, Duration)) -> Self {
        Self { left: at_once, at_once, every, counted: Instant::now() }
    }

    /// Takes a token, or returns how long to wait for one.
    fn take(&mut self) -> Result<(), Duration> {
        while self.counted.elapsed() >= self.every && self.left < self.at_once {
            self.left += 1;
            self.counted += self.every;
        }
        if self.left == self.at_once {
            self.counted = Instant::now();
        }
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(self.every.saturating_sub(self.counted.elapsed())),
        }
    }
}

/// Members whose list is not known go first.
async fn next_member(up: &Upstream, bucket: &mut TokenBucket) -> Result<Next, SyncError> {
    if up.store.progress().await?.floor.is_none() {
        return Ok(Next::Nothing);
    }
    let requested = up.store.requested_lists().await?;
    let mut known = Vec::new();
    for coworker in requested {
        let summary = up.hub.summary(&*up.store, coworker).await?;
        if !up.hub.has_list_of(&summary) {
            if let Err(pause) = bucket.take() {
                return Ok(Next::Later(pause));
            }
            up.compare_member(Purpose::Fetch, coworker).await?;
            return Ok(Next::More);
        }
        known.push(coworker);
    }
    let Some(coworker) = known.first() else {
        return Ok(Next::Nothing);
    };
    up.compare_member(Purpose::Sweep, *coworker).await?;
    Ok(Next::More)
}

/// Reads the history, and compares it once a night.
async fn histories(up: Arc<Upstream>, first_poll: Arc<Notify>, mut stopping: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    let (mut past, mut nightly) = (history::Span::default(), history::Span::default());
    while !*stopping.borrow() {
        let step = match up.read_history(&mut past).await {
            Ok(Step::Nothing) => up.compare_all(&mut nightly).await,
            other => other,
        };
        let pause = match step {
            Ok(Step::More) => {
                backoff.reset();
                continue;
            }
            Ok(Step::Nothing) => IDLE * 6,
            Err(error) => {
                tracing::debug!("the history could not be read: {}", error.message());
                backoff.next()
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // The first poll determines where the history begins.
            () = first_poll.notified(), if pause > IDLE => tokio::time::sleep(SHORTEST).await,
            () = raised(&mut stopping) => {}
        }
    }
}

fn millis(time: Millis) -> Duration {
    Duration::from_millis(u64::try_from(time).unwrap_or_default())
}

/// Pauses that double with each failure.
#[derive(Debug, Default)]
struct Backoff(u32);

impl Backoff {
    fn reset(&mut self) {
        self.0 = 0;
    }

    fn next(&mut self) -> Duration {
        self.0 = (self.0 + 1).min(10);
        // Random, so that parts that failed together do not all try again at once.
        (SHORTEST * 2_u32.pow(self.0)).min(LONGEST).mul_f64(rand::random_range(0.7..=1.0))
    }
}
