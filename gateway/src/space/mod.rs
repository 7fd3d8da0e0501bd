//! The space: everybody's notifications, kept in step with Nexudus, and what a member may ask of their own.

mod watch;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use coworker_notifications::model::{CoworkerId, NotificationId};
pub use watch::{MemberState, MemberWatch};

use crate::{Budget, ListQuery, Nexudus, Store, StoredRecord, store::StoreError};

/// A space. A clone is the same space.
#[derive(Clone)]
pub struct Space {
    shared: Arc<Shared>,
}

/// How a space is kept in step with Nexudus.
#[derive(Debug, Clone)]
pub struct SpaceOptions {
    /// `--sync-interval`
    pub sync_interval: Duration,
    /// `--budget`
    pub budget: Budget,
    /// `--history`
    pub history: Duration,
    /// `--sweep-interval`
    pub sweep_interval: Duration,
}

impl Default for SpaceOptions {
    fn default() -> Self {
        Self {
            sync_interval: Duration::from_secs(5),
            budget: Budget::default(),
            history: Duration::from_secs(90 * 86_400),
            sweep_interval: Duration::from_secs(600),
        }
    }
}

/// One page of a member's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The page's records, in order.
    pub records: Vec<StoredRecord>,
    /// How many records match on all pages.
    pub total: usize,
    /// Which page this is, from 1.
    pub page: u32,
    /// Records a page.
    pub size: u32,
    /// How many pages there are.
    pub pages: usize,
    /// How old the list is, while Nexudus does not answer.
    pub age: Option<Duration>,
    /// Which state of the member's notifications this is.
    pub revision: Revision,
}

/// A state of one member's notifications in one store: another state has another revision, for good. As text it has
/// letters, digits and `-` only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Revision {
    store: u64,
    number: u64,
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.store, self.number)
    }
}

/// Whether members get what Nexudus has now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Readiness {
    /// They do.
    Ready,
    /// They do not, for this reason.
    NotReady(String),
}

/// Why a member does not get an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpaceError {
    /// Nexudus has not been asked for this member's list yet.
    #[error("The list is not known yet.")]
    NotKnownYet {
        /// When it is worth another try.
        retry_after: Duration,
    },
    /// The store does not answer.
    #[error("The store does not answer: {0}")]
    Store(#[from] StoreError),
}

/// Why a space cannot be started. Nexudus being down is no reason.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store does not answer.
    #[error("The store does not answer: {0}")]
    Store(#[from] StoreError),
}

impl Space {
    /// Starts keeping the space in step.
    pub async fn start(_options: SpaceOptions, _store: Arc<dyn Store>, _nexudus: Nexudus) -> Result<Self, StartError> {
        Ok(Self { shared: Arc::default() })
    }

    /// Where the member's notifications are now: changes whenever any of their lists does. Waits as [`Space::list`] does.
    pub async fn revision(&self, coworker: CoworkerId) -> Result<Revision, SpaceError> {
        self.member(coworker).map(|(revision, _)| revision)
    }

    /// One page of the member's list. Waits up to 5 seconds where the list is not known yet.
    pub async fn list(&self, coworker: CoworkerId, query: &ListQuery) -> Result<Listing, SpaceError> {
        let (revision, records) = self.member(coworker)?;
        let found = query.run(&records);
        let size = usize::try_from(query.size.max(1)).unwrap_or(usize::MAX);
        Ok(Listing {
            records: found.records,
            total: found.total,
            page: query.page.max(1),
            size: query.size.max(1),
            pages: found.total.div_ceil(size),
            age: None,
            revision,
        })
    }

    /// Those of the records that are theirs, in the order of rising `Id`.
    pub async fn by_ids(
        &self,
        coworkers: &[CoworkerId],
        ids: &[NotificationId],
    ) -> Result<Vec<StoredRecord>, SpaceError> {
        let mut found = Vec::new();
        for coworker in coworkers {
            let (_, records) = self.member(*coworker)?;
            found.extend(records.into_iter().filter(|record| ids.contains(&record.id())));
        }
        found.sort_by_key(StoredRecord::id);
        Ok(found)
    }

    /// Dismisses or restores one of their notifications: stored durably when this returns, written to Nexudus later.
    /// `None`: it is not theirs, or there is none.
    pub async fn set_dismissed(
        &self,
        coworkers: &[CoworkerId],
        id: NotificationId,
        dismissed: bool,
    ) -> Result<Option<StoredRecord>, SpaceError> {
        let mut members = self.shared.members.write().unwrap_or_else(PoisonError::into_inner);
        for coworker in coworkers {
            let Some((number, records)) = members.get_mut(coworker) else { continue };
            let Some(record) = records.iter_mut().find(|record| record.id() == id) else { continue };
            *record = StoredRecord::new(record.notification().clone(), record.json(), dismissed);
            *number += 1;
            return Ok(Some(record.clone()));
        }
        Ok(None)
    }

    /// The newest state of the member's list, and each newer one. A slow reader skips what came between.
    pub fn watch(&self, coworker: CoworkerId) -> MemberWatch {
        MemberWatch::new(self.clone(), coworker)
    }

    /// The member is here: their list may be compared with Nexudus if that was long ago.
    pub fn visited(&self, _coworker: CoworkerId) {}

    /// Something has happened in Nexudus: ask soon. Many hints make one request.
    pub fn hint(&self) {}

    /// Whether members get what Nexudus has now.
    pub fn readiness(&self) -> Readiness {
        Readiness::Ready
    }

    /// Stops asking, ends all watches, and gives what is under way so long.
    pub async fn stop(&self, _grace: Duration) {}

    fn member(&self, coworker: CoworkerId) -> Result<(Revision, Vec<StoredRecord>), SpaceError> {
        let members = self.shared.members.read().unwrap_or_else(PoisonError::into_inner);
        let (number, records) =
            members.get(&coworker).cloned().ok_or(SpaceError::NotKnownYet { retry_after: Duration::from_secs(5) })?;
        Ok((Revision { store: 1, number }, records))
    }
}

/// A stand-in until there is a store.
#[derive(Default)]
struct Shared {
    members: RwLock<BTreeMap<CoworkerId, (u64, Vec<StoredRecord>)>>,
}
