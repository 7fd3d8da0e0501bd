//! How much one member may ask for, and all of them together.

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

/// Requests of one member: `AT_ONCE` in a burst, and after that `A_SECOND` each second.
const A_SECOND: NonZeroU32 = NonZeroU32::new(50).unwrap();
const AT_ONCE: NonZeroU32 = NonZeroU32::new(200).unwrap();
/// Open streams of one member: devices and browsers, each with one.
const STREAMS: u32 = 20;
/// Open streams of all members.
const ALL_STREAMS: u32 = 50_000;

/// Requests of all members that are being answered. A stream that is open is none of them.
const ALL_REQUESTS: usize = 10_000;

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

/// A stream's place; given back when dropped.
pub(super) struct Place {
    member: CoworkerId,
    streams: Arc<Mutex<Streams>>,
}

impl Limits {
    pub(super) fn new() -> Self {
        let quota = Quota::per_second(A_SECOND).allow_burst(AT_ONCE);
        Self { requests: RateLimiter::keyed(quota), streams: Arc::default(), answering: Semaphore::new(ALL_REQUESTS) }
    }

    /// A place for one more request, of any member.
    fn begin(&self) -> Result<SemaphorePermit<'_>, ApiError> {
        self.answering.try_acquire().map_err(|_| ApiError::Unavailable {
            why: "Too many requests are being answered.",
            retry_after: Duration::from_secs(1),
        })
    }

    /// One more request of this member, or how long to wait.
    pub(super) fn admit(&self, member: CoworkerId) -> Result<(), ApiError> {
        self.requests.check_key(&member.0).map_err(|not_until| {
            let retry_after = not_until.wait_time_from(DefaultClock::default().now());
            ApiError::TooMany { what: "requests", retry_after }
        })
    }

    /// A place for one more stream of this member.
    pub(super) fn open_stream(&self, member: CoworkerId) -> Result<Place, ApiError> {
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
        Ok(Place { member, streams: Arc::clone(&self.streams) })
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

/// Middleware: no more requests at once than there is room for.
pub(super) async fn in_all(State(app): State<App>, request: Request, next: Next) -> Response {
    match app.limits().begin() {
        Ok(_place) => next.run(request).await,
        Err(full) => full.into_response(),
    }
}

impl Drop for Place {
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
        // Places grow back while these are taken; nobody gets twice as many.
        assert!((0..200).any(|_| matches!(limits.admit(ONE), Err(ApiError::TooMany { .. }))));
        assert!(limits.admit(OTHER).is_ok());
    }

    #[test]
    fn so_many_requests_are_answered_at_once_and_no_more() {
        let limits = Limits::new();
        let places: Vec<_> = (0..ALL_REQUESTS).map(|_| limits.begin().unwrap()).collect();
        assert!(matches!(limits.begin(), Err(ApiError::Unavailable { .. })));
        drop(places);
        assert!(limits.begin().is_ok());
    }

    #[test]
    fn a_closed_stream_gives_its_place_back() {
        let limits = Limits::new();
        let mut places: Vec<_> = (0..20).map(|_| limits.open_stream(ONE).unwrap()).collect();
        assert!(matches!(limits.open_stream(ONE), Err(ApiError::TooMany { .. })));
        assert!(limits.open_stream(OTHER).is_ok());
        places.pop();
        assert!(limits.open_stream(ONE).is_ok());
        drop(places);
        assert!(lock(&limits.streams).of_one.is_empty());
    }
}
