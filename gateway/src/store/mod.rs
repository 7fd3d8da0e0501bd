//! The store: the members' notifications, dismissals that wait to be written, and the requests sent to Nexudus. SQLite is
//! for one gateway, PostgreSQL for any number side by side.

mod location;
mod migrate;
mod postgres;
mod sqlite;

use std::sync::Arc;

use async_trait::async_trait;
use coworker_notifications::model::{CoworkerId, Notification, NotificationId};
use serde::{Deserialize, Serialize};
use tokio::sync::{broadcast, watch};

use crate::{
    budget::Limit,
    clock::{Clock, Millis},
    record::StoredRecord,
};
pub use location::{BadLocation, Location};

/// The interface of every backend. A method that changes something has stored the change durably when it returns.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// A number that no other store has.
    fn number(&self) -> u64;

    /// Whether several gateways can use it at once.
    fn is_shared(&self) -> bool;

    /// The messages of the other gateways of this store.
    fn signals(&self) -> broadcast::Receiver<Signal>;

    /// Tries to become the one gateway that asks Nexudus. `None`: another one is.
    async fn lead(&self) -> Result<Option<Leadership>, StoreError>;

    /// All records of a member, by rising id.
    async fn records(&self, coworker: CoworkerId) -> Result<Vec<StoredRecord>, StoreError>;

    /// Those of the records that are there, by rising id.
    async fn by_ids(&self, ids: &[NotificationId]) -> Result<Vec<StoredRecord>, StoreError>;

    /// Ids of the records in a part of the store.
    async fn ids(&self, part: Part) -> Result<Vec<NotificationId>, StoreError>;

    /// Summaries of these members' lists. Members whom the store does not know are left out.
    async fn summaries(&self, coworkers: &[CoworkerId]) -> Result<Vec<ListSummary>, StoreError>;

    /// Stores what Nexudus has. Returns summaries of the lists that have changed.
    async fn apply(&self, batch: &Batch) -> Result<Vec<ListSummary>, StoreError>;

    /// The progress of the synchronisation.
    async fn progress(&self) -> Result<Progress, StoreError>;

    /// Nexudus's health, as stored by the gateway that asks it.
    async fn health(&self) -> Result<Health, StoreError>;

    /// Stores Nexudus's health.
    async fn set_health(&self, health: &Health) -> Result<(), StoreError>;

    /// Requests that these members' lists are fetched or compared.
    async fn request_lists(&self, coworkers: &[CoworkerId], now: Millis) -> Result<(), StoreError>;

    /// The members whose list has been requested, the longest waiting first.
    async fn requested_lists(&self) -> Result<Vec<CoworkerId>, StoreError>;

    /// Dismisses or restores a record of one of these members: the record as it is then, and the summary of the list.
    async fn set_dismissed(
        &self,
        coworkers: &[CoworkerId],
        id: NotificationId,
        dismissed: bool,
    ) -> Result<Option<(StoredRecord, ListSummary)>, StoreError>;

    /// The next write that is due.
    async fn next_write(&self, now: Millis) -> Result<NextWrite, StoreError>;

    /// Stores that the write is being sent now, and returns what to send. `None`: there is nothing to send any more.
    async fn begin_write(&self, id: NotificationId) -> Result<Option<Write>, StoreError>;

    /// Stores the outcome of a write. Returns the summary of the member's list if it has changed.
    async fn end_write(&self, id: NotificationId, outcome: Outcome) -> Result<Option<ListSummary>, StoreError>;

    /// How many writes wait.
    async fn waiting_writes(&self) -> Result<u64, StoreError>;

    /// Whether a request may be sent now under these limits, which hold for all gateways of this store together. If so, it
    /// is already counted.
    async fn grant(&self, writes: bool, limits: &[Limit]) -> Result<Grant, StoreError>;

    /// Notifies the gateway that asks Nexudus that something may have changed there.
    async fn hint(&self) -> Result<(), StoreError>;

    /// From now on no gateway sends a request to Nexudus for this long.
    async fn pause(&self, millis: i64) -> Result<(), StoreError>;

    /// No gateway sends a request to Nexudus until this long after the last one.
    async fn pause_after_last(&self, millis: i64) -> Result<(), StoreError>;
}

/// Why the store does not answer, or why its data cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StoreError(pub(crate) String);

