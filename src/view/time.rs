//! Times: how they are shown, when that changes, and where days begin.

use std::ops::Range;

use crate::model::Timestamp;

const SECOND: f64 = 1_000.0;
const MINUTE: f64 = 60.0 * SECOND;
const HOUR: f64 = 60.0 * MINUTE;
const DAY: f64 = 24.0 * HOUR;

/// The server's time, as far as it is known. Cheap to copy and to compare.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Clock {
    /// How far the server's clock is ahead of this device's, in milliseconds.
    pub skew_ms: f64,
}

impl Clock {
    /// Milliseconds since the Unix epoch by the server's clock.
    pub fn now(self) -> f64 {
        self.device_now() + self.skew_ms
    }

    /// Milliseconds since the Unix epoch by this device's clock.
    pub fn device_now(self) -> f64 {
        crate::effect::wall()
    }
}

/// How long ago something was, the way a list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ago {
    /// Less than a minute.
    Now,
    /// This many whole units ago.
    Past(i32, Unit),
    /// Ahead of now, because the server's clock is not exact.
    Future(i32, Unit),
    /// A week or more from now, in the same year: the day.
    ThisYear,
    /// A week or more from now, in another year: the day and the year.
    OtherYear,
}

/// A unit of `Intl.RelativeTimeFormat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 1,000 milliseconds.
    Second,
    /// 60 seconds.
    Minute,
    /// 60 minutes.
    Hour,
    /// 24 hours.
    Day,
}

impl Unit {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
        }
    }
}

impl Ago {
    /// How `then` is shown at `now`. `year` is the viewer's.
    pub(super) fn of(now: f64, then: f64, year: &Range<f64>) -> Self {
        let distance = (now - then).abs();
        let (length, unit) = match distance {
            d if d < MINUTE => return Self::Now,
            d if d < HOUR => (MINUTE, Unit::Minute),
            d if d < DAY => (HOUR, Unit::Hour),
            d if d < 7.0 * DAY => (DAY, Unit::Day),
            _ if year.contains(&then) => return Self::ThisYear,
            _ => return Self::OtherYear,
        };
        // Below 7 days, so far within an i32.
        let count = (distance / length) as i32;
        if then > now { Self::Future(count, unit) } else { Self::Past(count, unit) }
    }

    /// How long until `then` is shown differently, in milliseconds; `None`: it is a week old, and does not change.
    pub(super) fn changes_in(now: f64, then: f64) -> Option<f64> {
        let distance = now - then;
        if distance < 0.0 {
            return Some((-distance).min(MINUTE));
        }
        let step = match distance {
            d if d < HOUR => MINUTE,
            d if d < DAY => HOUR,
            d if d < 7.0 * DAY => DAY,
            _ => return None,
        };
        Some(step - past_whole(distance, step))
    }
}

/// The remainder of a duration after whole steps. The operator `%` would bring 128-bit arithmetic into the program.
pub(super) fn past_whole(duration: f64, step: f64) -> f64 {
    duration - (duration / step).floor() * step
}

/// Where the viewer's days begin, in milliseconds since the Unix epoch.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Days {
    pub(super) tomorrow: f64,
    pub(super) today: f64,
    pub(super) yesterday: f64,
    /// Six days before today: the last seven days begin here.
    pub(super) week: f64,
    pub(super) year: Range<f64>,
    /// The time zone of the days: its name in the browser, and its distance from UTC at that time.
    pub(super) zone: String,
}

impl Days {
    /// The days around a moment, in the viewer's zone. The calendar computes each: a day may have 23 or 25 hours.
    pub(super) fn around(now: f64) -> Self {
        let date = js_sys::Date::new(&now.into());
        let (year, month, day) = (date.get_full_year(), date.get_month() as i32, date.get_date() as i32);
        // JavaScript counts a day below the 1st back into the month before.
        let midnight = |month, day| js_sys::Date::new_with_year_month_day(year, month, day).get_time();
        // And a month above the 12th on into the next year.
        Self {
            tomorrow: midnight(month, day + 1),
            today: midnight(month, day),
            yesterday: midnight(month, day - 1),
            week: midnight(month, day - 6),
            year: midnight(0, 1)..midnight(12, 1),
            zone: zone(&date),
        }
    }

    /// Whether it is still the same day, in the same zone. A device may sleep for hours, or travel.
    pub(super) fn are_around(&self, now: f64) -> bool {
        (self.today..self.tomorrow).contains(&now) && zone(&js_sys::Date::new(&now.into())) == self.zone
    }
}

/// Milliseconds since the Unix epoch.
pub(super) fn millis(time: Timestamp) -> f64 {
    time.timestamp_millis() as f64
}

/// The viewer's zone: "GMT+0100 (Central European Standard Time)".
fn zone(date: &js_sys::Date) -> String {
    // After the time of day and a space.
    String::from(date.to_time_string()).get(9..).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_700_000_000_000.0;

    fn ago(distance: f64) -> Ago {
        Ago::of(NOW, NOW - distance, &(NOW - 30.0 * DAY..NOW + 30.0 * DAY))
    }

    #[test]
    fn whole_units_are_counted_down() {
        assert_eq!(ago(0.0), Ago::Now);
        assert_eq!(ago(59_999.0), Ago::Now);
        assert_eq!(ago(60_000.0), Ago::Past(1, Unit::Minute));
        assert_eq!(ago(HOUR - 1.0), Ago::Past(59, Unit::Minute));
        assert_eq!(ago(HOUR), Ago::Past(1, Unit::Hour));
        assert_eq!(ago(25.0 * HOUR), Ago::Past(1, Unit::Day));
        assert_eq!(ago(7.0 * DAY), Ago::ThisYear);
        assert_eq!(ago(40.0 * DAY), Ago::OtherYear);
        assert_eq!(ago(-3.0 * HOUR), Ago::Future(3, Unit::Hour));
        assert_eq!(ago(-8.0 * DAY), Ago::ThisYear);
        assert_eq!(ago(-40.0 * DAY), Ago::OtherYear);
    }

    #[test]
    fn the_next_change_is_when_the_words_change() {
        for distance in [0.0, 30.0 * SECOND, 5.5 * MINUTE, 3.2 * HOUR, 2.9 * DAY, 6.99 * DAY] {
            let wait = Ago::changes_in(NOW, NOW - distance).unwrap();
            assert_ne!(ago(distance), ago(distance + wait), "{distance}");
            assert_eq!(ago(distance), ago(distance + wait - 1.0), "{distance}");
        }
        assert_eq!(Ago::changes_in(NOW, NOW - 8.0 * DAY), None);
    }
}
