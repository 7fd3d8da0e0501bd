//! How long Nexudus demands that no request is sent.

use std::time::Duration;

use coworker_notifications::api::{Response, check};

use crate::clock::Millis;

/// The pause if Nexudus does not say how long.
const DEFAULT: Duration = Duration::from_secs(1);
/// Added to the pause, since the clocks of Nexudus and the gateway may differ.
const MARGIN: Duration = Duration::from_millis(100);

/// The pause that an answer asks for: 409 (as documented) and 429, and any refusal with `Retry-After`.
pub(crate) fn pause_after(response: &Response, now: Millis) -> Option<Duration> {
    let now = chrono::DateTime::from_timestamp_millis(now);
    let asked = check(response, now).err()?.retry_after.map(Duration::from_millis);
    let is_throttle = matches!(response.status, 409 | 429);
    if !is_throttle && (asked.is_none() || response.status < 500) {
        return None;
    }
    Some(asked.or_else(|| in_words(&response.body)).unwrap_or(DEFAULT) + MARGIN)
}

/// `… Wait 5 seconds …`
fn in_words(body: &str) -> Option<Duration> {
    let lower = body.to_ascii_lowercase();
    let (_, rest) = lower.split_once("wait ")?;
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    let seconds: u64 = digits.parse().ok()?;
    let unit = rest.trim_start().get(digits.len()..)?.trim_start();
    unit.starts_with("second").then(|| Duration::from_secs(seconds.min(3_600)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pause(status: u16, retry_after: Option<&str>, body: &str) -> Option<u64> {
        let retry_after = retry_after.map(str::to_owned);
        let response = Response { status, retry_after, body: body.to_owned(), ..Response::default() };
        pause_after(&response, 0).map(|pause| (pause - MARGIN).as_secs())
    }

    #[test]
    fn throttling_is_409_and_429_with_or_without_a_stated_pause() {
        assert_eq!(pause(409, Some("1"), ""), Some(1));
        assert_eq!(pause(409, None, ""), Some(1));
        assert_eq!(pause(429, Some("30"), "Wait 5 seconds"), Some(30));
        assert_eq!(pause(429, None, "Too many requests. Please wait 7 seconds before trying again."), Some(7));
        assert_eq!(pause(429, None, r#"{"Message":"Quota exceeded. Wait 12 second(s)."}"#), Some(12));
        assert_eq!(pause(429, None, "You must wait before accessing this url again."), Some(1));
    }

    #[test]
    fn a_server_that_is_down_with_retry_after_is_a_throttle_too() {
        assert_eq!(pause(503, Some("20"), ""), Some(20));
        for (status, retry_after) in [(503, None), (500, None), (403, Some("5")), (200, Some("5"))] {
            assert_eq!(pause(status, retry_after, "wait 5 seconds"), None, "{status}");
        }
    }
}
