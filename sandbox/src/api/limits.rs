//! The vendor's documented limits for one client: above them requests are answered with 409, "for legacy reasons".

use std::collections::{BTreeMap, VecDeque};

use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, TimeDelta, Utc};

use crate::access::bearer;
use crate::state::Sandbox;

const DAY: TimeDelta = TimeDelta::days(1);
/// So many requests within so long.
const ALL: [(usize, TimeDelta); 4] =
    [(1, TimeDelta::milliseconds(100)), (120, TimeDelta::minutes(1)), (5_000, TimeDelta::hours(1)), (200_000, DAY)];
const WRITES: [(usize, TimeDelta); 2] = [(60, TimeDelta::minutes(1)), (5_000, DAY)];

/// When each client, identified by its token, was served during the last day.
#[derive(Debug, Default)]
pub(crate) struct Limits(BTreeMap<String, Served>);

#[derive(Debug, Default)]
struct Served {
    all: VecDeque<DateTime<Utc>>,
    writes: VecDeque<DateTime<Utc>>,
}

impl Limits {
    /// Whether one more request may be served now. Only then it counts.
    fn admit(&mut self, client: &str, is_write: bool, now: DateTime<Utc>) -> bool {
        let Served { all, writes } = self.0.entry(client.to_owned()).or_default();
        for times in [&mut *all, &mut *writes] {
            while times.front().is_some_and(|time| *time <= now - DAY) {
                times.pop_front();
            }
        }
        let admitted = has_room(all, &ALL, now) && (!is_write || has_room(writes, &WRITES, now));
        if admitted {
            all.push_back(now);
            if is_write {
                writes.push_back(now);
            }
        }
        admitted
    }
}

fn has_room(times: &VecDeque<DateTime<Utc>>, limits: &[(usize, TimeDelta)], now: DateTime<Utc>) -> bool {
    limits.iter().all(|(most, within)| {
        let old = times.partition_point(|time| *time <= now - *within);
        times.len() - old < *most
    })
}

/// Middleware that refuses what is above the limits, where these are switched on. Who a member is may be asked freely.
pub(super) async fn apply(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let client = bearer(request.headers()).filter(|_| request.uri().path().starts_with("/api/spaces"));
    let now = sandbox.now();
    let admitted = client.is_none_or(|client| {
        let mut data = sandbox.data();
        let is_write = !matches!(*request.method(), Method::GET | Method::HEAD);
        !data.faults.limits || data.limits.admit(client, is_write, now)
    });
    if admitted { next.run(request).await } else { (StatusCode::CONFLICT, [(RETRY_AFTER, "1")]).into_response() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many of `count` requests, `gap` milliseconds apart, are served.
    fn served(count: i64, gap: i64, is_write: bool) -> i64 {
        let (mut limits, start) = (Limits::default(), Utc::now());
        let at = |index: i64| start + TimeDelta::milliseconds(index * gap);
        (0..count).filter(|index| limits.admit("one", is_write, at(*index))).count() as i64
    }

    #[test]
    fn one_request_in_a_tenth_of_a_second_and_120_in_a_minute() {
        assert_eq!(served(10, 10, false), 1);
        assert_eq!(served(200, 100, false), 120);
        assert_eq!(served(100, 100, true), 60);
        assert_eq!(served(6_000, 600, false), 5_000);
    }

    #[test]
    fn each_client_has_limits_of_its_own_and_a_refusal_does_not_count() {
        let (mut limits, now) = (Limits::default(), Utc::now());
        assert!(limits.admit("one", false, now) && limits.admit("two", false, now));
        assert!(!limits.admit("one", false, now + TimeDelta::milliseconds(90)));
        assert!(limits.admit("one", false, now + TimeDelta::milliseconds(100)));
    }
}
