//! What has changed of a list since it was last drawn.

use super::list::Place;
use crate::model::{Notification, NotificationId};

/// Beyond so many the whole list is made anew.
const MOST: usize = 64;

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Which, and where they stood or stand, if that is known.
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

    /// `None`: too many to be named.
    pub(super) fn take(&mut self) -> Option<Vec<(NotificationId, Option<Place>)>> {
        let some = std::mem::take(&mut self.some);
        (some.len() <= MOST).then_some(some)
    }
}
