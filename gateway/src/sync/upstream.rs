//! Sends requests to Nexudus within the budget, and takes its answers over into the store.

use std::sync::Arc;

use coworker_notifications::{
    api::{ListQuery, Request, Response},
    model::{NotificationId, Timestamp},
};
use tokio::sync::Mutex;

use super::{
    SyncError,
    recent_writes::{RecentWrites, Stamp},
    request_queue::RequestQueue,
};
use crate::{
    budget::{Purpose, Shares},
    clock::{Clock, Millis},
    hub::Hub,
    nexudus::{Nexudus, Page, Renewal, Secret, pause_after, read_page},
    store::{Batch, Outcome, RemoteRecord, Store},
};

/// The page size at first, and the one for many records. Nexudus may give fewer than requested.
const SIZE: u32 = 100;
const LARGE: u32 = 1_000;
/// From this number of pages on, larger pages are worth it.
const MANY: u32 = 4;

/// The state that all parts of the synchronisation share.
pub(crate) struct Upstream {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) hub: Arc<Hub>,
    nexudus: Nexudus,
    queue: RequestQueue,
    /// Locked while records are stored, so that no write is acknowledged meanwhile.
    recent_writes: Mutex<RecentWrites>,
}

/// Records read from one or more pages.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    pub(crate) records: Vec<RemoteRecord>,
    pub(crate) ids: Vec<NotificationId>,
    /// All ids could be read: a record that is not among them was not there.
    pub(crate) all_named: bool,
    pub(crate) pages: u32,
}

