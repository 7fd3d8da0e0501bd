//! The clock, which nothing else reads, and the formats of times.

use chrono::{DateTime, DurationRound, NaiveDate, NaiveDateTime, TimeDelta, Utc};

const SECOND: TimeDelta = TimeDelta::seconds(1);
const MINUTE: TimeDelta = TimeDelta::minutes(1);

/// A clock that runs at the usual pace, from now or from a moment of one's choice.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// A clock that reads `start` at this moment; without `start`, the right time.
    pub(crate) fn starting_at(start: Option<DateTime<Utc>>) -> Self {
        let offset = start.map_or(TimeDelta::zero(), |start| start - Utc::now());
        Self { offset }
    }

    pub(crate) fn now(self) -> DateTime<Utc> {
        Utc::now() + self.offset
    }
}

/// As the API prints times: `2025-01-10T08:00:00Z`.
pub(crate) fn iso(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// As HTTP headers print times: `Fri, 10 Jan 2025 08:00:00 GMT`.
pub(crate) fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// Without fractions of a second.
pub(crate) fn to_second(time: DateTime<Utc>) -> DateTime<Utc> {
    time.duration_trunc(SECOND).unwrap_or(time)
}

/// Without seconds: ranges in queries are this precise.
pub(crate) fn to_minute(time: DateTime<Utc>) -> DateTime<Utc> {
    time.duration_trunc(MINUTE).unwrap_or(time)
}

/// Reads the bound of a range: `2025-01-10T08:00`, also with seconds, a `Z`, or the date alone.
pub(crate) fn parse_minute(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim().trim_end_matches('Z');
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f"))
        .or_else(|_| NaiveDate::parse_from_str(text, "%Y-%m-%d").map(|day| day.and_time(Default::default())))
        .ok()?;
    Some(to_minute(local.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_bounds_are_read_to_the_minute() {
        let minute = parse_minute("2025-01-10T08:15").map(iso);
        assert_eq!(minute.as_deref(), Some("2025-01-10T08:15:00Z"));
        assert_eq!(parse_minute("2025-01-10T08:15:59.5Z").map(iso), minute);
        assert_eq!(parse_minute("2025-01-10").map(iso).as_deref(), Some("2025-01-10T00:00:00Z"));
        assert_eq!(parse_minute("yesterday"), None);
    }

    #[test]
    fn a_clock_starts_where_it_is_told() {
        let start = parse_minute("2020-02-29T12:00").expect("a time");
        let now = Clock::starting_at(Some(start)).now();
        assert!(now - start < TimeDelta::seconds(5), "{now} is not close to {start}");
    }

    #[test]
    fn http_dates_are_in_gmt() {
        let time = parse_minute("2025-01-10T08:00").expect("a time");
        assert_eq!(http_date(time), "Fri, 10 Jan 2025 08:00:00 GMT");
    }
}
