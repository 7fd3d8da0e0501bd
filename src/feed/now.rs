//! The time, as a feed is told it with each event.

/// A moment, on both of the clocks that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds on a clock that never jumps: for deadlines.
    pub mono: u64,
    /// Milliseconds since the Unix epoch by the device's clock, which may be wrong: to compare with other tabs
    /// and to tell a person.
    pub wall: i64,
}

impl Now {
    /// A moment of [`Now::mono`] by the device's clock, for people.
    pub(super) fn wall_of(self, mono: u64) -> f64 {
        self.wall as f64 + (mono as f64 - self.mono as f64)
    }
}
