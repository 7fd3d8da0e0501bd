//! The event stream, `GET /api/spaces/coworkernotifications/events`: it announces that a list has changed, without its
//! content.
//!
//! No events are queued: a slow client gets the newest state. So the first event brings every client up to date, whatever
//! its `Last-Event-ID` is.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::extract::{RawQuery, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, BoxStream, StreamExt};
use tokio::sync::watch;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep_until};

use super::App;
use super::auth::{AuthenticatedMember, requested_profile};
use super::error::ApiError;
use super::params::Search;
use crate::MemberState;
use crate::identity::Member;

/// The time between two comments, which keep proxies and browsers from closing an idle connection.
const COMMENT_EVERY: Duration = Duration::from_secs(25);
/// The longest life of a stream. The client then reconnects with the token that it has by then.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// How long a stream lives whose token does not say when it expires. The token is then checked again, as for lists.
const NO_EXPIRY: Duration = Duration::from_secs(5 * 60);
/// Clients reconnect no faster than one in this time, which is half of the rate that the portal allows.
const RECONNECT_SPACING: Duration = Duration::from_millis(200);

pub(super) async fn events(
    AuthenticatedMember(member): AuthenticatedMember,
    State(app): State<App>,
    RawQuery(encoded): RawQuery,
) -> Result<Response, ApiError> {
    let search = Search::parse(encoded.as_deref().unwrap_or_default())?;
    let coworker = requested_profile(&member, search.coworker)?;
    // Such a stream would end at once, so the client needs a new token first.
    if member.has_expired(SystemTime::now()) {
        return Err(ApiError::Unauthorized("The token has expired."));
    }
    let permit = app.limits().open_stream(member.default_coworker())?;
    app.space().visited(coworker);
    let states = stream::unfold(app.space().watch(coworker), |mut watch| async {
        let state = watch.next().await?;
        Some((state, watch))
    });
    let events = Events::new(states.boxed(), app.stopping(), End::of(&member, app.limits().streams()));
    let body = stream::unfold(Box::new((events, permit)), |mut open| async {
        let text = open.0.next().await?;
        Some((Ok::<_, Infallible>(text), open))
    });
    // This header keeps nginx from buffering the stream.
    let headers = [(CONTENT_TYPE.as_str(), "text/event-stream"), ("x-accel-buffering", "no")];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// When a stream ends by itself, and the reason in its last event.
struct End {
    at: Instant,
    reason: &'static str,
}

impl End {
    /// The end of a member's new stream, while `open` streams are open in all.
    fn of(member: &Member, open: u32) -> Self {
        let now = Instant::now();
        // Random, so that clients that connected together do not reconnect together.
        let about = |time: Duration| time.mul_f64(rand::random_range(0.9..1.0));
        let renew = |time| Self { at: now + about(time), reason: "renew" };
        let Some(expires) = member.expires() else {
            return renew((RECONNECT_SPACING * open).clamp(NO_EXPIRY, LONGEST));
        };
        match expires.duration_since(SystemTime::now()).unwrap_or_default() {
            left if left < LONGEST => Self { at: now + left, reason: "expired" },
            _ => renew(LONGEST),
        }
    }
}

struct Events {
    /// Ends when the space stops.
    states: BoxStream<'static, MemberState>,
    stopping: watch::Receiver<bool>,
    end: End,
    comments: Interval,
    said_bye: bool,
}

impl Events {
    fn new(states: BoxStream<'static, MemberState>, stopping: watch::Receiver<bool>, end: End) -> Self {
        let mut comments = interval_at(Instant::now() + COMMENT_EVERY, COMMENT_EVERY);
        comments.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { states, stopping, end, comments, said_bye: false }
    }

    /// The next piece of the stream; `None` after `bye`.
    async fn next(&mut self) -> Option<Bytes> {
        if self.said_bye {
            return None;
        }
        let next = tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => Next::Bye("shutdown"),
            () = sleep_until(self.end.at) => Next::Bye(self.end.reason),
            state = self.states.next() => state.map_or(Next::Bye("shutdown"), Next::Changed),
            _ = self.comments.tick() => Next::Comment,
        };
        Some(match next {
            Next::Changed(state) => changed(&state),
            Next::Comment => Bytes::from_static(b":\n\n"),
            Next::Bye(reason) => {
                self.said_bye = true;
                format!("event: bye\ndata: {{\"reason\":\"{reason}\"}}\n\n").into()
            }
        })
    }
}

