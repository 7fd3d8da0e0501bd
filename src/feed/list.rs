//! The loaded notifications: each once and newest first, in whatever order and however often records are inserted.

use std::{cmp::Reverse, collections::VecDeque, rc::Rc};

use crate::model::{Notification, NotificationId, Timestamp};

/// Where a notification stands: newest `CreatedOn` first, ties by the higher id, undated ones last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(Reverse<Option<Timestamp>>, Reverse<NotificationId>);

impl Place {
    pub(super) fn of(notification: &Notification) -> Self {
        Self(Reverse(notification.created), Reverse(notification.id))
    }
}

/// What [`List::insert`] found.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It was not here.
    New,
    /// It was here and says something else now.
    Changed,
    /// It was here as it is.
    Same,
}

/// Loaded notifications by place and by id, both from the newest.
///
/// Both are double-ended queues: arrivals are inserted at the front and older pages at the back, without moving the rest.
#[derive(Debug, Clone, Default)]
pub(super) struct List {
    by_place: VecDeque<Rc<Notification>>,
    by_id: VecDeque<Rc<Notification>>,
}

impl List {
    pub(super) fn get(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.by_id.get(self.index_of_id(id).ok()?)
    }

    /// Newest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Rc<Notification>> {
        self.by_place.iter()
    }

    pub(super) fn insert(&mut self, notification: Rc<Notification>) -> Found {
        let found = match self.index_of_id(notification.id) {
            Ok(index) => {
                let Some(known) = self.by_id.get_mut(index) else { return Found::Same };
                if *known == notification {
                    // The known one stays: snapshots share it, and compare pointers to see what has changed.
                    return Found::Same;
                }
                let known = std::mem::replace(known, notification.clone());
                self.displace(&known);
                Found::Changed
            }
            Err(index) => {
                self.by_id.insert(index, notification.clone());
                Found::New
            }
        };
        let (Ok(index) | Err(index)) = self.index_of(&Place::of(&notification));
        self.by_place.insert(index, notification);
        found
    }

    pub(super) fn remove(&mut self, id: NotificationId) -> Option<Rc<Notification>> {
        let removed = self.by_id.remove(self.index_of_id(id).ok()?)?;
        self.displace(&removed);
        Some(removed)
    }

    /// Those above the edge: created after it.
    pub(super) fn above(&self, edge: Edge) -> impl Iterator<Item = &Rc<Notification>> {
        let (Ok(end) | Err(end)) = self.index_of(&edge.place());
        self.by_place.range(..end)
    }

    /// Those at the edge or below it.
    pub(super) fn rest(&self, edge: Edge) -> impl Iterator<Item = &Rc<Notification>> {
        let (Ok(start) | Err(start)) = self.index_of(&edge.place());
        self.by_place.range(start..)
    }

    fn displace(&mut self, notification: &Notification) {
        if let Ok(index) = self.index_of(&Place::of(notification)) {
            self.by_place.remove(index);
        }
    }

    /// The index at this place: `Ok` if a notification stands there, `Err` where one would be inserted.
    fn index_of(&self, place: &Place) -> Result<usize, usize> {
        self.by_place.binary_search_by(|one| Place::of(one).cmp(place))
    }

    fn index_of_id(&self, id: NotificationId) -> Result<usize, usize> {
        self.by_id.binary_search_by(|one| id.cmp(&one.id))
    }
}

/// How far down the list is loaded, or a pull has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Down to records created at this moment. Others of the same moment may stand on the next page.
    At(Option<Timestamp>),
    /// Down to the very last record.
    End,
}

impl Edge {
    /// The place of the first record that could stand at the edge.
    fn place(self) -> Place {
        match self {
            Self::At(created) => Place(Reverse(created), Reverse(NotificationId(i64::MAX))),
            // After all others: an undated record with the lowest id there is, which no server gives.
            Self::End => Place(Reverse(None), Reverse(NotificationId(i64::MIN))),
        }
    }

    /// Whether this notification certainly stands above the edge.
    pub(super) fn is_below(self, notification: &Notification) -> bool {
        match self {
            Self::At(created) => notification.created > created,
            Self::End => true,
        }
    }

    /// Whether this notification stands above the edge, or at it.
    pub(super) fn covers(self, notification: &Notification) -> bool {
        match self {
            Self::At(created) => notification.created >= created,
            Self::End => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::note;
    use super::*;
    use proptest::prelude::*;

    fn ids(list: &List) -> Vec<i64> {
        list.iter().map(|notification| notification.id.0).collect()
    }

    #[test]
    fn newest_first_and_ties_by_the_higher_id() {
        let mut list = List::default();
        for notification in [note(1, 10), note(4, 20), note(2, 30), note(3, 20)] {
            assert_eq!(list.insert(Rc::new(notification)), Found::New);
        }
        assert_eq!(ids(&list), [2, 4, 3, 1]);
    }

    #[test]
    fn a_record_that_arrives_again_appears_once_and_moves_with_its_date() {
        let mut list = List::default();
        list.insert(Rc::new(note(1, 10)));
        list.insert(Rc::new(note(2, 20)));
        assert_eq!(list.insert(Rc::new(note(1, 10))), Found::Same);
        assert_eq!(list.insert(Rc::new(note(1, 30))), Found::Changed);
        assert_eq!(ids(&list), [1, 2]);
    }

    #[test]
    fn undated_records_come_last() {
        let mut list = List::default();
        let mut undated = note(9, 0);
        undated.created = None;
        list.insert(Rc::new(undated));
        list.insert(Rc::new(note(1, 10)));
        assert_eq!(ids(&list), [1, 9]);
    }

    #[test]
    fn a_record_of_the_same_moment_as_the_edge_may_stand_on_the_next_page() {
        let mut list = List::default();
        for notification in [note(1, 10), note(2, 20), note(3, 20), note(4, 30)] {
            list.insert(Rc::new(notification));
        }
        let edge = Edge::At(note(3, 20).created);
        let numbers = |those: Vec<&Rc<Notification>>| those.iter().map(|one| one.id.0).collect::<Vec<_>>();
        assert_eq!(numbers(list.above(edge).collect()), [4]);
        assert_eq!(numbers(list.rest(edge).collect()), [3, 2, 1]);
        assert_eq!(numbers(list.above(Edge::End).collect()), [4, 3, 2, 1]);
        assert_eq!(list.rest(Edge::End).count(), 0);
    }

    proptest! {
        #[test]
        fn any_order_of_arrival_gives_the_same_list(mut records in prop::collection::vec((1_i64..40, 0_i64..20), 0..60)) {
            // One date an id, as on a server.
            records.sort();
            records.dedup_by_key(|(id, _)| *id);
            let mut forwards = List::default();
            let mut backwards = List::default();
            for (id, minute) in &records {
                forwards.insert(Rc::new(note(*id, *minute)));
            }
            for (id, minute) in records.iter().rev().chain(&records) {
                backwards.insert(Rc::new(note(*id, *minute)));
            }
            prop_assert_eq!(ids(&forwards), ids(&backwards));
            prop_assert_eq!(forwards.iter().count(), records.len());
        }
    }
}
