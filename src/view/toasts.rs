//! Which arrivals are shown beside the bell, and for how long.

use crate::model::NotificationId;

/// The most arrivals that are shown at once. More would cover the page, so the others are counted in one line.
const MOST: usize = 3;
/// How long an arrival is shown, in milliseconds.
const SHOWN_FOR: f64 = 6_000.0;
/// No arrival goes while somebody reads them, nor for this long afterwards (in milliseconds).
const READ_FOR: f64 = 1_500.0;

/// Arrivals whose time is not over, the newest first.
#[derive(Debug, Default)]
pub(super) struct Toasts {
    all: Vec<Toast>,
}

#[derive(Debug, Clone, Copy)]
struct Toast {
    id: NotificationId,
    until: f64,
}

impl Toasts {
    /// Adds arrivals at `now`, the newest first.
    pub(super) fn arrive(&mut self, ids: &[NotificationId], now: f64) {
        let mut all: Vec<_> = ids.iter().map(|id| Toast { id: *id, until: now + SHOWN_FOR }).collect();
        all.extend(self.all.iter().filter(|toast| !ids.contains(&toast.id)));
        self.all = all;
    }

    /// The arrivals that are shown.
    pub(super) fn shown(&self) -> impl Iterator<Item = NotificationId> {
        self.all.iter().take(MOST).map(|toast| toast.id)
    }

    /// How many arrivals are not shown.
    pub(super) fn more(&self) -> u32 {
        self.all.len().saturating_sub(MOST) as u32
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Removes arrivals that are no longer listed.
    pub(super) fn keep(&mut self, is_listed: impl Fn(NotificationId) -> bool) {
        self.all.retain(|toast| is_listed(toast.id));
    }

    /// Removes one arrival.
    pub(super) fn remove(&mut self, id: NotificationId) {
        self.all.retain(|toast| toast.id != id);
    }

    /// Removes all arrivals.
    pub(super) fn clear(&mut self) {
        self.all.clear();
    }

    /// Removes arrivals whose time is over, unless somebody reads them.
    pub(super) fn expire(&mut self, now: f64, is_read: bool) {
        if is_read {
            for toast in &mut self.all {
                toast.until = toast.until.max(now + READ_FOR);
            }
        }
        self.all.retain(|toast| toast.until > now);
    }

    /// How many milliseconds remain until the next arrival goes.
    pub(super) fn wait(&self, now: f64) -> Option<f64> {
        self.all.iter().map(|toast| toast.until - now).reduce(f64::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids<const N: usize>(ids: [i64; N]) -> [NotificationId; N] {
        ids.map(NotificationId)
    }

    fn shown(toasts: &Toasts) -> Vec<i64> {
        toasts.shown().map(|id| id.0).collect()
    }

    #[test]
    fn the_newest_three_are_shown_and_the_others_counted() {
        let mut toasts = Toasts::default();
        toasts.arrive(&ids([2, 1]), 0.0);
        assert_eq!((shown(&toasts), toasts.more()), (vec![2, 1], 0));
        toasts.arrive(&ids([5, 4, 3]), 1_000.0);
        assert_eq!((shown(&toasts), toasts.more()), (vec![5, 4, 3], 2));
        toasts.keep(|id| id.0 != 4);
        assert_eq!((shown(&toasts), toasts.more()), (vec![5, 3, 2], 1));
    }

    #[test]
    fn each_is_shown_for_six_seconds_of_its_own() {
        let mut toasts = Toasts::default();
        assert_eq!(toasts.wait(0.0), None);
        toasts.arrive(&ids([1]), 0.0);
        toasts.arrive(&ids([2]), 4_000.0);
        assert_eq!(toasts.wait(4_000.0), Some(2_000.0));
        toasts.expire(5_999.0, false);
        assert_eq!(shown(&toasts), [2, 1]);
        toasts.expire(6_000.0, false);
        assert_eq!(shown(&toasts), [2]);
        toasts.expire(10_000.0, false);
        assert!(toasts.is_empty());
    }

    #[test]
    fn what_is_read_stays_and_goes_soon_after() {
        let mut toasts = Toasts::default();
        toasts.arrive(&ids([1]), 0.0);
        toasts.expire(60_000.0, true);
        assert_eq!(shown(&toasts), [1]);
        assert_eq!(toasts.wait(60_000.0), Some(READ_FOR));
        toasts.expire(60_000.0 + READ_FOR, false);
        assert!(toasts.is_empty());
    }

    #[test]
    fn what_arrives_again_is_shown_once_and_anew() {
        let mut toasts = Toasts::default();
        toasts.arrive(&ids([2, 1]), 0.0);
        toasts.arrive(&ids([1]), 5_000.0);
        assert_eq!(shown(&toasts), [1, 2]);
        toasts.expire(6_000.0, false);
        assert_eq!(shown(&toasts), [1]);
    }
}
