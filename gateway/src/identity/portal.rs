//! The space's portal, which says who a member's own Nexudus token belongs to.

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
use super::memory::Known;
use crate::config::Address;

/// The time between the starts of two questions: the vendor documents one request in 100 ms.
const SPACING: Duration = Duration::from_millis(100);
/// Questions at once.
const AT_ONCE: usize = 4;
/// How long a question waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long no question is sent after the portal was down, or after it asked for a pause of unstated length.
const REST: Duration = Duration::from_secs(1);

/// The portal cannot say now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unavailable {
    pub(super) retry_after: Duration,
}

pub(super) struct Portal {
    client: reqwest::Client,
    url: String,
    at_once: Semaphore,
    pace: Mutex<Pace>,
}

/// When the next question may be asked.
struct Pace {
    next: Instant,
    /// No question is sent before this moment: the portal was down, or asked for a pause.
    rest: Instant,
}

impl Pace {
    /// A turn not later than `latest`.
    fn take(&mut self, now: Instant, latest: Instant) -> Result<Instant, Unavailable> {
        let turn = self.next.max(self.rest).max(now);
        if turn > latest {
            return Err(Unavailable { retry_after: turn - now });
        }
        self.next = turn + SPACING;
        Ok(turn)
    }

    fn rest(&mut self, until: Instant) {
        self.rest = self.rest.max(until);
    }

    /// Whether rest was asked for while a question waited for its turn.
    fn still_open(&self, now: Instant) -> Result<(), Unavailable> {
        if self.rest <= now { Ok(()) } else { Err(Unavailable { retry_after: self.rest - now }) }
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
        let pace = Mutex::new(Pace { next: Instant::now(), rest: Instant::now() });
        Self { client, url, at_once: Semaphore::new(AT_ONCE), pace }
    }

    /// Asks whose a token is, when it is this question's turn.
    pub(super) async fn ask(&self, token: &str) -> Result<Known, Unavailable> {
        let latest = Instant::now() + PATIENCE;
        let turn = self.pace().take(Instant::now(), latest)?;
        sleep_until(turn).await;
        let no_turn = |_| Unavailable { retry_after: REST };
        let _place = timeout_at(latest, self.at_once.acquire()).await.map_err(no_turn)?;
        self.pace().still_open(Instant::now())?;
        let answer = self.send(token).await;
        let outcome = match &answer {
            Ok(Known::Member(_)) => "member",
            Ok(Known::Nobody) => "nobody",
            Ok(Known::NoProfile) => "no_profile",
            Err(_) => "unavailable",
        };
        counter!("gateway_portal_questions_total", "outcome" => outcome).increment(1);
        answer.map_err(|problem| {
            tracing::warn!(reason = problem.reason, status = problem.status, "the portal cannot say who a member is");
            self.pace().rest(Instant::now() + problem.rest);
            Unavailable { retry_after: problem.rest }
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

    async fn send(&self, token: &str) -> Result<Known, Trouble> {
        let mut authorization =
            HeaderValue::try_from(format!("Bearer {token}")).map_err(|_| Trouble::new("no header"))?;
        authorization.set_sensitive(true);
        let request =
            self.client.get(&self.url).header(AUTHORIZATION, authorization).header(ACCEPT, "application/json");
        let response = request.send().await.map_err(|error| Trouble::new(reason(&error)))?;
        let status = response.status();
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let (retry_after, date, location) = (header(RETRY_AFTER), header(DATE), header(LOCATION));
        let about = |why| Trouble { status: Some(status.as_u16()), ..Trouble::new(why) };
        match status {
            StatusCode::OK => {
                let body = body(response).await.ok_or_else(|| about("its answer breaks off or is too large"))?;
                read(&body).ok_or_else(|| about("its answer is no list of profiles"))
            }
            StatusCode::UNAUTHORIZED => Ok(Known::Nobody),
            // The answer refuses the token, except for a page in HTML: that comes from a firewall before the portal.
            StatusCode::FORBIDDEN => match body(response).await.unwrap_or_default().trim_ascii_start() {
                [b'<', ..] => Err(about("a wall before it lets no program through")),
                _ => Ok(Known::Nobody),
            },
            status if status.is_redirection() => {
                let location = location.map(|to| format!(" to {}", crate::config::redacted(&to))).unwrap_or_default();
                Err(Trouble { location, ..about("it leads elsewhere") })
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
                let rest = wait.map_or(REST, Duration::from_millis).min(Duration::from_secs(60));
                Err(Trouble { rest, ..about("it refuses to say") })
            }
        }
    }

    fn pace(&self) -> std::sync::MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why there was no answer that counts.
struct Trouble {
    reason: &'static str,
    status: Option<u16>,
    /// Where a redirect leads, with a blank before it.
    location: String,
    /// How long no question should be sent.
    rest: Duration,
}

impl Trouble {
    fn new(reason: &'static str) -> Self {
        Self { reason, status: None, location: String::new(), rest: REST }
    }
}

/// The profiles in an answer. All else in it, a token among them, is not read.
fn read(body: &[u8]) -> Option<Known> {
    let Profiles { mut profiles } = serde_json::from_slice(body).ok()?;
    // The member no longer has a profile that is not active.
    profiles.retain(|profile| profile.active != Some(false) && profile.id > 0);
    profiles.sort_by_key(|profile| profile.is_default_profile != Some(true));
    let ids: Vec<CoworkerId> = profiles.iter().map(|profile| CoworkerId(profile.id)).collect();
    Some(Member::new(&ids, None).map_or(Known::NoProfile, Known::Member))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(body: &str) -> Option<Vec<i64>> {
        match read(body.as_bytes())? {
            Known::Member(member) => Some(member.coworkers().iter().map(|id| id.0).collect()),
            Known::NoProfile => Some(Vec::new()),
            Known::Nobody => None,
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
    fn questions_are_apart_and_wait_only_so_long() {
        let now = Instant::now();
        let mut pace = Pace { next: now, rest: now };
        let latest = now + Duration::from_millis(250);
        let turns: Vec<_> = (0..4).map(|_| pace.take(now, latest).map(|turn| (turn - now).as_millis())).collect();
        assert_eq!(turns[..3], [Ok(0), Ok(100), Ok(200)]);
        assert_eq!(turns[3], Err(Unavailable { retry_after: Duration::from_millis(300) }));
        assert_eq!(pace.still_open(now), Ok(()));
        pace.rest(now + Duration::from_secs(30));
        assert!(pace.still_open(now).is_err(), "who has a turn already does not ask either");
        assert!(pace.take(now, now + PATIENCE).is_err());
    }
}
