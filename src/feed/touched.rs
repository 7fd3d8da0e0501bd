//! Which notifications have changed since the shown list was last brought up to date.

use super::list::Place;
use crate::model::{Notification, NotificationId};

/// If more than so many have changed, the whole list is made anew.
const MOST: usize = 64;

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Their ids, and the places where they stood or stand now, if they are known.
    some: Vec<(NotificationId, Option<Place>)>,
}

impl Touched {
    pub(super) fn add(&mut self, id: NotificationId, record: Option<&Notification>) {
        self.add_at(id, record.map(Place::of));
    }

    pub(super) fn add_at(&mut self, id: NotificationId, place: Option<Place>) {
        if self.some.len() <= MOST {
            self.some.push((id, place));
        }
    }

    /// All changes since the last call; `None` if there were too many to keep.
    pub(super) fn take(&mut self) -> Option<Vec<(NotificationId, Option<Place>)>> {
        let some = std::mem::take(&mut self.some);
        (some.len() <= MOST).then_some(some)
    }
}
