//! A timer that fires once.

use gloo_timers::callback::Timeout;

/// Rings once, unless it is dropped before.
#[derive(Debug)]
pub(crate) struct Timer {
    _timeout: Timeout,
}

impl Timer {
    /// Calls `ring` after so many milliseconds.
    pub(crate) fn new(milliseconds: u32, ring: impl FnOnce() + 'static) -> Self {
        // The box gives all timers one type: gloo's own code is compiled anew for each function.
        let ring: Box<dyn FnOnce()> = Box::new(ring);
        Self { _timeout: Timeout::new(milliseconds, ring) }
    }
}
