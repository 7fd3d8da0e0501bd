//! How many requests the gateway may send to Nexudus.

use std::{fmt, str::FromStr, time::Duration};

/// Requests in any window of time, in all and of writes alone.
///
/// ```
/// use gateway::Budget;
///
/// let budget: Budget = "100/min,4500/h,50w/min".parse()?;
/// assert_eq!(budget, Budget::default());
/// assert!("100".parse::<Budget>().is_err());
/// # Ok::<(), gateway::budget::BadBudget>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Budget {
    limits: Vec<Limit>,
}

/// A limit on the requests in any window of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub requests: u32,
    /// The length of the window.
    pub window: Duration,
    /// Whether only writes count.
    pub writes: bool,
}

/// A budget that cannot be read, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBudget(String);

/// The purpose of a request. Requests for an earlier purpose go first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// A dismissal.
    Write,
    /// A poll for changes.
    Sync,
    /// A list that a member waits for.
    Fetch,
    /// The history.
    Backfill,
    /// A comparison of everything.
    Sweep,
}

impl Purpose {
    pub(crate) const ALL: [Self; 5] = [Self::Write, Self::Sync, Self::Fetch, Self::Backfill, Self::Sweep];

    /// As metrics name it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Write => "write",
            Self::Sync => "sync",
            Self::Fetch => "fetch",
            Self::Backfill => "backfill",
            Self::Sweep => "sweep",
        }
    }
}

/// How much of the budget each purpose may use up, so that more important requests need not wait for a window to pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shares {
    limits: [Vec<Limit>; Purpose::ALL.len()],
    /// Between two polls.
    interval: Duration,
    /// The budget itself.
    all: Vec<Limit>,
}

impl Shares {
    /// Leaves room for a poll in each interval, and for writes.
    pub(crate) fn new(budget: &Budget, sync_interval: Duration) -> Self {
        let interval = budget.poll_interval(sync_interval);
        let share = |purpose| {
            let left = |limit: &Limit| {
                let polls = (limit.window.as_secs_f64() / interval.as_secs_f64()).ceil();
                let all = f64::from(limit.requests);
                let beside_polls = all - polls;
                let left = match purpose {
                    Purpose::Write | Purpose::Sync => all,
                    Purpose::Fetch => beside_polls * 0.9,
                    Purpose::Backfill => beside_polls * 0.7,
                    Purpose::Sweep => beside_polls * 0.35,
                };
                // Whole and positive; a budget that is used up by polls leaves a little for the rest all the same.
                Limit { requests: left.max(1.0) as u32, ..*limit }
            };
            budget.limits.iter().map(left).collect()
        };
        Self { limits: Purpose::ALL.map(share), interval, all: budget.limits.clone() }
    }

    /// How many lists of single members are fetched at once while the history is read, and the time between more of
    /// them: half of what the history may have.
    pub(crate) fn fetches(&self) -> (u32, Duration) {
        const MOST: u32 = 20;
        let history = self.limits.get(Purpose::Backfill as usize).map_or(&[][..], Vec::as_slice);
        let half = |limit: &Limit| (limit.requests / 2).max(1);
        let at_once = history.iter().map(half).min().unwrap_or(1).min(MOST);
        let apart = history.iter().map(|limit| limit.window / half(limit)).max().unwrap_or_default();
        (at_once, apart)
    }

    /// The limits for a request of this purpose. Polls do not count against them, so the limits are raised by the number
    /// of polls since the start, which was `running` ago.
    pub(crate) fn of(&self, purpose: Purpose, running: Duration) -> Vec<Limit> {
        let mine = self.limits.get(purpose as usize).map_or(&[][..], Vec::as_slice);
        if matches!(purpose, Purpose::Write | Purpose::Sync) {
            return mine.to_vec();
        }
        let with_polls = |(limit, all): (&Limit, &Limit)| {
            let polls = (running.min(limit.window).as_secs_f64() / self.interval.as_secs_f64()) as u32;
            Limit { requests: limit.requests.saturating_add(polls).min(all.requests), ..*limit }
        };
        mine.iter().zip(&self.all).map(with_polls).collect()
    }
}

/// Milliseconds between two requests: a little more than the 100 that Nexudus demands, since one request may take longer
/// to arrive than the next.
pub(crate) const SPACING: i64 = 115;

/// A limit's window in milliseconds, a little longer for the same reason.
pub(crate) fn padded_window(limit: &Limit) -> i64 {
    i64::try_from(limit.window.as_millis()).unwrap_or(i64::MAX / 2).saturating_add(250)
}

const UNITS: [(&str, u64); 4] = [("s", 1), ("min", 60), ("h", 3_600), ("d", 86_400)];

