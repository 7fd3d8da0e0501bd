//! What is known of a server and of its list before a look.

use super::{list::List, order::Order};
use crate::{model::NotificationId, sorted::SortedSet};

/// What was learnt about this server, beyond one look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Habits {
    pub(super) order: Order,
    /// It gives no larger pages than this.
    pub(super) largest_page: u32,
    /// It lists in no order at all: no use looking for one again.
    pub(super) disorderly: bool,
}

/// What is known before the look.
pub(super) struct Known<'a> {
    pub(super) list: &'a List,
    /// In that list, though the server does not list them.
    pub(super) unlisted: &'a SortedSet<NotificationId>,
    /// Not in that list, though the server lists them: as dismissed.
    pub(super) dismissed: &'a SortedSet<NotificationId>,
}

impl Known<'_> {
    /// Whether the server was known to list this one.
    pub(super) fn has(&self, id: NotificationId) -> bool {
        self.list.get(id).is_some() && !self.unlisted.contains(&id) || self.dismissed.contains(&id)
    }
}
