//! The client of the space's portal, which says to whom a Nexudus token belongs.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use coworker_notifications::api::{Response, check};
use coworker_notifications::model::CoworkerId;
use metrics::counter;
use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, DATE, HeaderValue, LOCATION, RETRY_AFTER};
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep_until, timeout_at};

use super::Member;
use super::client::{body, reason};
use super::token_cache::TokenOwner;
use crate::config::Address;

/// The time between the starts of two requests. The vendor documents a limit of one request in 100 ms.
const SPACING: Duration = Duration::from_millis(100);
/// The most requests in flight.
const IN_FLIGHT: usize = 4;
/// How long a request waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long no request is sent after the portal was down, or after it asked for a pause of unstated length.
const PAUSE: Duration = Duration::from_secs(1);

/// The portal does not answer now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unavailable {
    pub(super) retry_after: Duration,
}

pub(super) struct Portal {
    client: reqwest::Client,
    url: String,
    in_flight: Semaphore,
    rate: Mutex<RateLimit>,
}

/// When the next request may be sent.
struct RateLimit {
    next: Instant,
    /// No request is sent before this moment: the portal was down, or asked for a pause.
    paused_until: Instant,
}

impl RateLimit {
    /// Reserves the next moment at which a request may be sent, if it is not later than `latest`.
    fn reserve(&mut self, now: Instant, latest: Instant) -> Result<Instant, Unavailable> {
        let turn = self.next.max(self.paused_until).max(now);
        if turn > latest {
            return Err(Unavailable { retry_after: turn - now });
        }
        self.next = turn + SPACING;
        Ok(turn)
    }

    fn pause(&mut self, until: Instant) {
        self.paused_until = self.paused_until.max(until);
    }

