//! Limits on requests and streams: of one member, and of all members together.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use coworker_notifications::model::CoworkerId;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use metrics::gauge;

use tokio::sync::{Semaphore, SemaphorePermit};

use super::App;
use super::error::ApiError;

/// The requests of one member: a burst of `BURST`, and after that `PER_SECOND`.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();
const BURST: NonZeroU32 = NonZeroU32::new(200).unwrap();
/// The most open streams of one member: each browser on each device has one.
const STREAMS: u32 = 20;
/// The most open streams of all members.
const ALL_STREAMS: u32 = 50_000;

/// The most requests of all members that are answered at the same time. Open streams do not count.
const CONCURRENT_REQUESTS: usize = 10_000;

/// Counts requests and streams by member.
pub(super) struct Limits {
    requests: DefaultKeyedRateLimiter<i64>,
    streams: Arc<Mutex<Streams>>,
    answering: Semaphore,
}

#[derive(Default)]
struct Streams {
    of_all: u32,
    of_one: HashMap<CoworkerId, u32>,
}

/// The permit of an open stream, which is returned when this is dropped.
pub(super) struct StreamPermit {
    member: CoworkerId,
    streams: Arc<Mutex<Streams>>,
}

impl Limits {
    pub(super) fn new() -> Self {
        let quota = Quota::per_second(PER_SECOND).allow_burst(BURST);
        Self {
            requests: RateLimiter::keyed(quota),
            streams: Arc::default(),
            answering: Semaphore::new(CONCURRENT_REQUESTS),
        }
    }

    /// A permit to answer one more request, of any member.
    fn begin(&self) -> Result<SemaphorePermit<'_>, ApiError> {
        self.answering.try_acquire().map_err(|_| ApiError::Unavailable {
            why: "Too many requests are being answered.",
            retry_after: Duration::from_secs(1),
        })
    }

    /// Counts a request of this member, or says how long to wait.
    pub(super) fn admit(&self, member: CoworkerId) -> Result<(), ApiError> {
        self.requests.check_key(&member.0).map_err(|not_until| {
            let retry_after = not_until.wait_time_from(DefaultClock::default().now());
            ApiError::TooMany { what: "requests", retry_after }
        })
    }

    /// A permit for one more stream of this member.
    pub(super) fn open_stream(&self, member: CoworkerId) -> Result<StreamPermit, ApiError> {
        let mut streams = lock(&self.streams);
        if streams.of_all >= ALL_STREAMS {
            return Err(ApiError::Unavailable {
                why: "Too many streams are open.",
                retry_after: Duration::from_secs(60),
            });
        }
        let of_this = streams.of_one.entry(member).or_default();
        if *of_this >= STREAMS {
            return Err(ApiError::TooMany { what: "open streams", retry_after: Duration::from_secs(30) });
        }
        *of_this += 1;
        streams.of_all += 1;
        gauge!("gateway_streams_open").set(streams.of_all);
        Ok(StreamPermit { member, streams: Arc::clone(&self.streams) })
    }

    /// How many streams are open.
    pub(super) fn streams(&self) -> u32 {
        lock(&self.streams).of_all
    }

    /// Forgets members who have not asked for a while.
    pub(super) fn forget_idle(&self) {
        self.requests.retain_recent();
        self.requests.shrink_to_fit();
    }
}

/// Middleware: refuses requests while too many are being answered.
pub(super) async fn limit_concurrency(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.limits().begin() {
        Ok(_permit) => next.run(request).await,
        Err(full) => full.into_response(),
    }
}

impl Drop for StreamPermit {
    fn drop(&mut self) {
        let mut streams = lock(&self.streams);
        streams.of_all -= 1;
        if let Some(of_this) = streams.of_one.get_mut(&self.member) {
            *of_this -= 1;
            if *of_this == 0 {
                streams.of_one.remove(&self.member);
            }
        }
        gauge!("gateway_streams_open").set(streams.of_all);
    }
}

fn lock(streams: &Mutex<Streams>) -> MutexGuard<'_, Streams> {
    streams.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: CoworkerId = CoworkerId(1);
    const OTHER: CoworkerId = CoworkerId(2);

    #[test]
    fn one_member_may_ask_200_times_at_once_and_others_are_not_held_up() {
        let limits = Limits::new();
        assert!((0..200).all(|_| limits.admit(ONE).is_ok()));
        // The rate limit recovers during the loop, but not by as much as a second burst.
        assert!((0..200).any(|_| matches!(limits.admit(ONE), Err(ApiError::TooMany { .. }))));
        assert!(limits.admit(OTHER).is_ok());
    }

    #[test]
    fn so_many_requests_are_answered_at_once_and_no_more() {
        let limits = Limits::new();
        let permits: Vec<_> = (0..CONCURRENT_REQUESTS).map(|_| limits.begin().unwrap()).collect();
        assert!(matches!(limits.begin(), Err(ApiError::Unavailable { .. })));
        drop(permits);
        assert!(limits.begin().is_ok());
    }

    #[test]
    fn a_closed_stream_returns_its_permit() {
        let limits = Limits::new();
        let mut permits: Vec<_> = (0..20).map(|_| limits.open_stream(ONE).unwrap()).collect();
        assert!(matches!(limits.open_stream(ONE), Err(ApiError::TooMany { .. })));
        assert!(limits.open_stream(OTHER).is_ok());
        permits.pop();
        assert!(limits.open_stream(ONE).is_ok());
        drop(permits);
        assert!(lock(&limits.streams).of_one.is_empty());
    }
}
