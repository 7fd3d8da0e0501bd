//! The space: the notifications of all members, kept in step with Nexudus, and the requests of a member for their own.

mod shared;
mod watch;

use std::{fmt, sync::Arc, time::Duration};

use coworker_notifications::model::{CoworkerId, NotificationId};
use shared::Shared;
pub use watch::{MemberState, MemberWatch};

use crate::{
    Budget, ListQuery, Nexudus, Store, StoredRecord,
    clock::{Clock, System},
    store::StoreError,
};

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
    /// Another gateway has the store's file.
    #[error("Another gateway uses the store's file: stop that one, or give both a PostgreSQL store.")]
    InUse,
}

impl Space {
    /// Starts keeping the space in step.
    pub async fn start(options: SpaceOptions, store: Arc<dyn Store>, nexudus: Nexudus) -> Result<Self, StartError> {
        Self::start_at(options, store, nexudus, System::clock()).await
    }

    /// The same by another clock, for tests.
    pub async fn start_at(
        options: SpaceOptions,
        store: Arc<dyn Store>,
        nexudus: Nexudus,
        clock: Arc<dyn Clock>,
    ) -> Result<Self, StartError> {
        Ok(Self { shared: Shared::start(options, store, nexudus, clock).await? })
    }

    /// The current revision of the member's notifications, which changes whenever any of their lists does. Reads the store
    /// only for a member whose summary is not in memory. Waits as [`Space::list`] does.
    pub async fn revision(&self, coworker: CoworkerId) -> Result<Revision, SpaceError> {
        let summary = self.shared.known_list(coworker).await?;
        Ok(self.shared.revision(&summary))
    }

    /// One page of the member's list. Waits up to 5 seconds if the list is not known yet.
    pub async fn list(&self, coworker: CoworkerId, query: &ListQuery) -> Result<Listing, SpaceError> {
        // The summary is read before the records, which may thus be newer than its revision, but never older.
        let summary = self.shared.known_list(coworker).await?;
        let records = self.shared.records(&summary).await?;
        let found = query.run(&records);
        let size = usize::try_from(query.size.max(1)).unwrap_or(usize::MAX);
        Ok(Listing {
            records: found.records,
            total: found.total,
            page: query.page.max(1),
            size: query.size.max(1),
            pages: found.total.div_ceil(size),
            age: self.age(),
            revision: self.shared.revision(&summary),
        })
    }

    /// How old everybody's lists are, while Nexudus does not answer.
    pub fn age(&self) -> Option<Duration> {
        self.shared.age()
    }

    /// Those of the records that are theirs, in the order of rising `Id`.
    pub async fn by_ids(
        &self,
        coworkers: &[CoworkerId],
        ids: &[NotificationId],
    ) -> Result<Vec<StoredRecord>, SpaceError> {
        for coworker in coworkers {
            self.shared.known_list(*coworker).await?;
        }
        let mut records = self.shared.store.by_ids(ids).await?;
        records.retain(|record| coworkers.contains(&record.notification().coworker));
        Ok(records)
    }

    /// Dismisses or restores one of their notifications: stored durably when this returns, written to Nexudus later.
    /// `None`: it is not theirs, or there is none.
    pub async fn set_dismissed(
        &self,
        coworkers: &[CoworkerId],
        id: NotificationId,
        dismissed: bool,
    ) -> Result<Option<StoredRecord>, SpaceError> {
        for coworker in coworkers {
            self.shared.known_list(*coworker).await?;
        }
        let Some((record, summary)) = self.shared.store.set_dismissed(coworkers, id, dismissed).await? else {
            return Ok(None);
        };
        self.shared.hub.update(&[summary]);
        self.shared.wakeups.write.notify_one();
        Ok(Some(record))
    }

    /// The newest state of the member's list, and each newer one. A slow reader skips what came between.
    pub fn watch(&self, coworker: CoworkerId) -> MemberWatch {
        MemberWatch::new(Arc::clone(&self.shared), coworker)
    }

    /// To be called when a member visits: their list is compared with Nexudus if the last comparison is too old.
    pub fn visited(&self, coworker: CoworkerId) {
        Arc::clone(&self.shared).visited(coworker);
    }

    /// To be called when something may have changed in Nexudus: the next poll comes soon. Many hints cause one poll.
    pub fn hint(&self) {
        Arc::clone(&self.shared).hint();
    }

    /// Whether members get what Nexudus has now.
    pub fn readiness(&self) -> Readiness {
        self.shared.readiness()
    }

    /// How many dismissals wait to be written to Nexudus.
    pub async fn waiting_writes(&self) -> Result<u64, SpaceError> {
        Ok(self.shared.store.waiting_writes().await?)
    }

    /// Whether this gateway is the one that asks Nexudus.
    pub fn leads(&self) -> bool {
        self.shared.leads()
    }

    /// Sends no more requests, ends all watches, and waits at most `grace` for work in progress.
    pub async fn stop(&self, grace: Duration) {
        self.shared.stop(grace).await;
    }
}
