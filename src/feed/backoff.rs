//! How long to wait before the next request: arithmetic only, without a clock or a browser.

/// A small random number generator (xorshift64*), seeded once, so that a feed's behaviour can be replayed.
/// It spreads clients out; nothing secret depends on it.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// A number from 0 to `below - 1`; 0 when `below` is 0.
    pub(super) fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16;
        number.checked_rem(below).unwrap_or(0)
    }
}

/// The first try waits about this long (milliseconds).
const FIRST: u64 = 1_000;
/// No try waits longer than this (milliseconds): five minutes.
const LONGEST: u64 = 300_000;

/// How long to wait before try number `attempt` (from 0), in milliseconds: full jitter over an interval that doubles,
/// but never less than half a second, so that a refused connection is not tried in a tight loop.
pub(super) fn backoff(attempt: u32, dice: &mut Dice) -> u64 {
    let ceiling = FIRST.saturating_mul(1 << attempt.min(16)).min(LONGEST);
    (FIRST / 2).max(dice.roll(ceiling + 1))
}

/// The time to the next poll in milliseconds: `seconds` give or take 10 %.
pub(super) fn poll_delay(seconds: u32, dice: &mut Dice) -> u64 {
    let whole = u64::from(seconds) * 1_000;
    whole - whole / 10 + dice.roll(whole / 5 + 1)
}

/// How long a following tab waits for news of the leading one before it polls by itself, in milliseconds: a quarter to
/// three quarters longer than `seconds`, at random, so that several followers do not poll at once.
pub(super) fn patience(seconds: u32, dice: &mut Dice) -> u64 {
    let whole = u64::from(seconds) * 1_000;
    whole + whole / 4 + dice.roll(whole / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_wait_is_at_least_half_a_second_and_at_most_five_minutes(seed: u64, attempt: u32) {
            let wait = backoff(attempt, &mut Dice::new(seed));
            prop_assert!((FIRST / 2..=LONGEST).contains(&wait));
        }

        #[test]
        fn a_poll_comes_within_ten_percent_of_its_interval(seed: u64, seconds in 5_u32..86_400) {
            let wait = poll_delay(seconds, &mut Dice::new(seed));
            let whole = u64::from(seconds) * 1_000;
            prop_assert!(wait >= whole - whole / 10 && wait <= whole + whole / 10);
        }
    }

    #[test]
    fn the_ceiling_doubles_with_each_failure() {
        let longest = |attempt| (0..2_000).map(|seed| backoff(attempt, &mut Dice::new(seed * 7_919))).max();
        assert!(longest(0) <= Some(1_000));
        assert!(longest(3) > Some(6_000) && longest(3) <= Some(8_000));
        assert!(longest(12) > Some(250_000));
    }
}