    /// Fails if a pause has begun while a request waited for its turn.
    fn check_pause(&self, now: Instant) -> Result<(), Unavailable> {
        if self.paused_until <= now { Ok(()) } else { Err(Unavailable { retry_after: self.paused_until - now }) }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Profiles {
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Profile {
    id: i64,
    #[serde(default)]
    is_default_profile: Option<bool>,
    #[serde(default)]
    active: Option<bool>,
}

impl Portal {
    pub(super) fn new(client: reqwest::Client, address: &Address) -> Self {
        let url = format!("{}/api/public/coworkers/profiles", address.as_str());
        let rate = Mutex::new(RateLimit { next: Instant::now(), paused_until: Instant::now() });
        Self { client, url, in_flight: Semaphore::new(IN_FLIGHT), rate }
    }

    /// Asks to whom a token belongs, once the rate limit allows the request.
    pub(super) async fn owner_of(&self, token: &str) -> Result<TokenOwner, Unavailable> {
        let latest = Instant::now() + PATIENCE;
        let turn = self.rate().reserve(Instant::now(), latest)?;
        sleep_until(turn).await;
        let no_turn = |_| Unavailable { retry_after: PAUSE };
        let _permit = timeout_at(latest, self.in_flight.acquire()).await.map_err(no_turn)?;
        self.rate().check_pause(Instant::now())?;
        let answer = self.send(token).await;
        let outcome = match &answer {
            Ok(TokenOwner::Member(_)) => "member",
            Ok(TokenOwner::Nobody) => "nobody",
            Ok(TokenOwner::NoProfile) => "no_profile",
            Err(_) => "unavailable",
        };
        counter!("gateway_portal_questions_total", "outcome" => outcome).increment(1);
        answer.map_err(|problem| {
            tracing::warn!(reason = problem.reason, status = problem.status, "the portal cannot say who a member is");
            self.rate().pause(Instant::now() + problem.pause);
            Unavailable { retry_after: problem.pause }
        })
    }

    /// Tries the portal with a token that does not exist.
    pub(super) async fn check(&self) -> Result<String, String> {
        let what = match self.send("nobody-has-this-token").await {
            Ok(_) => return Ok(format!("portal: {} knows members by their tokens", self.url)),
            Err(problem) => problem,
        };
        Err(match what.status {
            Some(status @ 300..400) => format!(
                "portal: {} leads elsewhere (HTTP {status}{}): set --portal (PORTAL_URL) to the address it leads to",
                self.url, what.location
            ),
            Some(status) => format!(
                "portal: {} answers HTTP {status}, but {}: set --portal (PORTAL_URL) to the space's portal, as in \
                 https://SPACE.spaces.nexudus.com",
                self.url, what.reason
            ),
            None => format!("portal: {}: {}: check --portal (PORTAL_URL) and the network", self.url, what.reason),
        })
    }

    async fn send(&self, token: &str) -> Result<TokenOwner, PortalError> {
        let mut authorization =
            HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| PortalError::new("no header"))?;
        authorization.set_sensitive(true);
        let request =
            self.client.get(&self.url).header(AUTHORIZATION, authorization).header(ACCEPT, "application/json");
        let response = request.send().await.map_err(|error| PortalError::new(reason(&error)))?;
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (retry_after, date, location) = (header(RETRY_AFTER), header(DATE), header(LOCATION));
        let about = |why| PortalError { status: Some(status.as_u16()), ..PortalError::new(why) };
        match status {
            StatusCode::OK => {
                let body = body(response).await.ok_or_else(|| about("its answer breaks off or is too large"))?;
                read(&body).ok_or_else(|| about("its answer is no list of profiles"))
            }
            StatusCode::UNAUTHORIZED => Ok(TokenOwner::Nobody),
            // The answer refuses the token, except for a page in HTML: that comes from a firewall before the portal.
            StatusCode::FORBIDDEN => match body(response).await.unwrap_or_default().trim_ascii_start() {
                [b'<', ..] => Err(about("a wall before it lets no program through")),
                _ => Ok(TokenOwner::Nobody),
            },
            status if status.is_redirection() => {
                let location = location.map(|to| format!(" to {}", crate::config::redacted(&to))).unwrap_or_default();
                Err(PortalError { location, ..about("it leads elsewhere") })
            }
            status => {
                let body = body(response).await.unwrap_or_default();
                let answer = Response {
                    status: status.as_u16(),
                    retry_after,
                    date,
                    body: String::from_utf8_lossy(&body).into_owned(),
                    ..Response::default()
                };
                let wait = check(&answer, None).err().and_then(|failure| failure.retry_after);
                let pause = wait.map_or(PAUSE, Duration::from_millis).min(Duration::from_secs(60));
                Err(PortalError { pause, ..about("it refuses to say") })
            }
        }
    }

    fn rate(&self) -> std::sync::MutexGuard<'_, RateLimit> {
        self.rate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why the portal did not say to whom a token belongs.
struct PortalError {
    reason: &'static str,
    status: Option<u16>,
    /// Where a redirect leads, with a blank before it.
    location: String,
    /// How long no request should be sent.
    pause: Duration,
}

impl PortalError {
    fn new(reason: &'static str) -> Self {
        Self { reason, status: None, location: String::new(), pause: PAUSE }
    }
}

/// Reads the profiles in an answer. Nothing else in it is read: it also holds a token.
fn read(body: &[u8]) -> Option<TokenOwner> {
    let Profiles { mut profiles } = serde_json::from_slice(body).ok()?;
    // A profile that is not active is not the member's any more.
    profiles.retain(|profile| profile.active != Some(false) && profile.id > 0);
    profiles.sort_by_key(|profile| profile.is_default_profile != Some(true));
    let ids: Vec<CoworkerId> = profiles.iter().map(|profile| CoworkerId(profile.id)).collect();
    Some(Member::new(&ids, None).map_or(TokenOwner::NoProfile, TokenOwner::Member))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(body: &str) -> Option<Vec<i64>> {
        match read(body.as_bytes())? {
            TokenOwner::Member(member) => Some(member.coworkers().iter().map(|id| id.0).collect()),
            TokenOwner::NoProfile => Some(Vec::new()),
            TokenOwner::Nobody => None,
        }
    }

    #[test]
    fn the_default_profile_is_first_and_a_past_one_is_left_out() {
        let body = r#"{"User":{"AccessToken":"x"},"Profiles":[
            {"Id":3,"IsDefaultProfile":false,"Active":true},{"Id":1,"IsDefaultProfile":true,"Active":true},
            {"Id":2,"IsDefaultProfile":false,"Active":false},{"Id":4}]}"#;
        assert_eq!(ids(body), Some(vec![1, 3, 4]));
        assert_eq!(ids(r#"{"Profiles":[{"Id":2,"IsDefaultProfile":true,"Active":false}]}"#), Some(vec![]));
        assert_eq!(ids(r#"{"Profiles":[]}"#), Some(vec![]));
    }

    #[test]
    fn what_is_no_list_of_profiles_names_nobody() {
        for body in ["", "<html>", "null", "{}", r#"{"Profiles":null}"#, r#"{"Profiles":[{"Id":"1"}]}"#, "[{\"Id\":1}]"]
        {
            assert_eq!(ids(body), None, "{body}");
        }
    }

    #[test]
    fn requests_are_spaced_and_wait_only_so_long() {
        let now = Instant::now();
        let mut rate = RateLimit { next: now, paused_until: now };
        let latest = now + Duration::from_millis(250);
        let turns: Vec<_> = (0..4).map(|_| rate.reserve(now, latest).map(|turn| (turn - now).as_millis())).collect();
        assert_eq!(turns[..3], [Ok(0), Ok(100), Ok(200)]);
        assert_eq!(turns[3], Err(Unavailable { retry_after: Duration::from_millis(300) }));
        assert_eq!(rate.check_pause(now), Ok(()));
        rate.pause(now + Duration::from_secs(30));
        assert!(rate.check_pause(now).is_err(), "a request that has reserved its moment is not sent either");
        assert!(rate.reserve(now, now + PATIENCE).is_err());
    }
}
