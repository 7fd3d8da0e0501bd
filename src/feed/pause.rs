//! The pause after the server has throttled a request. Nothing is sent meanwhile. Requests that were in flight when it began
//! may be throttled too; they do not make it longer.

use super::{
    Now,
    backoff::{Dice, backoff},
};
use crate::error::Failure;

/// A throttling that asks for a pause which ends at most so much later (milliseconds) belongs to the pause under way. No pause
/// is shorter than this, unless the server says so.
const SAME: u64 = 1_000;

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Pause {
    until: Option<u64>,
    /// How many pauses there were since a request last succeeded.
    attempt: u32,
}

impl Pause {
    /// When it is over; `None` if there is none at this moment.
    pub(super) fn until(&self, now: Now) -> Option<u64> {
        self.until.filter(|until| *until > now.mono)
    }

    /// The server has throttled a request. Returns when the pause is over, and whether it is a new one.
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

    /// A request has succeeded.
    pub(super) fn forgive(&mut self) {
        self.attempt = 0;
    }
}
