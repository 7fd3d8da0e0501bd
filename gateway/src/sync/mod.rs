//! Keeps the store in step with Nexudus.
//!
//! Each part does one thing when it is called and never waits by itself: [`poll`] asks for changes, [`history`] reads
//! older records and checks whether all still exist, [`member`] fetches or compares one member's list, [`outbox`]
//! writes dismissals. [`leader`] calls them.

mod history;
pub(crate) mod leader;
mod member;
mod outbox;
mod poll;
mod recent_writes;
pub(crate) mod request_queue;
#[cfg(test)]
mod tests;
mod time;
mod upstream;

use coworker_notifications::error::Failure;

use crate::store::StoreError;
pub(crate) use upstream::Upstream;

/// Why a part of the synchronisation has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SyncError {
    /// The store does not answer.
    Store(StoreError),
    /// Nexudus does not answer, or with an error.
    Nexudus(Failure),
    /// Nexudus demands a pause, during which no request is sent.
    Throttled,
    /// The gateway is stopping and sends no more requests.
    Stopping,
}

impl SyncError {
    /// What kind of failure it is, as logs name it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Store(_) => "store",
            Self::Nexudus(failure) => failure.kind.name(),
            Self::Throttled => "throttled",
            Self::Stopping => "stopping",
        }
    }

    /// What is wrong, for people.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Store(error) => format!("The store does not answer: {error}"),
            Self::Nexudus(failure) => failure.message.clone(),
            Self::Throttled => "Nexudus asks to be left alone for a while.".into(),
            Self::Stopping => "The gateway ends.".into(),
        }
    }
}

impl From<StoreError> for SyncError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for SyncError {
    fn from(failure: Failure) -> Self {
        Self::Nexudus(failure)
    }
}
