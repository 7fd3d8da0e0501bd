//! Which notifications a list shows, and under which headings.

use std::ops::Range;

use super::{
    text::Key,
    time::{Days, millis},
};
use crate::{
    feed::Notifications,
    model::{Meaning, NotificationId},
};

/// The headings, in the order of the list.
pub(super) const HEADINGS: [Key; 4] = [Key::GroupToday, Key::GroupYesterday, Key::GroupWeek, Key::GroupEarlier];

/// The rows of a list, newest first, and the range of each group.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub(super) items: Notifications,
    /// One range per heading, in order, without gaps.
    pub(super) groups: [Range<usize>; 4],
}

impl Rows {
    /// Rows for notifications that are sorted newest first (undated ones last).
    pub(super) fn new(notifications: &Notifications, filter: Option<Meaning>, days: &Days) -> Self {
        let items = match filter {
            None => notifications.clone(),
            Some(meaning) => {
                let mut such = Vec::new();
                for item in notifications.iter() {
                    if item.kind.meaning() == meaning {
                        such.push(item.clone());
                    }
                }
                such.into_iter().collect()
            }
        };
        let since = |start: f64| items.partition_point(|item| item.created.is_some_and(|time| millis(time) >= start));
        let (today, yesterday, week) = (since(days.today), since(days.yesterday), since(days.week));
        let groups = [0..today, today..yesterday, yesterday..week, week..items.len()];
        Self { items, groups }
    }

    pub(super) fn len(&self) -> usize {
        self.items.len()
    }

    pub(super) fn position(&self, id: NotificationId) -> Option<usize> {
        self.items.position(id)
    }

    pub(super) fn id(&self, index: usize) -> Option<NotificationId> {
        self.items.get(index).map(|item| item.id)
    }

    /// The row that replaces a row that is gone: the nearest one below that is still here, else the nearest one above.
    pub(super) fn heir(&self, before: &Self, gone: NotificationId) -> Option<NotificationId> {
        let index = before.position(gone)?;
        let below = index..before.len();
        let here = |index| before.id(index).filter(|id| self.position(*id).is_some());
        below.chain((0..index).rev()).find_map(here)
    }
}

/// The kinds of notification that are present, in a fixed order, with how many there are of each.
pub(super) fn kinds(notifications: &Notifications) -> Vec<(Meaning, u32)> {
    let mut counts = [0_u32; Meaning::ALL.len()];
    for notification in notifications.iter() {
        if let Some(count) = counts.get_mut(notification.kind.meaning() as usize) {
            *count += 1;
        }
    }
    let mut kinds = Vec::new();
    for (meaning, count) in Meaning::ALL.iter().zip(counts) {
        if count > 0 {
            kinds.push((*meaning, count));
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::view::testing::note;

    const DAYS: Days = Days {
        tomorrow: 1_000_000.0,
        today: 900_000.0,
        yesterday: 800_000.0,
        week: 300_000.0,
        year: 0.0..1_000_000.0,
        zone: String::new(),
    };

    fn notes(seconds: &[Option<i64>]) -> Notifications {
        let ids = (1..).zip(seconds);
        ids.map(|(id, seconds)| Rc::new(note(id, "blog", *seconds))).collect()
    }

    #[test]
    fn days_divide_the_rows_and_undated_ones_come_last() {
        let items = notes(&[Some(1_001), Some(950), Some(900), Some(899), Some(300), Some(299), None]);
        let rows = Rows::new(&items, None, &DAYS);
        assert_eq!(rows.groups, [0..3, 3..4, 4..5, 5..7]);
    }

    #[test]
    fn a_filter_keeps_one_kind_by_meaning() {
        let items: Notifications = [
            note(1, "identitycheck-fail", Some(950)),
            note(2, "blog", Some(940)),
            note(3, "identity-check-failed", Some(100)),
        ]
        .map(Rc::new)
        .into_iter()
        .collect();
        let rows = Rows::new(&items, Some(Meaning::IdentityCheckFailed), &DAYS);
        assert_eq!(rows.items.iter().map(|item| item.id.0).collect::<Vec<_>>(), [1, 3]);
        assert_eq!(rows.groups, [0..1, 1..1, 1..1, 1..2]);
        assert_eq!(kinds(&items), [(Meaning::Blog, 1), (Meaning::IdentityCheckFailed, 2)]);
    }

    #[test]
    fn the_next_row_takes_the_place_of_one_that_left_and_the_one_above_at_the_end() {
        let before = Rows::new(&notes(&[Some(5), Some(4), Some(3)]), None, &DAYS);
        let without = |gone: &[i64]| {
            let rest = before.items.iter().filter(|item| !gone.contains(&item.id.0)).cloned();
            Rows::new(&rest.collect(), None, &DAYS)
        };
        assert_eq!(without(&[2]).heir(&before, NotificationId(2)), Some(NotificationId(3)));
        assert_eq!(without(&[3]).heir(&before, NotificationId(3)), Some(NotificationId(2)));
        assert_eq!(without(&[2, 3]).heir(&before, NotificationId(2)), Some(NotificationId(1)));
        assert_eq!(without(&[1, 2, 3]).heir(&before, NotificationId(2)), None);
    }
}
