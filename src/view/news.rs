//! What a screen reader is told unasked: pure comparison of two pictures of the feed.

use yew::AttrValue;

use super::text::{Key, Text};
use crate::{
    error::FailureKind,
    feed::{Snapshot, Status},
    model::{Notification, NotificationId},
};

/// The notifications that are in the new list, not in the old, and no further page of it: those that arrived.
///
/// Both lists stand in the same order, so one walk along both finds them.
pub(super) fn arrived(old: &Snapshot, new: &Snapshot) -> Vec<NotificationId> {
    if !old.loaded || !new.loaded {
        return Vec::new();
    }
    let place = |item: &Notification| (item.created, item.id);
    let mut known = old.notifications.iter().peekable();
    let mut arrived = Vec::new();
    for item in new.notifications.iter() {
        while known.next_if(|known| place(known) > place(item)).is_some() {}
        match known.peek() {
            // Below the last known row lies the next page.
            None if old.has_more => break,
            Some(known) if known.id == item.id => {}
            _ => arrived.push(item.id),
        }
    }
    arrived
}

/// Something worth saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// So many arrived.
    Arrived(u32),
    /// So many were dismissed and can be brought back.
    Dismissed(u32),
    /// A dismissal was taken back.
    Restored,
    /// A dismissal could not be written.
    NotDismissed,
    /// The browser went offline.
    Offline,
    /// A look at the server failed.
    Failed(FailureKind),
}

impl News {
    /// The most important thing that happened between two snapshots of a feed.
    pub(super) fn between(old: &Snapshot, new: &Snapshot) -> Option<Self> {
        let batch = new.undo.iter().find(|batch| old.undo.iter().all(|known| known.batch != batch.batch));
        if let Some(batch) = batch {
            return Some(Self::Dismissed(batch.count));
        }
        if new.failed.keys().any(|id| !old.failed.contains_key(id)) {
            return Some(Self::NotDismissed);
        }
        let grew = new.notifications.len() > old.notifications.len();
        let ended = old.undo.iter().any(|known| new.undo.iter().all(|batch| batch.batch != known.batch));
        if ended && grew {
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
            Self::Restored => text.get(Key::LiveRestored),
            Self::NotDismissed => text.get(Key::ErrorDismiss),
            Self::Offline => text.get(Key::Offline),
            Self::Failed(kind) => text.get(Key::of_failure(kind)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::{
        error::Failure,
        feed::{Problem, UndoBatch},
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
        let batch = |batch: &u32| UndoBatch { batch: *batch, count: 2, until: 0.0 };
        snapshot.undo = batches.iter().map(batch).collect();
        snapshot
    }

    #[test]
    fn arrivals_are_counted_wherever_they_stand_and_a_further_page_is_no_news() {
        let more = |ids: &[i64]| Snapshot { has_more: true, ..with(ids) };
        assert_eq!(News::between(&with(&[3, 2]), &with(&[5, 4, 3, 2])), Some(News::Arrived(2)));
        assert_eq!(News::between(&with(&[5, 2]), &with(&[5, 3, 2])), Some(News::Arrived(1)), "one that came late");
        assert_eq!(News::between(&with(&[5, 3]), &with(&[6, 3])), Some(News::Arrived(1)), "as another left");
        assert_eq!(News::between(&more(&[3, 2]), &with(&[3, 2, 1])), None);
        assert_eq!(News::between(&with(&[]), &with(&[1])), Some(News::Arrived(1)));
        assert_eq!(News::between(&Snapshot::default(), &with(&[1])), None, "the first list is no news");
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
