//! A member's list as streams tell it: its newest state, never each step.

use coworker_notifications::model::{CoworkerId, NotificationId};

use super::Space;

/// A state of a member's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberState {
    /// Rises with each change, in one store. A stream's `id:`.
    pub cursor: u64,
    /// How many notifications are not dismissed.
    pub total: u32,
    /// The newest that is not dismissed.
    pub newest: Option<NotificationId>,
}

/// Follows one member's list.
pub struct MemberWatch {
    space: Space,
    coworker: CoworkerId,
    seen: bool,
}

impl MemberWatch {
    pub(super) fn new(space: Space, coworker: CoworkerId) -> Self {
        Self { space, coworker, seen: false }
    }

    /// The state as it is, the first time; then each newer one. Waits where the list is not known yet. `None`: the space
    /// stops.
    pub async fn next(&mut self) -> Option<MemberState> {
        if self.seen {
            std::future::pending::<()>().await;
        }
        self.seen = true;
        let (revision, records) = self.space.member(self.coworker).ok()?;
        let undismissed = || records.iter().filter(|record| !record.notification().is_dismissed);
        Some(MemberState {
            cursor: revision.number,
            total: u32::try_from(undismissed().count()).unwrap_or(u32::MAX),
            newest: undismissed().map(|record| record.id()).max(),
        })
    }
}
