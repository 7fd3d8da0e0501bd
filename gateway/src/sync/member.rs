//! One member's list: fetched if it is not known yet, compared if the last comparison is old.

use coworker_notifications::{api::ListQuery, model::CoworkerId};

use super::{
    SyncError, Upstream,
    time::{MINUTE, ServerTime, minute},
    upstream::{Reading, moment},
};
use crate::{
    budget::Purpose,
    clock::Millis,
    store::{Batch, Part},
};

impl Upstream {
    /// Reads the member's whole list, as far back as the history goes, and forgets what is not there any more.
    pub(crate) async fn compare_member(&self, purpose: Purpose, coworker: CoworkerId) -> Result<(), SyncError> {
        let progress = self.store.progress().await?;
        let Some(floor) = progress.floor else {
            return Ok(());
        };
        let sent = self.stamp().await;
        let all = ListQuery::new().coworker(coworker).from_created(moment(floor));
        let first = self.page(purpose, &all.clone().page(1).size(100)).await?;
        let date = first.date.unwrap_or_else(|| self.now());
        let over = minute(ServerTime::new(progress.latest).at_least(date)) - MINUTE;
        let is_whole = first.pages <= 1;
        let mut reading = Reading::of(first);
        if !is_whole {
            // Several pages are read only up to a minute that is over, as no record enters there. Polls bring the rest.
            let closed = self.read_closed(purpose, &all.to_created(moment(over))).await?;
            reading.records.extend(closed.records);
            reading.ids.extend(closed.ids);
            reading.all_named &= closed.all_named;
        }
        // A record that came meanwhile is not listed. It is requested by its id before it is forgotten.
        let mut gone = self
            .missing(purpose, Part { coworker: Some(coworker), from: floor, before: Millis::MAX }, &reading)
            .await?;
        // Records older than the history are here because they were updated since, or the history was longer.
        let older = Part { coworker: Some(coworker), from: Millis::MIN, before: floor };
        gone.extend(self.missing(purpose, older, &reading).await?);
        let compared = vec![(coworker, self.now())];
        self.apply(sent, Batch { records: reading.records, gone, compared, ..Batch::default() }).await
    }
}
