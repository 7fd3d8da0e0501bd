//! A list of notifications that is cheap to change: it is made of chunks, and lists share all chunks in which they are equal.

use std::rc::Rc;

use super::list::Place;
use crate::model::{Notification, NotificationId};

/// About so many notifications are in a chunk, and so are copied for one change.
const CHUNK: usize = 256;

type Chunk = Rc<[Rc<Notification>]>;

/// Notifications, newest first, as a view draws them. A copy costs nothing.
#[derive(Debug, Clone, Default)]
pub struct Notifications {
    /// None of them is empty.
    chunks: Rc<[Chunk]>,
    len: usize,
}

impl Notifications {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Newest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Rc<Notification>> + Clone {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// The one at this place from the newest, counted from 0.
    pub fn get(&self, mut index: usize) -> Option<&Rc<Notification>> {
        for chunk in &*self.chunks {
            match chunk.get(index) {
                Some(found) => return Some(found),
                None => index -= chunk.len(),
            }
        }
        None
    }

    /// The place of the one with this id.
    pub fn position(&self, id: NotificationId) -> Option<usize> {
        let mut before = 0;
        for chunk in &*self.chunks {
            if let Some(index) = chunk.iter().position(|one| one.id == id) {
                return Some(before + index);
            }
            before += chunk.len();
        }
        None
    }

    /// The one with this id.
    pub fn with_id(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.get(self.position(id)?)
    }

    /// How many from the newest are such, if all such ones come before all others.
    pub fn partition_point(&self, such: impl Fn(&Notification) -> bool) -> usize {
        let begun = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|one| such(one)));
        let Some((last, before)) = self.chunks.get(..begun).and_then(|chunks| chunks.split_last()) else { return 0 };
        before.iter().map(|chunk| chunk.len()).sum::<usize>() + last.partition_point(|one| such(one))
    }

    /// Whether both are the same list in memory, so that nothing need be compared or drawn.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.chunks, &other.chunks)
    }

    /// The index of the chunk for this place, and the index in it: `Ok` if a notification stands there.
    fn find(&self, place: &Place) -> (usize, Result<usize, usize>) {
        let after = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|one| Place::of(one) <= *place));
        let at = after.saturating_sub(1);
        let chunk = self.chunks.get(at).map_or(&[][..], |chunk| chunk);
        (at, chunk.binary_search_by(|one| Place::of(one).cmp(place)))
    }

    /// Puts this notification at the place, or removes the one that stands there. `false` if nothing had to be changed.
    pub(super) fn set(&mut self, place: &Place, wanted: Option<&Rc<Notification>>) -> bool {
        let (at, found) = self.find(place);
        let here = found.ok().and_then(|index| self.chunks.get(at)?.get(index));
        let same = match (here, wanted) {
            (Some(here), Some(wanted)) => Rc::ptr_eq(here, wanted),
            (here, wanted) => here.is_none() && wanted.is_none(),
        };
        if same {
            return false;
        }
        self.len = self.len - usize::from(here.is_some()) + usize::from(wanted.is_some());
        let mut chunk = self.chunks.get(at).map_or_else(Vec::new, |chunk| chunk.to_vec());
        let (Ok(index) | Err(index)) = found;
        if found.is_ok() {
            chunk.remove(index);
        }
        if let Some(wanted) = wanted {
            chunk.insert(index, wanted.clone());
        }
        let mut chunks = self.chunks.to_vec();
        if at < chunks.len() {
            chunks.remove(at);
        }
        let split = if chunk.len() > 2 * CHUNK { CHUNK } else { chunk.len().max(1) };
        for part in chunk.chunks(split).rev() {
            chunks.insert(at, part.into());
        }
        self.chunks = chunks.into();
        true
    }
}

impl FromIterator<Rc<Notification>> for Notifications {
    fn from_iter<T: IntoIterator<Item = Rc<Notification>>>(all: T) -> Self {
        let all: Vec<_> = all.into_iter().collect();
        Self { len: all.len(), chunks: all.chunks(CHUNK).map(Chunk::from).collect() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::testing::note;
    use super::*;

    fn ids(rows: &Notifications) -> Vec<i64> {
        rows.iter().map(|one| one.id.0).collect()
    }

    proptest! {
        #[test]
        fn changes_one_by_one_come_to_the_same_as_a_new_list(
            first in 0_i64..1_500,
            changes in prop::collection::vec((0_i64..1_500, any::<bool>()), 0..80),
        ) {
            let mut rows: Notifications = (0..first).rev().map(|id| Rc::new(note(id, id))).collect();
            let before = (rows.clone(), ids(&rows));
            let mut all: std::collections::BTreeSet<i64> = (0..first).collect();
            for (id, there) in changes {
                let one = Rc::new(note(id, id));
                let changed = rows.set(&Place::of(&one), Some(&one).filter(|_| there));
                prop_assert_eq!(changed, there || all.contains(&id));
                if there { all.insert(id) } else { all.remove(&id) };
            }
            let expected: Vec<i64> = all.into_iter().rev().collect();
            prop_assert_eq!(ids(&rows), &expected[..]);
            prop_assert_eq!((rows.len(), rows.is_empty()), (expected.len(), expected.is_empty()));
            prop_assert!(rows.chunks.iter().all(|chunk| !chunk.is_empty() && chunk.len() <= 2 * CHUNK));
            for (index, id) in expected.iter().enumerate() {
                prop_assert_eq!(rows.get(index).map(|one| one.id.0), Some(*id));
            }
            prop_assert!(rows.get(expected.len()).is_none());
            let middle = expected.len() / 2;
            let least = expected.get(middle).copied().unwrap_or(-1);
            prop_assert_eq!(rows.partition_point(|one| one.id.0 > least), middle);
            prop_assert_eq!(ids(&before.0), before.1);
        }
    }
}
