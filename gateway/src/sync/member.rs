//! One member's list: fetched where it is not known yet, compared where that was long ago.

use coworker_notifications::{api::ListQuery, model::CoworkerId};

use super::{
    Failed, Upstream,
    time::{MINUTE, ServerTime, minute},
    upstream::{Reading, moment},
};
use crate::{
    budget::Class,
    clock::Millis,
    store::{Batch, Part},
};

impl Upstream {
    /// Reads the member's whole list, as far back as the history goes, and forgets what is not there any more.
    pub(crate) async fn compare_member(&self, class: Class, coworker: CoworkerId) -> Result<(), Failed> {
        let progress = self.store.progress().await?;
        let Some(floor) = progress.floor else {
            return Ok(());
        };
        let asked = self.stamp().await;
        let all = ListQuery::new().coworker(coworker).from_created(moment(floor));
        let first = self.page(class, &all.clone().page(1).size(100)).await?;
        let date = first.date.unwrap_or_else(|| self.now());
        let over = minute(ServerTime::new(progress.latest).at_least(date)) - MINUTE;
        let is_whole = first.pages <= 1;
        let mut reading = Reading::of(first);
        if !is_whole {
            // More than a page is read where nothing enters any more; what is newer comes with the polls.
            let closed = self.read_closed(class, &all.to_created(moment(over))).await?;
            reading.records.extend(closed.records);
            reading.ids.extend(closed.ids);
            reading.all_named &= closed.all_named;
        }
        // What came meanwhile is not listed, and is asked for by its id before it is forgotten.
        let mut gone =
            self.missing(class, Part { coworker: Some(coworker), from: floor, before: Millis::MAX }, &reading).await?;
        // What is older than the history is here because it was updated since, or the history was longer.
        let older = Part { coworker: Some(coworker), from: Millis::MIN, before: floor };
        gone.extend(self.missing(class, older, &reading).await?);
        let compared = vec![(coworker, self.now())];
        self.take(asked, Batch { records: reading.records, gone, compared, ..Batch::default() }).await
    }
}
