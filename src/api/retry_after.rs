//! How long a server asks to wait (`Retry-After`, RFC 9110 §10.2.3).

use chrono::NaiveDate;

use crate::model::Timestamp;

/// A shorter wait counts as none: then the client chooses its pause, so that it does not ask again and again at once.
const SHORTEST: u64 = 1_000;
/// Longer waits are cut to this, a day: a wrong clock somewhere must not silence the bell for good.
const LONGEST: u64 = 86_400_000;

/// The wait in milliseconds. A date counts from the answer's own `Date`, else from `now`, never from a mix of clocks.
pub(super) fn milliseconds(value: &str, date: Option<&str>, now: Option<Timestamp>) -> Option<u64> {
    let value = value.trim();
    let wait = if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        value.parse::<u32>().map_or(u64::MAX, |seconds| u64::from(seconds) * 1_000)
    } else {
        let until = http_date(value)?;
        let from = date.and_then(|date| http_date(date.trim())).or(now)?;
        u64::try_from(until.timestamp_millis().saturating_sub(from.timestamp_millis())).unwrap_or(0)
    };
    (wait >= SHORTEST).then_some(wait.min(LONGEST))
}

/// The wait in milliseconds that an answer's words ask for: "Wait 30 seconds".
pub(super) fn in_words(text: &str) -> Option<u64> {
    let text = text.to_ascii_lowercase();
    // Searching for a text would bring the standard library's two-way search into the program.
    let rest = text.char_indices().find_map(|(at, _)| text.get(at..)?.strip_prefix("wait "))?;
    let (number, rest) = rest.split_at_checked(rest.find(|c: char| !c.is_ascii_digit())?)?;
    let is_seconds = rest.trim_start().starts_with("second");
    milliseconds(number, None, None).filter(|_| is_seconds)
}

/// An IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7), the one form that senders may use.
fn http_date(text: &str) -> Option<Timestamp> {
    let (_, rest) = text.split_once(',')?;
    let mut parts = rest.strip_prefix(' ')?.split(' ');
    let day = parts.next()?.parse().ok()?;
    let month = month(parts.next()?)?;
    let year = i32::try_from(parts.next()?.parse::<u32>().ok()?).ok()?;
    let mut time = parts.next()?.splitn(3, ':').map(str::parse);
    let (hour, minute, second) = (time.next()?.ok()?, time.next()?.ok()?, time.next()?.ok()?);
    if parts.next() != Some("GMT") || parts.next().is_some() {
        return None;
    }
    Some(NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(hour, minute, second)?.and_utc())
}

fn month(name: &str) -> Option<u32> {
    const NAMES: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    (1..).zip(NAMES).find(|&(_, known)| known == name).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_timestamp;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

    #[test]
    fn seconds_are_seconds() {
        assert_eq!(milliseconds("5", None, None), Some(5_000));
        assert_eq!(milliseconds(" 7200 ", None, None), Some(7_200_000));
    }

    #[test]
    fn a_date_counts_from_the_answers_own_date() {
        let now = parse_timestamp("2025-01-10T08:00:00Z");
        assert_eq!(milliseconds("Sun, 06 Nov 1994 08:50:37 GMT", Some(DATE), now), Some(60_000));
    }

    #[test]
    fn a_date_counts_from_now_where_the_answers_date_is_hidden() {
        let now = parse_timestamp("1994-11-06T08:49:07.500Z");
        assert_eq!(milliseconds(DATE, None, now), Some(29_500));
        assert_eq!(milliseconds(DATE, Some("?"), now), Some(29_500));
        assert_eq!(milliseconds(DATE, None, None), None);
    }

    #[test]
    fn words_may_name_the_seconds() {
        for (text, wait) in [
            ("Too many requests. Wait 30 seconds.", Some(30_000)),
            ("please WAIT 1 second", Some(1_000)),
            ("Wait 0 seconds", None),
            ("Wait 5 minutes", None),
            ("Wait seconds", None),
            ("Wait 5", None),
            ("wait é seconds", None),
            ("You must wait before accessing this url again.", None),
            ("", None),
        ] {
            assert_eq!(in_words(text), wait, "{text}");
        }
    }

    #[test]
    fn no_time_at_all_is_no_word_about_a_wait() {
        let now = parse_timestamp("2025-01-10T08:00:00Z");
        for value in ["0", "000", DATE] {
            assert_eq!(milliseconds(value, None, now), None, "{value}");
        }
    }

    #[test]
    fn no_wait_is_longer_than_a_day() {
        for value in ["86401", "99999999999999999999999999", "Sun, 06 Nov 2094 08:49:37 GMT"] {
            assert_eq!(milliseconds(value, Some(DATE), None), Some(86_400_000), "{value}");
        }
    }

    #[test]
    fn what_is_neither_seconds_nor_a_date_is_ignored() {
        let now = parse_timestamp("2025-01-10T08:00:00Z");
        for value in [
            "",
            "soon",
            "-5",
            "1.5",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Nov 1994 08:49 GMT",
            "Sun, 06 Nov 1994",
        ] {
            assert_eq!(milliseconds(value, None, now), None, "{value}");
        }
    }
}
