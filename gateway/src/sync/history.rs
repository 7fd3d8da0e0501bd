//! Reads the records from before the gateway's start, newest first. Once a night it checks whether all still exist.

use std::collections::HashSet;

use coworker_notifications::{api::ListQuery, model::NotificationId};

use super::{
    SyncError, Upstream,
    time::{DAY, minute},
    upstream::{Reading, moment},
};
use crate::{
    budget::Purpose,
    clock::Millis,
    store::{Batch, Part, Progress},
};

/// How much of the past is read at once: a time whose records fill some pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span(Millis);

const SHORTEST: Millis = 3_600_000;
const LONGEST: Millis = 3_650 * DAY;
/// A step that reads at most `FEW` pages doubles the span; a step with more than `MANY` halves it.
const FEW: u32 = 1;
const MANY: u32 = 8;
/// Everything is compared between these hours (UTC) if the last comparison is older than `FRESH`, and at any hour if it
/// is older than `STALE`.
const NIGHT: std::ops::Range<Millis> = 1..5;
const FRESH: Millis = 20 * 3_600_000;
const STALE: Millis = 30 * 3_600_000;

impl Default for Span {
    fn default() -> Self {
        Self(DAY)
    }
}

impl Span {
    fn adapt(&mut self, pages: u32) {
        if pages <= FEW {
            self.0 = (self.0 * 2).min(LONGEST);
        } else if pages > MANY {
            self.0 = (self.0 / 2).max(SHORTEST);
        }
    }
}

/// The result of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// There is more to do.
    More,
    /// Nothing to do for now.
    Nothing,
}

impl Upstream {
    /// Sets how far back the history goes. If it becomes longer, the rest is read, too.
    pub(crate) async fn set_history(&self, history: Millis) -> Result<(), SyncError> {
        let mut progress = self.store.progress().await?;
        let Some(cursor) = progress.cursor else {
            return Ok(());
        };
        let floor = minute(cursor - history);
        if progress.floor.is_none_or(|known| floor < known - DAY) {
            progress.floor = Some(floor);
            let sent = self.stamp().await;
            self.apply(sent, Batch { progress: Some(progress), ..Batch::default() }).await?;
        }
        Ok(())
    }

    /// Reads the next part of the history.
    pub(crate) async fn read_history(&self, span: &mut Span) -> Result<Step, SyncError> {
        let progress = self.store.progress().await?;
        let (Some(floor), Some(cursor)) = (progress.floor, progress.cursor) else {
            return Ok(Step::Nothing);
        };
        if progress.read_from.is_some_and(|from| from <= floor) {
            return Ok(Step::Nothing);
        }
        let sent = self.stamp().await;
        // The next poll brings the records that were created since the last one.
        let to = progress.read_from.unwrap_or(cursor);
        let from = minute((to - span.0).max(floor));
        let reading = self.read_created(Purpose::Backfill, from, Some(to)).await?;
        span.adapt(reading.pages);
        // The poller has moved on meanwhile.
        let mut progress = self.store.progress().await?;
        progress.read_from = Some(from);
        if from <= floor {
            progress.complete = true;
            progress.compared = Some(self.now());
            tracing::info!("the history is read");
        }
        let (records, progress) = (reading.records, Some(progress));
        self.apply(sent, Batch { records, progress, ..Batch::default() }).await?;
        Ok(if from <= floor { Step::Nothing } else { Step::More })
    }

    /// Compares the next part of everything, if it is time.
    pub(crate) async fn compare_all(&self, span: &mut Span) -> Result<Step, SyncError> {
        let progress = self.store.progress().await?;
        let (Some(floor), Some(cursor), true) = (progress.floor, progress.cursor, progress.complete) else {
            return Ok(Step::Nothing);
        };
        if progress.compared_from.is_none() && !is_due(&progress, self.now()) {
            return Ok(Step::Nothing);
        }
        let sent = self.stamp().await;
        // The newest part has no end. A record that enters it meanwhile may not be listed, but it is requested by its
        // id before it is forgotten.
        let before = progress.compared_from.unwrap_or(Millis::MAX);
        let from = minute((progress.compared_from.unwrap_or(cursor) - span.0).max(floor));
        let reading = self.read_created(Purpose::Sweep, from, progress.compared_from).await?;
        span.adapt(reading.pages);
        let part = Part { coworker: None, from, before };
        let gone = self.missing(Purpose::Sweep, part, &reading).await?;
        let mut progress = self.store.progress().await?;
        let is_done = from <= floor;
        progress.compared_from = (!is_done).then_some(from);
        if is_done {
            progress.compared = Some(self.now());
            tracing::info!("everything is compared with Nexudus");
        }
        let batch = Batch { records: reading.records, gone, progress: Some(progress), ..Batch::default() };
        self.apply(sent, batch).await?;
        Ok(if is_done { Step::Nothing } else { Step::More })
    }

    /// Everything created in these minutes, the last one included.
    async fn read_created(&self, purpose: Purpose, from: Millis, to: Option<Millis>) -> Result<Reading, SyncError> {
        let mut query = ListQuery::new().from_created(moment(from));
        if let Some(to) = to {
            query = query.to_created(moment(to));
        }
        self.read_closed(purpose, &query).await
    }

    /// The records in a part of the store that Nexudus did not list, and does not have.
    pub(super) async fn missing(
        &self,
        purpose: Purpose,
        part: Part,
        reading: &Reading,
    ) -> Result<Vec<NotificationId>, SyncError> {
        if !reading.all_named {
            return Ok(Vec::new());
        }
        let listed: HashSet<_> = reading.ids.iter().collect();
        let mut missing = self.store.ids(part).await?;
        missing.retain(|id| !listed.contains(id));
        self.gone(purpose, &missing).await
    }
}

fn is_due(progress: &Progress, now: Millis) -> bool {
    let since = progress.compared.map_or(Millis::MAX, |compared| now - compared);
    let hour = now.rem_euclid(DAY) / 3_600_000;
    since > STALE || (since > FRESH && NIGHT.contains(&hour))
}
