//! The tables.

use std::fmt;
use std::time::Duration;

pub(crate) const GATEWAY: &str = "\
| members with a stream | memory, MB (none: MB) | an arrival each, received by p50 / p99 / all, ms | first to last, ms | lists a second, full / 304 | requests to Nexudus |
|---|---|---|---|---|---|";
pub(crate) const PROXY: &str = "\
| members who poll once a minute | memory, MB | polls answered | an answer by p50 / p99, ms | requests to Nexudus in a minute |
|---|---|---|---|---|";
pub(crate) const HUB: &str = "\
| subscribers | memory, MB (none: MB) | a message each, received by p50 / p99 / all, ms |
|---|---|---|";

/// What was measured of the gateway with so many members.
pub(crate) struct Row {
    pub(crate) pushed: Pushed,
    pub(crate) asked: u64,
    pub(crate) quiet: Duration,
    /// Lists a second.
    pub(crate) full: u64,
    /// Lists a second that were answered with 304.
    pub(crate) unchanged: u64,
}

/// What was measured of streams.
pub(crate) struct Pushed {
    pub(crate) members: u32,
    /// Resident bytes without a stream.
    pub(crate) empty: u64,
    /// Resident bytes with all of them open.
    pub(crate) memory: u64,
    /// How long after the arrival each member received it, sorted.
    pub(crate) received: Vec<Duration>,
}

/// What was measured of members who poll.
pub(crate) struct Polled {
    pub(crate) members: u32,
    pub(crate) memory: u64,
    /// How long each answer took that was one, sorted.
    pub(crate) took: Vec<Duration>,
    pub(crate) asked: u64,
}

/// The time by which so many hundredths have it, in milliseconds.
fn by(sorted: &[Duration], percent: usize) -> u128 {
    let index = (sorted.len().saturating_sub(1) * percent).div_ceil(100);
    sorted.get(index).map_or(0, Duration::as_millis)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1_048_576.0
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let received = &self.pushed.received;
        write!(
            f,
            "{} {} | {} / {} | {} in {} s |",
            self.pushed,
            by(received, 100) - by(received, 0),
            self.full,
            self.unchanged,
            self.asked,
            self.quiet.as_secs(),
        )
    }
}

impl fmt::Display for Pushed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (memory, empty) = (megabytes(self.memory), megabytes(self.empty));
        let [half, most, all] = [50, 99, 100].map(|percent| by(&self.received, percent));
        write!(f, "| {} | {memory:.0} ({empty:.0}) | {half} / {most} / {all} |", self.members)
    }
}

impl fmt::Display for Polled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "| {} | {:.0} | {} | {} / {} | {} |",
            self.members,
            megabytes(self.memory),
            self.took.len(),
            by(&self.took, 50),
            by(&self.took, 99),
            self.asked,
        )
    }
}
