//! When the shown times have to be drawn again.

use std::ops::Range;

use super::{act::Act, msg::Msg};
use crate::effect::Timer;

/// How long shown times may be wrong after the device has slept, in milliseconds.
const CHECK: f64 = 5_000.0;

/// How long the shown times are right, and the one timer that checks them.
#[derive(Debug, Default)]
pub(super) struct Due {
    right: Range<f64>,
    timer: Option<Timer>,
}

impl Due {
    /// All times were drawn at `now`; the first one changes its words after `wait` milliseconds.
    pub(super) fn drawn(&mut self, now: f64, wait: f64) {
        self.right = now..now + wait;
    }

    /// Whether shown times may be wrong at `now`: time has passed, or the clock was set back.
    pub(super) fn is_over(&self, now: f64) -> bool {
        !self.right.contains(&now)
    }

    /// Sets the timer for that moment, or for an earlier one: timers stop while a device sleeps, and clock or time zone
    /// may change.
    pub(super) fn watch(&mut self, now: f64, act: &Act) {
        let act = act.clone();
        let wait = (self.right.end - now).clamp(50.0, CHECK);
        self.timer = Some(Timer::new(wait as u32 + 1, move || act.emit(Msg::Tick)));
    }

    /// Stops the timer, because nobody sees the times.
    pub(super) fn rest(&mut self) {
        self.timer = None;
    }
}

#[cfg(test)]
mod tests {
    use super::Due;

    #[test]
    fn what_is_shown_is_wrong_later_and_by_a_clock_that_was_set_back() {
        let mut due = Due::default();
        assert!(due.is_over(0.0), "nothing was drawn yet");
        due.drawn(1_000.0, 500.0);
        assert!(!due.is_over(1_000.0));
        assert!(!due.is_over(1_499.0));
        assert!(due.is_over(1_500.0));
        assert!(due.is_over(999.0));
    }
}
