//! The only place that asks what time it is.

use js_sys::Date;

use crate::feed::Now;

/// The moment it is, on both clocks.
pub fn now() -> Now {
    let mono = web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(Date::now, |clock| clock.now());
    Now {
        mono: mono.max(0.0) as u64,
        wall: wall() as i64,
    }
}

/// Milliseconds since the Unix epoch by the device's clock.
pub fn wall() -> f64 {
    Date::now()
}

/// Where days begin in the viewer's time zone, in milliseconds since the Unix epoch.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Boundaries {
    /// The first moment of today.
    pub today: f64,
    /// The first moment of yesterday.
    pub yesterday: f64,
    /// The first moment of the day six days before today: with today, seven days.
    pub week: f64,
}

impl Boundaries {
    /// The days around `now` (milliseconds since the Unix epoch), by the zone's own rules for summer time.
    pub fn around(now: f64) -> Self {
        let date = Date::new(&now.into());
        // Days below 1 roll over into the month before (ECMA-262, MakeDay).
        let start = |back: i32| {
            let day = date.get_date() as i32 - back;
            Date::new_with_year_month_day(date.get_full_year(), date.get_month() as i32, day).get_time()
        };
        Self {
            today: start(0),
            yesterday: start(1),
            week: start(6),
        }
    }
}
