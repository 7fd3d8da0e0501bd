//! The time, which a feed gets with each event.

/// A moment, on both of the clocks that matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Now {
    /// Milliseconds on a clock that never jumps: for deadlines.
    pub mono: u64,
    /// Milliseconds since the Unix epoch by the device's clock, which may be wrong: to compare with other tabs
    /// and to show to a member.
    pub wall: i64,
}

impl Now {
    /// Converts a moment of [`Now::mono`] to the device's clock, to show it to people.
    pub(super) fn wall_of(self, mono: u64) -> f64 {
        self.wall as f64 + (mono as f64 - self.mono as f64)
    }
}
