//! The table.

use std::fmt;
use std::time::Duration;

pub(crate) const HEAD: &str = "\
| members with a stream | memory, MB (none: MB) | an arrival each, heard by p50 / p99 / all, ms | first to last, ms | lists a second, full / 304 | requests to Nexudus a minute |
|---|---|---|---|---|---|";

/// What was measured with so many members.
pub(crate) struct Row {
    pub(crate) members: u32,
    /// Resident bytes without a stream.
    pub(crate) empty: u64,
    /// Resident bytes with all of them open.
    pub(crate) memory: u64,
    pub(crate) asked_per_minute: u64,
    /// How long after the arrival each member heard of it, sorted.
    pub(crate) heard: Vec<Duration>,
    /// Lists a second.
    pub(crate) full: u64,
    /// Lists a second that were answered with 304.
    pub(crate) unchanged: u64,
}

impl Row {
    fn heard_by(&self, percent: usize) -> u128 {
        let index = (self.heard.len().saturating_sub(1) * percent).div_ceil(100);
        self.heard.get(index).map_or(0, Duration::as_millis)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes = |bytes: u64| bytes as f64 / 1_048_576.0;
        let (first, last) = (self.heard_by(0), self.heard_by(100));
        write!(
            f,
            "| {} | {:.0} ({:.0}) | {} / {} / {} | {} | {} / {} | {} |",
            self.members,
            megabytes(self.memory),
            megabytes(self.empty),
            self.heard_by(50),
            self.heard_by(99),
            last,
            last - first,
            self.full,
            self.unchanged,
            self.asked_per_minute,
        )
    }
}
