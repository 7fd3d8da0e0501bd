//! What the gateway may ask of Nexudus.

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

/// At most so many requests in any window of this length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub requests: u32,
    /// In any so long a time.
    pub window: Duration,
    /// Whether only writes are meant.
    pub writes: bool,
}

/// A budget that cannot be read, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBudget(String);

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
    use super::Budget;

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