/// A message of one gateway to the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// The lists of these members have changed.
    Changed(Arc<[CoworkerId]>),
    /// Messages were lost, so anything may have changed.
    Everything,
    /// Members' lists have been requested.
    ListsRequested,
    /// There is something to write.
    Write,
    /// Something may have changed in Nexudus.
    Hint,
}

/// The right to ask Nexudus. It ends with this value, or with the connection to the store.
pub struct Leadership {
    /// Turns true when the right is lost.
    pub lost: watch::Receiver<bool>,
    /// What holds the right.
    pub(crate) _guard: Box<dyn Send + Sync>,
}

/// A part of the store's records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Of this member alone.
    pub coworker: Option<CoworkerId>,
    /// Created then or later.
    pub from: Millis,
    /// Created earlier than that.
    pub before: Millis,
}

/// A summary of a member's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListSummary {
    /// Who.
    pub coworker: CoworkerId,
    /// Rises with each change.
    pub revision: u64,
    /// How many are not dismissed.
    pub total: u32,
    /// The newest that is not dismissed.
    pub newest: Option<NotificationId>,
    /// When the list was last compared with Nexudus as a whole.
    pub compared: Option<Millis>,
}

/// Records from Nexudus, which are stored all together or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Records that Nexudus has.
    pub records: Vec<RemoteRecord>,
    /// Records that Nexudus does not have any more.
    pub gone: Vec<NotificationId>,
    /// Members whose whole list was compared, and when.
    pub compared: Vec<(CoworkerId, Millis)>,
    /// The progress of the synchronisation once this is stored.
    pub progress: Option<Progress>,
}

/// A record as Nexudus has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteRecord {
    /// The record, decoded.
    pub notification: Notification,
    /// The record.
    pub json: Box<str>,
}

/// The progress of the synchronisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The store has everything that was updated before this moment, in Nexudus's time.
    pub cursor: Option<Millis>,
    /// The latest `UpdatedOn` seen, and Nexudus's `Date` when it was first seen. The two relate Nexudus's two clocks.
    pub latest: Option<(Millis, Millis)>,
    /// The beginning of the history that is read, or to be read.
    pub floor: Option<Millis>,
    /// The store has everything that was created at this moment or later.
    pub read_from: Option<Millis>,
    /// The whole history has been read once, so that a member without records has none.
    pub complete: bool,
    /// If a comparison of everything is running: records created before this moment are still to be compared.
    pub compared_from: Option<Millis>,
    /// When everything was last compared.
    pub compared: Option<Millis>,
}

/// Nexudus's health. Gateways of different versions read it from one store, so its names in JSON stay.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// When it last answered a poll.
    #[serde(rename = "good")]
    pub last_success: Option<Millis>,
    /// What has been wrong since then, in words.
    #[serde(rename = "trouble")]
    pub problem: Option<String>,
}

/// Whether there is something to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextWrite {
    /// Nothing, before this moment if there is one.
    Nothing(Option<Millis>),
    /// This record's dismissal is due.
    Due(NotificationId),
    /// The write was sent, but its answer was lost: the record has to be read first.
    Unverified(NotificationId),
}

/// A write to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Write {
    /// The record as Nexudus has it.
    pub notification: Notification,
    /// What `IsDismissed` becomes.
    pub dismissed: bool,
    /// Which try this is, from 1.
    pub tries: u32,
}

/// The outcome of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Nexudus has taken it over: this is what it has now.
    Acknowledged(bool),
    /// Nexudus did not get it or did not process it: try again at this moment. It does not count as a try.
    NotSent(Millis),
    /// Nexudus refuses it: try again at this moment.
    Refused(Millis),
    /// Nexudus refuses it for good: the dismissal or restoring holds in this store only.
    LocalOnly,
    /// The outcome is unknown: read the record at this moment.
    Unverified(Millis),
    /// The record was read: this is what Nexudus has.
    Read(bool),
    /// There is no such record any more.
    Gone,
}

/// Whether a request may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grant {
    /// Now.
    Go,
    /// Only after this many milliseconds.
    Wait(i64),
}

/// Opens the store and brings its tables up to date.
pub async fn open(location: &Location, clock: Arc<dyn Clock>) -> Result<Arc<dyn Store>, StoreError> {
    Ok(match location {
        Location::File(path) => Arc::new(sqlite::Backend::file(path, clock).await?),
        Location::Memory => Arc::new(sqlite::Backend::memory(clock).await?),
        Location::Postgres(address) => Arc::new(postgres::Backend::connect(address).await?),
    })
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self(error.to_string())
    }
}
