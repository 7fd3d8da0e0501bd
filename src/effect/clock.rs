//! The time of the device and of the server.

use std::cell::Cell;

use js_sys::Date;
use wasm_bindgen::JsValue;

use crate::{
    feed::Now,
    js::{call, global},
};

/// The time now, on both clocks.
pub fn now() -> Now {
    let mono = global("performance").and_then(|clock| call(&clock, "now", &JsValue::UNDEFINED)?.as_f64());
    Now { mono: mono.unwrap_or_else(wall).max(0.0) as u64, wall: wall() as i64 }
}

/// Milliseconds since the Unix epoch by the device's clock.
pub fn wall() -> f64 {
    Date::now()
}

/// A device's clock that is off by less than this counts as right (milliseconds): an answer takes time to arrive, and
/// its `Date` has whole seconds.
const RIGHT_ENOUGH: f64 = 30_000.0;
/// A `Date` that is off by more than this is ignored (milliseconds): two days cover a wrong time zone and a wrong day.
const MOST: f64 = 172_800_000.0;

/// How far the server's clock is ahead of the device's, as far as `Date` headers verify it.
#[derive(Debug, Default)]
pub(super) struct ServerClock {
    skew: Cell<f64>,
    /// The last `Date` that was far from the device's clock, and how far.
    unverified: Cell<Option<(f64, f64)>>,
}

impl ServerClock {
    /// In milliseconds; 0 until verified.
    pub(super) fn skew(&self) -> f64 {
        self.skew.get()
    }

    /// Takes the `Date` of an answer without `Age`, in milliseconds since the Unix epoch.
    ///
    /// A cache may have kept the answer without adding `Age`: then its `Date` is in the past, and the next answer
    /// repeats it. So a past date counts only once a later answer's date has moved on as the device's clock did.
    pub(super) fn learn(&self, date: f64, wall: f64) {
        let skew = date - wall;
        if skew.abs() < RIGHT_ENOUGH {
            self.skew.set(0.0);
            self.unverified.set(None);
        } else if skew.abs() <= MOST {
            let before = self.unverified.replace(Some((date, skew)));
            let moved_on = |(earlier, by): (f64, f64)| date > earlier && (skew - by).abs() < RIGHT_ENOUGH;
            if skew > 0.0 || before.is_some_and(moved_on) {
                self.skew.set(skew);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: f64 = 3_600_000.0;
    const NOW: f64 = 1_736_496_000_000.0;

    fn after(answers: &[(f64, f64)]) -> f64 {
        let clock = ServerClock::default();
        answers.iter().for_each(|(date, wall)| clock.learn(*date, *wall));
        clock.skew()
    }

    #[test]
    fn a_small_difference_is_none() {
        assert_eq!(after(&[(NOW - 29_000.0, NOW)]), 0.0);
        assert_eq!(after(&[(NOW + 29_000.0, NOW)]), 0.0);
    }

    #[test]
    fn a_device_that_is_behind_is_corrected_at_once() {
        assert_eq!(after(&[(NOW + HOUR, NOW)]), HOUR);
    }

    #[test]
    fn a_device_that_is_ahead_is_corrected_by_two_answers() {
        assert_eq!(after(&[(NOW - HOUR, NOW)]), 0.0);
        assert_eq!(after(&[(NOW - HOUR, NOW), (NOW + 60_000.0 - HOUR, NOW + 60_000.0)]), -HOUR);
    }

    #[test]
    fn an_old_answer_moves_nothing_however_often_it_comes() {
        let old = NOW - HOUR;
        let answers: Vec<_> = (0..100).map(|minute| (old, NOW + 60_000.0 * f64::from(minute))).collect();
        assert_eq!(after(&answers), 0.0);
    }

    #[test]
    fn a_right_clock_ends_a_correction() {
        assert_eq!(after(&[(NOW + HOUR, NOW), (NOW, NOW)]), 0.0);
    }

    #[test]
    fn dates_beyond_reason_are_ignored() {
        for date in [f64::NAN, 0.0, NOW - 100.0 * HOUR, NOW + 100.0 * HOUR, f64::INFINITY] {
            assert_eq!(after(&[(date, NOW), (date + 1_000.0, NOW + 1_000.0)]), 0.0, "{date}");
        }
    }
}
