//! The SQL that both backends share. This folder is compiled once for each of them: `super` says for which.

mod apply;
mod intents;
pub(super) mod meta;
mod read;
mod requests;

use async_trait::async_trait;
use coworker_notifications::model::{CoworkerId, NotificationId};
use tokio::sync::broadcast;

use super::{Backend, Connection, Db, FOR_UPDATE, SHARED};
use crate::{
    budget::Limit,
    clock::Millis,
    record::StoredRecord,
    store::{
        Batch, Grant, Health, Leadership, ListSummary, NextWrite, Outcome, Part, Progress, Signal, Store, StoreError,
        Write,
    },
};

/// Rows a statement, where there are many: well below the number of parameters that either backend takes.
const CHUNK: usize = 1_000;

#[async_trait]
impl Store for Backend {
    fn number(&self) -> u64 {
        Backend::number(self)
    }

    fn is_shared(&self) -> bool {
        SHARED
    }

    fn signals(&self) -> broadcast::Receiver<Signal> {
        self.subscribe()
    }

    async fn lead(&self) -> Result<Option<Leadership>, StoreError> {
        Backend::lead(self).await
    }

    async fn records(&self, coworker: CoworkerId) -> Result<Vec<StoredRecord>, StoreError> {
        read::records(&mut *self.reader().acquire().await?, coworker).await
    }

    async fn by_ids(&self, ids: &[NotificationId]) -> Result<Vec<StoredRecord>, StoreError> {
        read::by_ids(&mut *self.reader().acquire().await?, ids).await
    }

    async fn ids(&self, part: Part) -> Result<Vec<NotificationId>, StoreError> {
        Ok(read::ids(&mut *self.reader().acquire().await?, part).await?)
    }

    async fn summaries(&self, coworkers: &[CoworkerId]) -> Result<Vec<ListSummary>, StoreError> {
        Ok(read::summaries(&mut *self.reader().acquire().await?, coworkers).await?)
    }

    async fn apply(&self, batch: &Batch) -> Result<Vec<ListSummary>, StoreError> {
        let mut tx = self.begin().await?;
        let changed = apply::apply(&mut tx, batch).await?;
        if !changed.is_empty() {
            self.notify(&mut tx, &Signal::Changed(changed.as_slice().into())).await?;
        }
        let summaries = read::summaries(&mut tx, &changed).await?;
        tx.commit().await?;
        Ok(summaries)
    }

    async fn progress(&self) -> Result<Progress, StoreError> {
        meta::get(&mut *self.reader().acquire().await?, meta::PROGRESS).await
    }

    async fn health(&self) -> Result<Health, StoreError> {
        meta::get(&mut *self.reader().acquire().await?, meta::HEALTH).await
    }

    async fn set_health(&self, health: &Health) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        meta::set(&mut tx, meta::HEALTH, health).await?;
        Ok(tx.commit().await?)
    }

    async fn request_lists(&self, coworkers: &[CoworkerId], now: Millis) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        requests::request_lists(&mut tx, coworkers, now).await?;
        self.notify(&mut tx, &Signal::ListsRequested).await?;
        Ok(tx.commit().await?)
    }

    async fn requested_lists(&self) -> Result<Vec<CoworkerId>, StoreError> {
        Ok(requests::requested_lists(&mut *self.reader().acquire().await?).await?)
    }

    async fn set_dismissed(
        &self,
        coworkers: &[CoworkerId],
        id: NotificationId,
        dismissed: bool,
    ) -> Result<Option<(StoredRecord, ListSummary)>, StoreError> {
        let mut tx = self.begin().await?;
        let Some(recorded) = intents::record(&mut tx, coworkers, id, dismissed).await? else {
            return Ok(None);
        };
        if recorded.changed {
            self.notify(&mut tx, &Signal::Changed([recorded.coworker].into())).await?;
            self.notify(&mut tx, &Signal::Write).await?;
        }
        let summary = read::summaries(&mut tx, &[recorded.coworker]).await?.into_iter().next();
        let record = read::by_ids(&mut tx, &[id]).await?.into_iter().next();
        tx.commit().await?;
        Ok(record.zip(summary))
    }

    async fn next_write(&self, now: Millis) -> Result<NextWrite, StoreError> {
        Ok(intents::next(&mut *self.reader().acquire().await?, now).await?)
    }

    async fn begin_write(&self, id: NotificationId) -> Result<Option<Write>, StoreError> {
        let mut tx = self.begin().await?;
        let write = intents::begin(&mut tx, id).await?;
        tx.commit().await?;
        Ok(write)
    }

    async fn end_write(&self, id: NotificationId, outcome: Outcome) -> Result<Option<ListSummary>, StoreError> {
        let mut tx = self.begin().await?;
        let changed = intents::end(&mut tx, id, outcome).await?;
        let mut summary = None;
        if let Some(coworker) = changed {
            self.notify(&mut tx, &Signal::Changed([coworker].into())).await?;
            summary = read::summaries(&mut tx, &[coworker]).await?.into_iter().next();
        }
        tx.commit().await?;
        Ok(summary)
    }

    async fn waiting_writes(&self) -> Result<u64, StoreError> {
        Ok(intents::waiting(&mut *self.reader().acquire().await?).await?)
    }

    async fn grant(&self, writes: bool, limits: &[Limit]) -> Result<Grant, StoreError> {
        let mut tx = self.begin().await?;
        requests::lock(&mut tx).await?;
        let now = self.now(&mut tx).await?;
        let grant = requests::grant(&mut tx, writes, limits, now).await?;
        tx.commit().await?;
        Ok(grant)
    }

    async fn hint(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        self.notify(&mut tx, &Signal::Hint).await?;
        Ok(tx.commit().await?)
    }

    async fn pause(&self, millis: i64) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        requests::lock(&mut tx).await?;
        let now = self.now(&mut tx).await?;
        requests::pause(&mut tx, now.saturating_add(millis)).await?;
        Ok(tx.commit().await?)
    }

    async fn pause_after_last(&self, millis: i64) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        requests::lock(&mut tx).await?;
        if let Some(last) = requests::last(&mut tx).await? {
            requests::pause(&mut tx, last.saturating_add(millis)).await?;
        }
        Ok(tx.commit().await?)
    }
}