impl Upstream {
    pub(crate) fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        hub: Arc<Hub>,
        nexudus: Nexudus,
        shares: Shares,
    ) -> Self {
        let queue = RequestQueue::new(Arc::clone(&store), Arc::clone(&clock), shares);
        Self { store, clock, hub, nexudus, queue, recent_writes: Mutex::default() }
    }

    pub(crate) fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The stamp of a request that is sent now.
    pub(crate) async fn stamp(&self) -> Stamp {
        self.recent_writes.lock().await.stamp()
    }

    /// Waits until a request of this purpose may be sent.
    pub(crate) async fn admit(&self, purpose: Purpose) -> Result<(), SyncError> {
        self.queue.admit(purpose).await
    }

    /// Sends no more requests. Those in flight may still be waited for.
    pub(crate) fn close(&self) {
        self.queue.close();
    }

    /// Sends a request once the budget allows it.
    pub(crate) async fn request(&self, purpose: Purpose, request: Request) -> Result<Response, SyncError> {
        self.admit(purpose).await?;
        self.send(purpose, request).await
    }

    /// Sends a request that has been admitted.
    pub(crate) async fn send(&self, purpose: Purpose, request: Request) -> Result<Response, SyncError> {
        let mut token = self.nexudus.session().token().await;
        if token.is_none() {
            self.renew(None).await?;
            token = self.nexudus.session().token().await;
        }
        let mut response = self.nexudus.send(request.clone()).await?;
        if response.status == 401 && self.renew(token.as_ref()).await? != Renewal::Unchanged {
            self.admit(purpose).await?;
            response = self.nexudus.send(request).await?;
        }
        count(purpose, response.status);
        if let Some(pause) = pause_after(&response, self.now()) {
            tracing::info!(status = response.status, seconds = pause.as_secs_f32(), "Nexudus demands a pause");
            self.store.pause(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX)).await?;
            return Err(SyncError::Throttled);
        }
        Ok(response)
    }

    async fn renew(&self, refused: Option<&Secret>) -> Result<Renewal, SyncError> {
        let session = self.nexudus.session();
        if session.renewal_sends_request() {
            self.admit(Purpose::Sync).await?;
        }
        Ok(session.renew(refused).await?)
    }

    /// One page.
    pub(crate) async fn page(&self, purpose: Purpose, query: &ListQuery) -> Result<Page, SyncError> {
        let response = self.request(purpose, Request::list(query)).await?;
        Ok(read_page(&response)?)
    }

    /// Reads all pages of a range that no record enters any more, such as everything created up to a minute ago.
    ///
    /// Nothing is missed, however many records leave the range meanwhile. A record that leaves moves the rest towards
    /// the first page. So the pages are read from the last to the first, and the first, which tells the total, is read
    /// once more if any record has left. So `dir` does not matter.
    pub(crate) async fn read_closed(&self, purpose: Purpose, query: &ListQuery) -> Result<Reading, SyncError> {
        let (first, query) = self.first_page(purpose, query).await?;
        let (pages, total) = (first.pages, first.total);
        let mut reading = Reading::of(first);
        let mut is_still = total.is_some();
        for number in (2..=pages).rev() {
            let page = self.page(purpose, &query.clone().page(number)).await?;
            is_still &= page.total == total;
            reading.add(page);
        }
        if pages > 1 && !is_still {
            let again = self.page(purpose, &query.page(1)).await?;
            reading.add(again);
        }
        Ok(reading)
    }

    /// The first page, of larger ones where there are many, and the query that gives the others.
    async fn first_page(&self, purpose: Purpose, query: &ListQuery) -> Result<(Page, ListQuery), SyncError> {
        let small = query.clone().size(SIZE);
        let first = self.page(purpose, &small.clone().page(1)).await?;
        if first.pages < MANY {
            return Ok((first, small));
        }
        let large = query.clone().size(LARGE);
        match self.page(purpose, &large.clone().page(1)).await {
            Ok(page) if page.pages < first.pages => Ok((page, large)),
            Ok(_) => Ok((first, small)),
            // Nexudus refuses the larger size. If the reason is another one, the next request fails, too.
            Err(SyncError::Nexudus(failure)) if failure.status.is_some_and(|status| (400..500).contains(&status)) => {
                Ok((first, small))
            }
            Err(error) => Err(error),
        }
    }

    /// Those of these records that Nexudus no longer has. Each is requested by its id, so that one wrong list does not
    /// cost a member a notification.
    pub(crate) async fn gone(
        &self,
        purpose: Purpose,
        ids: &[NotificationId],
    ) -> Result<Vec<NotificationId>, SyncError> {
        let mut gone = Vec::new();
        for some in ids.chunks(SIZE as usize) {
            let mut there = Reading { all_named: true, ..Reading::default() };
            for number in 1.. {
                let page = read_page(&self.request(purpose, Request::get_many(some, number)).await?)?;
                let pages = page.pages;
                there.add(page);
                if number >= pages {
                    break;
                }
            }
            gone.extend(some.iter().filter(|id| there.all_named && !there.ids.contains(id)));
        }
        Ok(gone)
    }

    /// Stores the records of answers to requests that were sent at `sent` or later, and announces whose lists have changed.
    pub(crate) async fn apply(&self, sent: Stamp, mut batch: Batch) -> Result<(), SyncError> {
        let recent_writes = self.recent_writes.lock().await;
        recent_writes.correct(&mut batch.records, sent);
        let summaries = self.store.apply(&batch).await?;
        self.hub.update(&summaries);
        if let Some(progress) = &batch.progress {
            self.hub.set_progress(progress);
        }
        Ok(())
    }

    /// Stores the outcome of a write.
    pub(crate) async fn finish_write(&self, id: NotificationId, outcome: Outcome) -> Result<(), SyncError> {
        let mut recent_writes = self.recent_writes.lock().await;
        if let Outcome::Acknowledged(dismissed) | Outcome::Read(dismissed) = outcome {
            recent_writes.acknowledge(id, dismissed);
        }
        let summary = self.store.end_write(id, outcome).await?;
        self.hub.update(summary.as_slice());
        Ok(())
    }
}

impl Reading {
    pub(crate) fn of(page: Page) -> Self {
        let mut reading = Self { all_named: true, pages: page.pages, ..Self::default() };
        reading.add(page);
        reading
    }

    pub(crate) fn add(&mut self, page: Page) {
        self.records.extend(page.records);
        self.ids.extend(page.ids);
        self.all_named &= page.all_named;
    }
}

/// `from_` and `to_` of a query take a moment.
pub(crate) fn moment(millis: Millis) -> Timestamp {
    Timestamp::from_timestamp_millis(millis.max(0)).unwrap_or_default()
}

fn count(purpose: Purpose, status: u16) {
    metrics::counter!("gateway_nexudus_requests_total", "for" => purpose.name(), "status" => status.to_string())
        .increment(1);
}
