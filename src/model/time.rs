//! Moments in time, in the API's format.
//!
//! This module reads and writes them byte by byte, because chrono's formatting would add kilobytes to the widget.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

/// A moment in UTC.
pub type Timestamp = DateTime<Utc>;

/// Reads an ISO 8601 date and time: `YYYY-MM-DD[T ]HH:MM[:SS[.fraction]][Z|±HH[:]MM]`, or a date alone.
///
/// The Nexudus reference shows UTC with `Z`; its APIs have been seen to leave the zone out, which means UTC here,
/// and to add fractions of a second of any length. Anything else, and anything out of range, is `None`.
///
/// ```
/// use coworker_notifications::model::{format_timestamp, parse_timestamp};
///
/// let moment = parse_timestamp("2025-01-10T09:00:00+01:00").map(format_timestamp);
/// assert_eq!(moment.as_deref(), Some("2025-01-10T08:00:00Z"));
/// ```
pub fn parse_timestamp(text: &str) -> Option<Timestamp> {
    let mut rest = Cursor(text.trim().as_bytes());
    let year = i32::try_from(rest.number(4)?).ok()?;
    rest.take(b"-")?;
    let month = rest.number(2)?;
    rest.take(b"-")?;
    let date = NaiveDate::from_ymd_opt(year, month, rest.number(2)?)?;
    if rest.is_empty() {
        return Some(date.and_hms_opt(0, 0, 0)?.and_utc());
    }

    rest.take(b"Tt ")?;
    let hour = rest.number(2)?;
    rest.take(b":")?;
    let minute = rest.number(2)?;
    let (mut second, mut nanosecond) = (0, 0);
    if rest.take(b":").is_some() {
        second = rest.number(2)?;
        if rest.take(b".").is_some() {
            nanosecond = rest.fraction()?;
        }
    }
    let local = date.and_hms_opt(hour, minute, second)?.and_utc();
    let offset = rest.offset()?;
    let moment = DateTime::from_timestamp(local.timestamp().checked_sub(offset)?, nanosecond)?;
    // The format has four digits for the year, so an offset must not lead to a year outside of them.
    (rest.is_empty() && (0..=9999).contains(&moment.year())).then_some(moment)
}

/// Writes `2025-01-10T08:00:00Z`, with as much of a fraction as it takes to read the same moment back.
pub fn format_timestamp(moment: Timestamp) -> String {
    let mut text = format_minute(moment);
    text.push(':');
    push_number(&mut text, moment.second(), 2);
    let nanosecond = moment.timestamp_subsec_nanos().min(999_999_999);
    if nanosecond != 0 {
        text.push('.');
        if nanosecond.is_multiple_of(1_000_000) {
            push_number(&mut text, nanosecond / 1_000_000, 3);
        } else {
            push_number(&mut text, nanosecond, 9);
        }
    }
    text.push('Z');
    text
}

/// Writes `2025-01-10T08:00`, the precision of the API's range filters.
pub fn format_minute(moment: Timestamp) -> String {
    let mut text = String::with_capacity(24);
    if moment.year() < 0 {
        text.push('-');
    }
    push_number(&mut text, moment.year().unsigned_abs(), 4);
    text.push('-');
    push_number(&mut text, moment.month(), 2);
    text.push('-');
    push_number(&mut text, moment.day(), 2);
    text.push('T');
    push_number(&mut text, moment.hour(), 2);
    text.push(':');
    push_number(&mut text, moment.minute(), 2);
    text
}

fn push_number(text: &mut String, number: u32, width: usize) {
    let digits = number.to_string();
    for _ in digits.len()..width {
        text.push('0');
    }
    text.push_str(&digits);
}

/// The bytes that are left to read.
struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte, if it is one of these.
    fn take(&mut self, allowed: &[u8]) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        allowed.contains(&byte).then(|| {
            self.0 = rest;
            byte
        })
    }

    fn digit(&mut self) -> Option<u32> {
        self.take(b"0123456789").map(|byte| u32::from(byte - b'0'))
    }

    /// A number of exactly so many digits (at most 9).
    fn number(&mut self, digits: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + self.digit()?;
        }
        Some(number)
    }

    /// A fraction of a second of any length, in nanoseconds; what is finer is cut off.
    fn fraction(&mut self) -> Option<u32> {
        let mut nanosecond = self.digit()? * 100_000_000;
        let mut weight = 10_000_000;
        while let Some(digit) = self.digit() {
            nanosecond += digit * weight;
            weight /= 10;
        }
        Some(nanosecond)
    }

    /// The zone in seconds east of Greenwich; no zone is UTC.
    fn offset(&mut self) -> Option<i64> {
        if self.is_empty() || self.take(b"Zz").is_some() {
            return Some(0);
        }
        let sign = self.take(b"+-")?;
        let hours = self.number(2)?;
        self.take(b":");
        let minutes = self.number(2)?;
        if hours > 23 || minutes > 59 {
            return None;
        }
        let seconds = i64::from(hours * 3600 + minutes * 60);
        Some(if sign == b'-' { -seconds } else { seconds })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        parse_timestamp(text).map(format_timestamp)
    }

    #[test]
    fn reads_every_format_that_was_seen() {
        for (text, moment) in [
            ("2025-01-10T08:00:00Z", "2025-01-10T08:00:00Z"),
            ("2025-01-10T08:00:00", "2025-01-10T08:00:00Z"),
            ("2025-01-10 08:00:00", "2025-01-10T08:00:00Z"),
            (" 2025-01-10t08:00:00z\n", "2025-01-10T08:00:00Z"),
            ("2025-01-10T08:00", "2025-01-10T08:00:00Z"),
            ("2025-01-10T08:00Z", "2025-01-10T08:00:00Z"),
            ("2025-01-10", "2025-01-10T00:00:00Z"),
            ("2025-01-10T08:00:00.5Z", "2025-01-10T08:00:00.500Z"),
            ("2025-01-10T08:00:00.1234567", "2025-01-10T08:00:00.123456700Z"),
            ("2025-01-10T08:00:00.123456789123456789Z", "2025-01-10T08:00:00.123456789Z"),
            ("2025-01-10T08:00:00.000Z", "2025-01-10T08:00:00Z"),
            ("2025-01-10T09:30:00+01:30", "2025-01-10T08:00:00Z"),
            ("2025-01-10T03:00:00-0500", "2025-01-10T08:00:00Z"),
            ("2024-02-29T23:59:59-00:01", "2024-03-01T00:00:59Z"),
            ("0001-01-01T00:00:00", "0001-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(text).as_deref(), Some(moment), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_out_of_range_or_in_another_format() {
        for text in [
            "",
            "yesterday",
            "2025",
            "2025-01",
            "2025-1-1",
            "2025-13-01",
            "2025-02-29",
            "2025-01-10T24:00:00Z",
            "2025-01-10T08:60:00Z",
            "2025-01-10T08:00:61Z",
            "2025-01-10T08",
            "2025-01-10T08:00:",
            "2025-01-10T08:00:00.Z",
            "2025-01-10T08:00:00 Z",
            "2025-01-10T08:00:00Zulu",
            "2025-01-10T08:00:00+24:00",
            "2025-01-10T08:00:00+01:60",
            "2025-01-10T08:00:00+1",
            "9999-12-31T23:59:59-00:01",
            "0000-01-01T00:00:00+00:01",
            "/Date(1736496000000)/",
            "２０２５-01-10",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_minute_is_written_for_range_filters() {
        let moment = parse_timestamp("2025-01-10T08:05:59.9Z");
        assert_eq!(moment.map(format_minute).as_deref(), Some("2025-01-10T08:05"));
    }
}