impl Default for Budget {
    fn default() -> Self {
        let limit = |requests, seconds, writes| Limit { requests, window: Duration::from_secs(seconds), writes };
        Self { limits: vec![limit(100, 60, false), limit(4_500, 3_600, false), limit(50, 60, true)] }
    }
}

impl Budget {
    /// The limits, each to be kept.
    pub fn limits(&self) -> &[Limit] {
        &self.limits
    }

    /// The interval between polls: at least so long that they leave a fifth of the budget for other requests.
    pub(crate) fn poll_interval(&self, interval: Duration) -> Duration {
        let all = self.limits.iter().filter(|limit| !limit.writes);
        let shortest = all.map(|limit| limit.window.as_secs_f64() / (f64::from(limit.requests) * 0.8));
        interval.max(Duration::from_secs_f64(shortest.fold(0.0, f64::max)))
    }
}

impl FromStr for Budget {
    type Err = BadBudget;

    fn from_str(text: &str) -> Result<Self, BadBudget> {
        let limits = text.split(',').map(str::trim).map(Limit::from_str).collect::<Result<Vec<_>, _>>()?;
        if !limits.iter().any(|limit| !limit.writes) {
            return Err(BadBudget("give a limit for all requests, too, as in 100/min,50w/min".into()));
        }
        Ok(Self { limits })
    }
}

impl FromStr for Limit {
    type Err = BadBudget;

    fn from_str(text: &str) -> Result<Self, BadBudget> {
        let bad =
            || BadBudget(format!("“{text}” is no limit: give a number and a time, as in 100/min, 4500/h or 50w/min"));
        let (count, unit) = text.split_once('/').ok_or_else(bad)?;
        let (count, writes) = count.strip_suffix('w').map_or((count, false), |count| (count, true));
        let requests = count.parse().ok().filter(|count| *count > 0).ok_or_else(bad)?;
        let &(_, seconds) = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(bad)?;
        Ok(Self { requests, window: Duration::from_secs(seconds), writes })
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, limit) in self.limits.iter().enumerate() {
            let unit =
                UNITS.iter().find(|(_, seconds)| *seconds == limit.window.as_secs()).map_or("?", |(name, _)| name);
            let comma = if place == 0 { "" } else { "," };
            write!(f, "{comma}{}{}/{unit}", limit.requests, if limit.writes { "w" } else { "" })?;
        }
        Ok(())
    }
}

impl fmt::Display for BadBudget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadBudget {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Budget, Purpose, Shares};

    #[test]
    fn less_important_requests_leave_room_for_more_important_ones() {
        let shares = Shares::new(&Budget::default(), Duration::from_secs(5));
        let a_minute = |purpose| shares.of(purpose, Duration::ZERO)[0].requests;
        assert_eq!(Purpose::ALL.map(a_minute), [100, 100, 79, 61, 30]);
        let tiny = Shares::new(&"2/min".parse().unwrap(), Duration::from_secs(5));
        assert!(Purpose::ALL.iter().all(|purpose| (1..=2).contains(&tiny.of(*purpose, Duration::ZERO)[0].requests)));
    }

    #[test]
    fn polls_take_nothing_away_from_what_is_left_beside_them() {
        // Sixty polls a minute leave 40, of which the history may have 28, as soon as the gateway starts and later.
        let shares = Shares::new(&Budget::default(), Duration::from_secs(1));
        let a_minute = |purpose, seconds| shares.of(purpose, Duration::from_secs(seconds))[0].requests;
        assert_eq!([0, 30, 60, 600].map(|seconds| a_minute(Purpose::Backfill, seconds)), [28, 58, 88, 88]);
        assert_eq!([0, 30, 60, 600].map(|seconds| a_minute(Purpose::Fetch, seconds)), [36, 66, 96, 96]);
        assert_eq!(a_minute(Purpose::Write, 600), 100);
    }

    #[test]
    fn polls_are_no_more_than_the_budget_allows() {
        let budget = Budget::default();
        assert_eq!(budget.poll_interval(Duration::from_secs(5)), Duration::from_secs(5));
        assert_eq!(budget.poll_interval(Duration::from_millis(100)), Duration::from_secs(1));
        assert_eq!(
            "10/min".parse::<Budget>().unwrap().poll_interval(Duration::from_secs(5)),
            Duration::from_millis(7_500)
        );
    }

    #[test]
    fn a_budget_is_written_as_it_is_read() {
        for text in ["100/min,4500/h,50w/min", "1/s", "5000/d,2w/h"] {
            assert_eq!(text.parse::<Budget>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_bad_budget_says_what_would_be_right() {
        for text in ["", "100", "0/min", "-1/min", "100/minute", "100/min,", "x/h", "100 /min"] {
            assert!(text.parse::<Budget>().unwrap_err().to_string().contains("as in 100/min"), "{text}");
        }
        assert!("50w/min".parse::<Budget>().unwrap_err().to_string().contains("all requests"));
    }
}
