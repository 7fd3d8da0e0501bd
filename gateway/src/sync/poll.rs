//! Polls for what has changed since the last poll, for all members at once.

use coworker_notifications::api::ListQuery;

use super::{
    SyncError, Upstream,
    time::{MINUTE, ServerTime, minute},
    upstream::moment,
};
use crate::{budget::Purpose, nexudus::Page, store::Batch};

impl Upstream {
    /// Stores what was updated since the last poll.
    ///
    /// One page is the state of one moment, so nothing is missed if all changes fit on one page. With more pages, the
    /// minutes that are over are read separately, because no further change is dated in them. The next poll reads the
    /// current minute again. So each minute is read once after it is over, and polls overlap by a minute.
    pub(crate) async fn poll(&self) -> Result<(), SyncError> {
        let mut progress = self.store.progress().await?;
        let sent = self.stamp().await;
        let from = match progress.cursor {
            Some(cursor) => cursor,
            None => self.beginning().await?,
        };
        let since = |from| ListQuery::new().from_updated(moment(from));
        let first = self.page(Purpose::Sync, &since(from).page(1).size(SIZE)).await?;
        let date = first.date.unwrap_or_else(|| self.now());
        let mut time = ServerTime::new(progress.latest);
        time.learn(updates(&first), date);
        let over = minute(time.at_least(date)) - MINUTE;
        let mut records = first.records;
        if first.pages > 1 {
            if over >= from {
                let closed = self.read_closed(Purpose::Sync, &since(from).to_updated(moment(over))).await?;
                records.extend(closed.records);
            }
            let open = self.read_closed(Purpose::Sync, &since(over.max(from))).await?;
            records.extend(open.records);
        }
        progress.cursor = Some(over);
        progress.latest = time.latest();
        self.apply(sent, Batch { records, progress: Some(progress), ..Batch::default() }).await
    }

    /// Where the first poll begins: the time of the records' clock is not known yet, so it begins more than a day back.
    async fn beginning(&self) -> Result<i64, SyncError> {
        let any = self.page(Purpose::Sync, &ListQuery::new().page(1).size(1)).await?;
        let date = any.date.unwrap_or_else(|| self.now());
        Ok(minute(ServerTime::default().at_least(date)))
    }
}

const SIZE: u32 = 100;

fn updates(page: &Page) -> impl Iterator<Item = i64> {
    page.records.iter().filter_map(|record| Some(record.notification.updated?.timestamp_millis()))
}
