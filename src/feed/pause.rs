//! One pause for one throttling: whatever was on its way when it began is part of it.

use super::{
    Now,
    backoff::{Dice, backoff},
};
use crate::error::Failure;

/// Answers within so long (milliseconds) ask for the same pause.
const SAME: u64 = 1_000;

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Pause {
    until: Option<u64>,
    /// Pauses since a request was last answered well.
    attempt: u32,
}

impl Pause {
    /// When it is over.
    pub(super) fn until(&self, now: Now) -> Option<u64> {
        self.until.filter(|until| *until > now.mono)
    }

    /// The server asks to be left alone. Gives when the pause is over, and whether it is another than before.
    pub(super) fn begin(&mut self, failure: &Failure, now: Now, dice: &mut Dice) -> (u64, bool) {
        let asked = failure.retry_after.map(|wait| now.mono.saturating_add(wait));
        if let Some(until) = self.until(now)
            && asked.is_none_or(|asked| asked < until + SAME)
        {
            return (until, false);
        }
        let until = asked.unwrap_or_else(|| now.mono + backoff(self.attempt, dice).max(SAME));
        self.attempt = self.attempt.saturating_add(1);
        self.until = Some(until);
        (until, true)
    }

    /// A request was answered well.
    pub(super) fn forgive(&mut self) {
        self.attempt = 0;
    }
}
