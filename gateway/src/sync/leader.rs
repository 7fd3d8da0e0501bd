//! The one gateway that asks Nexudus: when each part of the synchronisation does its work.

use std::{sync::Arc, time::Duration};

use futures_util::FutureExt;
use tokio::{
    sync::{Notify, watch},
    time::Instant,
};

use super::{Failed, Upstream, history, history::Step, outbox::Then};
use crate::{
    budget::Class,
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

/// How often things are done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pace {
    pub(crate) poll: Duration,
    /// How many lists of single members are fetched at once before the history is read, and the time between more.
    pub(crate) fetches: (u32, Duration),
    pub(crate) history: Millis,
}

/// Between polls that hints ask for.
const HINTS: Duration = Duration::from_millis(500);
/// The time between checks for work that nothing has announced.
const IDLE: Duration = Duration::from_secs(5);
/// A pause that Nexudus asks for counts as trouble once the last good poll is older than this.
const PATIENCE: Millis = 60_000;
/// The shortest and the longest time between tries after failures.
const SHORTEST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(15);

/// The parts at their work, until this is dropped.
pub(crate) struct Work {
    upstream: Arc<Upstream>,
    writing: Task,
    reading: [Task; 3],
}

/// Does the work until this is dropped, or ended when `stopping` has turned true.
pub(crate) fn start(
    upstream: Arc<Upstream>,
    wakeups: Arc<Wakeups>,
    pace: Pace,
    stopping: watch::Receiver<bool>,
) -> Work {
    let up = || Arc::clone(&upstream);
    let begun = Arc::new(Notify::new());
    let writing = Task::spawn(writes(up(), Arc::clone(&wakeups), stopping.clone()));
    let reading = [
        Task::spawn(polls(up(), Arc::clone(&wakeups), pace, Arc::clone(&begun), stopping.clone())),
        Task::spawn(members(up(), wakeups, pace.fetches, stopping.clone())),
        Task::spawn(histories(up(), begun, stopping)),
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

/// Asks what has changed, in each interval and when there is a hint.
async fn polls(
    up: Arc<Upstream>,
    wakeups: Arc<Wakeups>,
    pace: Pace,
    begun: Arc<Notify>,
    mut stopping: watch::Receiver<bool>,
) {
    let mut backoff = Backoff::default();
    while !*stopping.borrow() {
        // This poll covers all hints up to now.
        wakeups.hint.notified().now_or_never();
        let started = Instant::now();
        let polled = match up.poll().await {
            Ok(()) => up.set_history(pace.history).await,
            Err(failed) => Err(failed),
        };
        let pause = match &polled {
            Ok(()) => {
                backoff.reset();
                begun.notify_one();
                wakeups.list.notify_one();
                pace.poll.saturating_sub(started.elapsed())
            }
            Err(Failed::Throttled) => SHORTEST,
            // Polls without an answer cost no more than others, so the pause need not grow beyond the usual interval.
            Err(_) => backoff.next().min(pace.poll.max(IDLE)),
        };
        record_health(&up, polled).await;
        tokio::select! {
            () = tokio::time::sleep(pause.max(HINTS)) => {}
            () = async { wakeups.hint.notified().await; tokio::time::sleep(HINTS).await } => {}
            () = raised(&mut stopping) => {}
        }
    }
}

/// Stores Nexudus's health: this gateway and the others answer `/readyz` from it.
async fn record_health(up: &Upstream, polled: Result<(), Failed>) {
    let health = match &polled {
        Ok(()) => Health { good: Some(up.now()), trouble: None },
        Err(failed) => {
            let good = up.store.health().await.map_or(None, |health| health.good);
            // A short pause is no trouble.
            if *failed == Failed::Throttled && good.is_some_and(|good| up.now() - good < PATIENCE) {
                return;
            }
            tracing::warn!(kind = failed.kind(), "Nexudus was asked what has changed: {}", failed.words());
            Health { good, trouble: Some(failed.words()) }
        }
    };
    if let Err(error) = up.store.set_health(&health).await {
        tracing::error!("the store does not answer: {error}");
    }
}

/// Writes dismissals as they come.
async fn writes(up: Arc<Upstream>, wakeups: Arc<Wakeups>, mut stopping: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    while !*stopping.borrow() {
        let pause = match up.write_next().await {
            Ok(Then::Again) => {
                backoff.reset();
                continue;
            }
            Ok(Then::Wait(until)) => until.map_or(IDLE, |until| millis(until - up.now()).min(IDLE)),
            Err(failed) => {
                tracing::debug!("a dismissal could not be written: {}", failed.words());
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
    let mut turns = Turns::new(fetches);
    while !*stopping.borrow() {
        let pause = match next_member(&up, &mut turns).await {
            Ok(Next::More) => {
                backoff.reset();
                continue;
            }
            Ok(Next::Nothing) => IDLE,
            // New requests do not wake this: they have no turn before the pause ends.
            Ok(Next::Later(pause)) => {
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = raised(&mut stopping) => {}
                }
                continue;
            }
            Err(failed) => {
                tracing::debug!("a member's list could not be read: {}", failed.words());
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

/// What to do after one member.
enum Next {
    /// Another one.
    More,
    /// Nobody, for now.
    Nothing,
    /// Another one, but not before that.
    Later(Duration),
}

/// Some lists are fetched at once. If more are asked for, most of the budget is left to the history, which brings all
/// lists sooner.
struct Turns {
    left: u32,
    at_once: u32,
    every: Duration,
    counted: Instant,
}

impl Turns {
    fn new((at_once, every): (u32, Duration)) -> Self {
        Self { left: at_once, at_once, every, counted: Instant::now() }
    }

    /// A turn, or how long to wait for one.
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
async fn next_member(up: &Upstream, turns: &mut Turns) -> Result<Next, Failed> {
    if up.store.progress().await?.floor.is_none() {
        return Ok(Next::Nothing);
    }
    let requested = up.store.requested_lists().await?;
    let mut known = Vec::new();
    for coworker in requested {
        let member = up.hub.member(&*up.store, coworker).await?;
        if !up.hub.has_list_of(&member) {
            if let Err(pause) = turns.take() {
                return Ok(Next::Later(pause));
            }
            up.compare_member(Class::Fetch, coworker).await?;
            return Ok(Next::More);
        }
        known.push(coworker);
    }
    let Some(coworker) = known.first() else {
        return Ok(Next::Nothing);
    };
    up.compare_member(Class::Sweep, *coworker).await?;
    Ok(Next::More)
}

/// Reads the history, and compares it once a night.
async fn histories(up: Arc<Upstream>, begun: Arc<Notify>, mut stopping: watch::Receiver<bool>) {
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
            Err(failed) => {
                tracing::debug!("the history could not be read: {}", failed.words());
                backoff.next()
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            // The first poll says where the history begins.
            () = begun.notified(), if pause > IDLE => tokio::time::sleep(SHORTEST).await,
            () = raised(&mut stopping) => {}
        }
    }
}

fn millis(time: Millis) -> Duration {
    Duration::from_millis(u64::try_from(time).unwrap_or_default())
}

/// Longer and longer pauses.
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