enum Next {
    Changed(MemberState),
    Comment,
    Bye(&'static str),
}

fn changed(state: &MemberState) -> Bytes {
    let newest = state.newest.map_or_else(|| "null".to_owned(), |id| id.0.to_string());
    let MemberState { cursor, total, .. } = state;
    format!("event: changed\nid: {cursor}\ndata: {{\"total\":{total},\"newest\":{newest}}}\n\n").into()
}

#[cfg(test)]
mod tests {
    use coworker_notifications::model::{CoworkerId, NotificationId};

    use super::*;

    fn state(cursor: u64) -> MemberState {
        MemberState { cursor, total: 2, newest: Some(NotificationId(7)) }
    }

    fn end(left: u64) -> End {
        let expires = SystemTime::now() + Duration::from_secs(left);
        End::of(&Member::new(&[CoworkerId(1)], Some(expires)).unwrap(), 1)
    }

    /// A stream of these states, after which the list stays as it is.
    fn events(states: Vec<MemberState>, end: End) -> (Events, watch::Sender<bool>) {
        let (stop, stopping) = watch::channel(false);
        (Events::new(stream::iter(states).chain(stream::pending()).boxed(), stopping, end), stop)
    }

    const RENEW: &str = "event: bye\ndata: {\"reason\":\"renew\"}\n\n";

    #[test]
    fn an_event_names_cursor_total_and_newest() {
        assert_eq!(changed(&state(9)), "event: changed\nid: 9\ndata: {\"total\":2,\"newest\":7}\n\n");
        let none = MemberState { cursor: 10, total: 0, newest: None };
        assert_eq!(changed(&none), "event: changed\nid: 10\ndata: {\"total\":0,\"newest\":null}\n\n");
    }

    #[tokio::test(start_paused = true)]
    async fn a_comment_comes_every_25_seconds_until_the_stream_has_had_its_time() {
        let (mut events, _stop) = events(vec![state(1)], end(7 * 86_400));
        let start = Instant::now();
        assert_eq!(events.next().await, Some(changed(&state(1))));
        for count in 1..=100 {
            assert_eq!(events.next().await.unwrap(), ":\n\n");
            assert_eq!(start.elapsed().as_secs(), 25 * count);
        }
        let mut last = Bytes::new();
        while let Some(text) = events.next().await {
            last = text;
        }
        assert_eq!(last, RENEW);
        assert!((3240..=3600).contains(&start.elapsed().as_secs()), "an hour, more or less");
    }

    #[tokio::test(start_paused = true)]
    async fn a_token_that_may_have_been_taken_back_is_asked_about_within_minutes() {
        let member = Member::new(&[CoworkerId(1)], None).unwrap();
        let minutes = |open| (End::of(&member, open).at - Instant::now()).as_secs_f64() / 60.0;
        assert!((4.5..=5.0).contains(&minutes(1)), "{}", minutes(1));
        // Where many are open, the portal has no more to answer: 10,000 readers come back five a second.
        assert!((30.0..=33.4).contains(&minutes(10_000)), "{}", minutes(10_000));
        assert!((54.0..=60.0).contains(&minutes(50_000)), "{}", minutes(50_000));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_ends_with_its_token() {
        let (mut events, _stop) = events(Vec::new(), end(10));
        assert_eq!(events.next().await.unwrap(), "event: bye\ndata: {\"reason\":\"expired\"}\n\n");
        assert_eq!(events.next().await, None);
    }

    #[tokio::test]
    async fn a_stream_ends_when_the_program_stops_and_when_the_space_does() {
        let shutdown = "event: bye\ndata: {\"reason\":\"shutdown\"}\n\n";
        let (mut stopped, stop) = events(vec![state(1)], end(60));
        stop.send_replace(true);
        assert_eq!(stopped.next().await.unwrap(), shutdown);
        let (_stop, stopping) = watch::channel(false);
        let mut ended = Events::new(stream::empty().boxed(), stopping, end(60));
        assert_eq!(ended.next().await.unwrap(), shutdown);
    }
}
