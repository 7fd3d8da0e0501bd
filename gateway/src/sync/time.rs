//! The time of the clock that writes `UpdatedOn`: never this machine's time.

use crate::clock::Millis;

pub(crate) const MINUTE: Millis = 60_000;
pub(crate) const DAY: Millis = 86_400_000;
/// The largest difference between time zones, in case `UpdatedOn` is the wall clock of some place.
const ZONES: Millis = 26 * 3_600_000;

/// The earliest time that it can be in Nexudus's records.
///
/// Known for certain is only the latest `UpdatedOn` that was seen, and from the `Date` of answers how much time has
/// passed since. So it does not matter whether records and answers are written by one clock, nor whether that clock is
/// right. It is never taken to be later than `Date`, so that a record from the future hides nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ServerTime {
    /// The latest `UpdatedOn`, and the answer's `Date` when it was seen first.
    latest: Option<(Millis, Millis)>,
}

impl ServerTime {
    pub(crate) fn new(latest: Option<(Millis, Millis)>) -> Self {
        Self { latest }
    }

    pub(crate) fn latest(self) -> Option<(Millis, Millis)> {
        self.latest
    }

    /// Learns from an answer of this `Date`.
    pub(crate) fn learn(&mut self, updated: impl Iterator<Item = Millis>, date: Millis) {
        for updated in updated.filter(|updated| *updated <= date + ZONES) {
            if self.latest.is_none_or(|(latest, seen)| updated > latest + (date - seen).max(0)) {
                self.latest = Some((updated, date));
            }
        }
    }

    /// Changes that come after an answer of this `Date` are updated at this moment or later.
    pub(crate) fn at_least(self, date: Millis) -> Millis {
        match self.latest {
            Some((latest, seen)) => (latest + (date - seen).max(0)).min(date),
            None => date - ZONES,
        }
    }
}

/// The beginning of a moment's minute: ranges are this precise.
pub(crate) fn minute(moment: Millis) -> Millis {
    moment - moment.rem_euclid(MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_goes_on_from_the_latest_update_as_dates_do() {
        let mut time = ServerTime::default();
        time.learn([5_000_000, 4_000_000].into_iter(), 9_000_000);
        assert_eq!(time.at_least(9_000_000), 5_000_000);
        assert_eq!(time.at_least(9_060_000), 5_060_000);
        time.learn([5_030_000].into_iter(), 9_060_000);
        assert_eq!(time.at_least(9_060_000), 5_060_000, "an update that says less is no news");
        time.learn([5_070_000].into_iter(), 9_061_000);
        assert_eq!(time.at_least(9_061_000), 5_070_000);
    }

    #[test]
    fn a_record_from_the_future_hides_nothing() {
        let mut time = ServerTime::default();
        time.learn([100 * DAY, 9_500_000].into_iter(), 9_000_000);
        assert_eq!(time.at_least(9_000_000), 9_000_000);
    }

    #[test]
    fn a_clock_that_is_put_back_is_followed() {
        let time = ServerTime::new(Some((9_000_000, 9_000_000)));
        assert_eq!(time.at_least(5_400_000), 5_400_000);
    }
}
