//! Announcements for screen readers, found by comparing two snapshots of the feed.

use std::rc::Rc;

use yew::AttrValue;

use super::text::{Key, Text};
use crate::{
    config::View,
    error::FailureKind,
    feed::{Act, Snapshot, Status},
    model::NotificationId,
};

/// The notifications that have arrived since the old snapshot, as the feed reports them. Notifications that the member
/// restored, or that a removed filter shows again, do not count.
pub(super) fn arrived(old: &Snapshot, new: &Snapshot) -> Rc<[NotificationId]> {
    let same = Rc::ptr_eq(&old.arrived, &new.arrived);
    if same || !old.loaded || !new.loaded { Rc::default() } else { new.arrived.clone() }
}

/// Something worth announcing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// This many arrived.
    Arrived(u32),
    /// This many were dismissed and can be brought back.
    Dismissed(u32),
    /// This many were snoozed and can be brought back.
    Snoozed(u32),
    /// A dismissal was taken back.
    Restored,
    /// A dismissal could not be written.
    NotDismissed,
    /// The browser went offline.
    Offline,
    /// A request for the list failed.
    Failed(FailureKind),
}

impl News {
    /// The most important thing that happened between two snapshots of a feed.
    pub(super) fn between(old: &Snapshot, new: &Snapshot) -> Option<Self> {
        let batch = new.undo.iter().find(|batch| old.undo.iter().all(|known| known.batch != batch.batch));
        if let Some(batch) = batch {
            return Some(match batch.act {
                Act::Dismissed => Self::Dismissed(batch.count),
                Act::Snoozed => Self::Snoozed(batch.count),
            });
        }
        if new.failed.keys().any(|id| !old.failed.contains_key(id)) {
            return Some(Self::NotDismissed);
        }
        let grew = new.notifications.len() > old.notifications.len();
        let ended = old.undo.iter().any(|known| new.undo.iter().all(|batch| batch.batch != known.batch));
        if ended && grew {
            return Some(Self::Restored);
        }
        let fewer = new.dismissed.notifications.len() < old.dismissed.notifications.len();
        if new.view == View::Dismissed && old.view == new.view && fewer && new.count > old.count {
            return Some(Self::Restored);
        }
        if new.status == Status::Offline && old.status != Status::Offline {
            return Some(Self::Offline);
        }
        let kind = |snapshot: &Snapshot| snapshot.problem.as_ref().map(|problem| problem.failure.kind);
        if let Some(problem) = kind(new)
            && kind(old) != Some(problem)
            && new.status != Status::Offline
        {
            return Some(Self::Failed(problem));
        }
        let arrived = arrived(old, new).len();
        u32::try_from(arrived).ok().filter(|count| *count > 0).map(Self::Arrived)
    }

    /// The words for it.
    pub(super) fn words(self, text: &Text) -> AttrValue {
        match self {
            Self::Arrived(count) => text.count(Key::LiveArrived, count),
            Self::Dismissed(count) => text.count(Key::LiveDismissed, count),
            Self::Snoozed(count) => text.count(Key::LiveSnoozed, count),
            Self::Restored => text.get(Key::LiveRestored),
            Self::NotDismissed => text.get(Key::ErrorDismiss),
            Self::Offline => text.get(Key::Offline),
            Self::Failed(kind) => text.get(Key::of_failure(kind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::Failure,
        feed::{Act, Problem, UndoBatch},
        view::testing::note,
    };

    fn with(ids: &[i64]) -> Snapshot {
        Snapshot {
            loaded: true,
            status: Status::Ready,
            notifications: ids.iter().map(|id| Rc::new(note(*id, "blog", Some(*id)))).collect(),
            ..Snapshot::default()
        }
    }

    fn undo(mut snapshot: Snapshot, batches: &[u32]) -> Snapshot {
        let batch = |batch: &u32| UndoBatch { batch: *batch, act: Act::Dismissed, count: 2, until: 0.0 };
        snapshot.undo = batches.iter().map(batch).collect();
        snapshot
    }

    #[test]
    fn what_arrived_is_told_and_no_other_row_that_comes_into_the_list() {
        let after = |arrived: &[i64], ids: &[i64]| Snapshot {
            arrived: arrived.iter().copied().map(NotificationId).collect(),
            ..with(ids)
        };
        let before = with(&[3, 2]);
        assert_eq!(News::between(&before, &after(&[5, 4], &[5, 4, 3, 2])), Some(News::Arrived(2)));
        let same = Snapshot { arrived: before.arrived.clone(), ..with(&[5, 4, 3, 2]) };
        assert_eq!(News::between(&before, &same), None, "restored, or a further page");
        assert_eq!(News::between(&Snapshot::default(), &after(&[1], &[1])), None, "the first list is no news");
    }

    #[test]
    fn a_dismissal_is_told_once_and_so_is_taking_it_back() {
        let (before, after) = (with(&[3, 2, 1]), undo(with(&[1]), &[7]));
        assert_eq!(News::between(&before, &after), Some(News::Dismissed(2)));
        assert_eq!(News::between(&after, &after), None);
        assert_eq!(News::between(&after, &before), Some(News::Restored));
        assert_eq!(News::between(&after, &with(&[1])), None, "the time to undo ran out");
    }

    #[test]
    fn what_is_brought_back_from_the_dismissed_view_is_told() {
        let looking = |dismissed: &[i64], count| {
            let mut snapshot = Snapshot { view: View::Dismissed, count: Some(count), ..with(&[9]) };
            snapshot.dismissed.notifications = with(dismissed).notifications;
            snapshot
        };
        assert_eq!(News::between(&looking(&[2, 1], 1), &looking(&[1], 2)), Some(News::Restored));
        assert_eq!(News::between(&looking(&[2, 1], 1), &looking(&[1], 1)), None, "deleted elsewhere");
    }

    #[test]
    fn a_problem_is_told_when_it_begins() {
        let broken = Snapshot {
            problem: Some(Problem { failure: Failure::new(FailureKind::Network, ""), retry_at: None }),
            ..with(&[1])
        };
        assert_eq!(News::between(&with(&[1]), &broken), Some(News::Failed(FailureKind::Network)));
        assert_eq!(News::between(&broken, &broken), None);
        let offline = Snapshot { status: Status::Offline, ..broken.clone() };
        assert_eq!(News::between(&with(&[1]), &offline), Some(News::Offline));
    }
}
