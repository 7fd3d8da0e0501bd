//! The only place that asks what time it is.

use js_sys::Date;

use crate::feed::Now;

/// The moment it is, on both clocks.
pub fn now() -> Now {
    let mono = web_sys::window().and_then(|window| window.performance()).map_or_else(Date::now, |clock| clock.now());
    Now { mono: mono.max(0.0) as u64, wall: wall() as i64 }
}

/// Milliseconds since the Unix epoch by the device's clock.
pub fn wall() -> f64 {
    Date::now()
}
