//! Writes dismissals to Nexudus: repeats each one until it is answered, and never writes it again after that.

use coworker_notifications::{
    api::{Request, Update},
    error::FailureKind,
    model::NotificationId,
};

use super::{SyncError, Upstream};
use crate::{
    budget::Purpose,
    clock::Millis,
    nexudus::read_page,
    store::{NextWrite, Outcome, Write},
};

/// The most tries of a write that Nexudus refuses. Then the dismissal holds only here.
const TRIES: u32 = 4;
/// The pauses before the second, third and fourth try.
const PAUSES: [Millis; 3] = [1_000, 5_000, 20_000];
/// The shortest and the longest pause after other failures.
const SHORTEST: Millis = 1_000;
const LONGEST: Millis = 60_000;

/// What the outbox does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Then {
    /// Something else may be due.
    Again,
    /// Nothing is due before this moment, if there is one.
    Wait(Option<Millis>),
}

impl Upstream {
    /// Sends the next write that is due, or reads the record of one whose answer nobody saw.
    pub(crate) async fn write_next(&self) -> Result<Then, SyncError> {
        match self.store.next_write(self.now()).await? {
            NextWrite::Nothing(until) => return Ok(Then::Wait(until)),
            NextWrite::Unverified(id) => self.verify(id).await?,
            NextWrite::Due(id) => self.write(id).await?,
        }
        Ok(Then::Again)
    }

    async fn write(&self, id: NotificationId) -> Result<(), SyncError> {
        self.admit(Purpose::Write).await?;
        // Noted before it is sent, so that a write whose answer is lost is verified later. The member may have taken it
        // back while this waited for the budget.
        let Some(write) = self.store.begin_write(id).await? else {
            return Ok(());
        };
        let update = Update::dismissed(&write.notification, write.dismissed);
        let answer = self.send(Purpose::Write, Request::update(&update)).await;
        let outcome = match answer {
            Err(SyncError::Store(error)) => return Err(error.into()),
            Err(SyncError::Throttled | SyncError::Stopping) => Outcome::NotSent(self.now()),
            Err(SyncError::Nexudus(failure))
                if matches!(failure.kind, FailureKind::Unauthorized | FailureKind::Config) =>
            {
                Outcome::NotSent(self.now() + LONGEST / 4)
            }
            Err(SyncError::Nexudus(failure)) => {
                tracing::info!(id = id.0, "a write is in doubt: {failure}");
                Outcome::Unverified(self.later(&write))
            }
            Ok(response) => match response.confirmation(None) {
                Ok(_) => Outcome::Acknowledged(write.dismissed),
                // The write may be done or not, so it is verified, but not without end.
                Err(rejected) if rejected.failure.kind == FailureKind::Decode && write.tries < 2 * TRIES => {
                    Outcome::Unverified(self.later(&write))
                }
                Err(rejected) => self.refused(&write, response.status, &rejected.failure.message),
            },
        };
        self.finish_write(id, outcome).await
    }

    fn refused(&self, write: &Write, status: u16, words: &str) -> Outcome {
        let id = write.notification.id.0;
        match status {
            401 => Outcome::NotSent(self.now() + LONGEST / 4),
            500 | 502..=599 => Outcome::Unverified(self.later(write)),
            // The answer cannot be read, or refuses the write.
            _ if write.tries >= TRIES => {
                tracing::warn!(
                    id,
                    status,
                    "Nexudus refuses a dismissal, which holds in the gateway only from now on: {words}"
                );
                Outcome::LocalOnly
            }
            _ => {
                tracing::info!(id, status, "Nexudus refuses a dismissal: {words}");
                let place = usize::try_from(write.tries).unwrap_or_default().saturating_sub(1);
                Outcome::Refused(self.now() + PAUSES.get(place).copied().unwrap_or(LONGEST))
            }
        }
    }

    /// Reads the record from Nexudus. It uses a search, which the credential's role allows in any case.
    async fn verify(&self, id: NotificationId) -> Result<(), SyncError> {
        let answer = self.request(Purpose::Sync, Request::get_many(&[id], 1)).await;
        let page = match answer.and_then(|response| Ok(read_page(&response)?)) {
            Ok(page) => page,
            Err(error) => {
                if !matches!(error, SyncError::Store(_)) {
                    self.finish_write(id, Outcome::Unverified(self.now() + SHORTEST * 5)).await?;
                }
                return Err(error);
            }
        };
        let outcome = match page.records.iter().find(|record| record.notification.id == id) {
            Some(record) => Outcome::Read(record.notification.is_dismissed),
            None if page.all_named && !page.ids.contains(&id) => Outcome::Gone,
            None => Outcome::Unverified(self.now() + LONGEST),
        };
        self.finish_write(id, outcome).await
    }

    /// When to verify or repeat a write that may have failed.
    fn later(&self, write: &Write) -> Millis {
        let doublings = write.tries.saturating_sub(1).min(6);
        self.now() + (SHORTEST << doublings).min(LONGEST)
    }
}
