//! What all clones of a space share, and the tasks that keep it up to date.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use coworker_notifications::model::CoworkerId;
use moka::sync::Cache;
use tokio::{
    sync::{
        broadcast::{self, error::RecvError},
        watch,
    },
    time,
};

use super::{Readiness, Revision, SpaceError, SpaceOptions, StartError};
use crate::{
    Nexudus, Store, StoredRecord,
    budget::Shares,
    clock::{Clock, Millis},
    hub::Hub,
    store::{Health, Leadership, ListSummary, Signal, StoreError},
    sync::{
        Upstream,
        leader::{self, Schedule, Wakeups},
    },
    task::{Task, raised},
};

/// How long a member waits for a list that is not known yet.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a new gateway waits for the previous one to release the store's file.
const HANDOVER: Duration = Duration::from_secs(10);
/// The time between tries to become the gateway that asks Nexudus.
const CANDIDACY: Duration = Duration::from_secs(1);
/// The time between reads of health and progress, which the gateway that asks Nexudus stores.
const REFRESH: Duration = Duration::from_secs(1);
/// The size of the cache of lists, in bytes.
const CACHE: u64 = 64 << 20;
/// A comparison of a member's list is not requested again within this time.
const REQUESTED: Millis = 30_000;

/// A little more than the pause that Nexudus asks for when it throttles.
const SHORTEST_PAUSE: Millis = 1_100;

/// Why a member's list is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListRequest {
    /// The store does not have it yet.
    Fetch,
    /// It is compared with Nexudus, so that what was deleted there is found.
    Compare,
}

/// A member's records as of a revision.
type Records = (u64, Arc<[StoredRecord]>);

pub(crate) struct Shared {
    pub(super) store: Arc<dyn Store>,
    pub(super) hub: Arc<Hub>,
    pub(super) wakeups: Arc<Wakeups>,
    clock: Arc<dyn Clock>,
    options: SpaceOptions,
    health: RwLock<Health>,
    leads: AtomicBool,
    lists: Cache<CoworkerId, Records>,
    /// Lists that are to be requested from the store's leader.
    list_requests: Mutex<HashMap<CoworkerId, ListRequest>>,
    /// Locked while these requests are stored.
    storing_requests: tokio::sync::Mutex<()>,
    stopping: watch::Sender<bool>,
    tasks: Mutex<Vec<Task>>,
}

impl Shared {
    pub(super) async fn start(
        options: SpaceOptions,
        store: Arc<dyn Store>,
        nexudus: Nexudus,
        clock: Arc<dyn Clock>,
    ) -> Result<Arc<Self>, StartError> {
        let first = if store.is_shared() { None } else { Some(take_over(&*store).await?) };
        let hub = Arc::new(Hub::default());
        hub.set_progress(&store.progress().await?);
        let signals = store.signals();
        let shares = Shares::new(&options.budget, options.sync_interval);
        let upstream = Upstream::new(Arc::clone(&store), Arc::clone(&clock), Arc::clone(&hub), nexudus, shares);
        let weigh = |_: &CoworkerId, (_, records): &Records| {
            let bytes: usize = records.iter().map(|record| record.json().len() * 2 + 300).sum();
            u32::try_from(bytes + 100).unwrap_or(u32::MAX)
        };
        let shared = Arc::new(Self {
            health: RwLock::new(Health { problem: Some(NOT_POLLED.into()), ..store.health().await? }),
            store,
            hub,
            wakeups: Arc::default(),
            clock,
            options,
            leads: AtomicBool::new(false),
            lists: Cache::builder().max_capacity(CACHE).weigher(weigh).build(),
            list_requests: Mutex::default(),
            storing_requests: tokio::sync::Mutex::default(),
            stopping: watch::Sender::new(false),
            tasks: Mutex::default(),
        });
        let leading = Task::spawn(Arc::clone(&shared).lead(Arc::new(upstream), first));
        let listening = Task::spawn(Arc::clone(&shared).listen(signals));
        *shared.tasks.lock().unwrap_or_else(PoisonError::into_inner) = vec![leading, listening];
        Ok(shared)
    }

    /// The summary of the member's list. Waits for a list that is not known yet.
    pub(super) async fn known_list(&self, coworker: CoworkerId) -> Result<ListSummary, SpaceError> {
        let summary = self.hub.summary(&*self.store, coworker).await?;
        if self.hub.has_list_of(&summary) {
            return Ok(summary);
        }
        let mut states = self.hub.follow(&*self.store, coworker).await?;
        self.request_list(coworker, ListRequest::Fetch).await?;
        let known = time::timeout(PATIENCE, states.wait_for(|summary| self.hub.has_list_of(summary))).await;
        match known {
            Ok(Ok(summary)) => Ok(*summary),
            _ => Err(SpaceError::NotKnownYet { retry_after: PATIENCE }),
        }
    }

    /// Requests a member's list. Requests that come while the store is busy are stored together, so that a crowd of
    /// members does not slow down the work that it waits for.
    pub(super) async fn request_list(&self, coworker: CoworkerId, request: ListRequest) -> Result<(), StoreError> {
        self.list_requests().entry(coworker).and_modify(|known| *known = request.max(*known)).or_insert(request);
        let _storing = self.storing_requests.lock().await;
        let mut requests = std::mem::take(&mut *self.list_requests());
        // Some lists may have been fetched meanwhile.
        requests
            .retain(|coworker, request| *request == ListRequest::Compare || !self.hub.has_list_in_memory(*coworker));
        if requests.is_empty() {
            return Ok(());
        }
        let coworkers: Vec<_> = requests.into_keys().collect();
        self.store.request_lists(&coworkers, self.clock.now()).await?;
        self.wakeups.list.notify_one();
        Ok(())
    }

    fn list_requests(&self) -> MutexGuard<'_, HashMap<CoworkerId, ListRequest>> {
        self.list_requests.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The member's records, as new as this state at least.
    pub(super) async fn records(&self, summary: &ListSummary) -> Result<Arc<[StoredRecord]>, StoreError> {
        if let Some((revision, records)) = self.lists.get(&summary.coworker)
            && revision == summary.revision
        {
            return Ok(records);
        }
        let records: Arc<[_]> = self.store.records(summary.coworker).await?.into();
        self.lists.insert(summary.coworker, (summary.revision, Arc::clone(&records)));
        Ok(records)
    }

    pub(super) fn revision(&self, summary: &ListSummary) -> Revision {
        Revision { store: self.store.number(), number: summary.revision }
    }

    pub(super) fn visited(self: Arc<Self>, coworker: CoworkerId) {
        tokio::spawn(async move {
            let Ok(summary) = self.hub.summary(&*self.store, coworker).await else { return };
            let now = self.clock.now();
            let interval = Millis::try_from(self.options.sweep_interval.as_millis()).unwrap_or(Millis::MAX);
            let is_fresh = self.hub.compared(&summary).is_some_and(|compared| now - compared < interval);
            if self.hub.has_list_of(&summary)
                && !is_fresh
                && self.hub.may_request(coworker, now, REQUESTED.min(interval))
            {
                // If this fails, the member's next visit asks again.
                self.request_list(coworker, ListRequest::Compare).await.ok();
            }
        });
    }

    pub(super) fn hint(self: Arc<Self>) {
        self.wakeups.hint.notify_one();
        if self.store.is_shared() && !self.leads() {
            // Without this hint, the next poll comes at the usual interval.
            tokio::spawn(async move { self.store.hint().await.ok() });
        }
    }

    pub(super) fn leads(&self) -> bool {
        self.leads.load(Ordering::SeqCst)
    }

    pub(super) fn age(&self) -> Option<Duration> {
        let health = self.health();
        health.problem?;
        let age = self.clock.now() - health.last_success?;
        Some(Duration::from_millis(u64::try_from(age).unwrap_or_default()))
    }

    pub(super) fn readiness(&self) -> Readiness {
        let health = self.health();
        let patience = (self.options.sync_interval * 3).max(Duration::from_secs(30));
        let patience = Millis::try_from(patience.as_millis()).unwrap_or(Millis::MAX);
        match (health.problem, health.last_success) {
            (Some(problem), _) => Readiness::NotReady(problem),
            (None, None) => Readiness::NotReady(NOT_POLLED.into()),
            (None, Some(last_success)) if self.clock.now() - last_success > patience => {
                Readiness::NotReady("No gateway has asked Nexudus for a while.".into())
            }
            (None, Some(_)) => Readiness::Ready,
        }
    }

    pub(super) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    pub(super) async fn stop(&self, grace: Duration) {
        self.stopping.send_replace(true);
        let mut tasks = std::mem::take(&mut *self.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        let all = async {
            for task in &mut tasks {
                task.ended().await;
            }
        };
        // Tasks that have not ended by then are dropped; the store has all that is needed to go on.
        time::timeout(grace, all).await.ok();
    }

    fn health(&self) -> Health {
        self.health.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Asks Nexudus while this gateway has the leadership.
    async fn lead(self: Arc<Self>, upstream: Arc<Upstream>, mut first: Option<Leadership>) {
        let schedule = Schedule {
            poll: self.options.budget.poll_interval(self.options.sync_interval),
            fetches: Shares::new(&self.options.budget, self.options.sync_interval).fetches(),
            history: Millis::try_from(self.options.history.as_millis()).unwrap_or(Millis::MAX / 4).min(Millis::MAX / 4),
        };
        let mut stopping = self.stopping();
        while !*stopping.borrow() {
            let leadership = match first.take() {
                Some(leadership) => Ok(Some(leadership)),
                None => self.store.lead().await,
            };
            match leadership {
                Ok(Some(leadership)) => self.work(&upstream, schedule, leadership).await,
                Ok(None) => {}
                Err(error) => tracing::warn!("the store does not answer: {error}"),
            }
            tokio::select! {
                () = time::sleep(CANDIDACY) => {}
                () = raised(&mut stopping) => {}
            }
        }
    }

    async fn work(&self, upstream: &Arc<Upstream>, schedule: Schedule, mut leadership: Leadership) {
        tracing::info!("this gateway asks Nexudus now");
        self.leads.store(true, Ordering::SeqCst);
        let last_success = self.store.health().await.map_or(None, |health| health.last_success);
        let not_polled = Health { last_success, problem: Some(NOT_POLLED.into()) };
        // The gateway that asked before may have been killed before it could note that Nexudus asked for a pause.
        let quiet = self.store.pause_after_last(SHORTEST_PAUSE);
        if let Err(error) = async {
            self.store.set_health(&not_polled).await?;
            quiet.await
        }
        .await
        {
            tracing::warn!("the store does not answer: {error}");
        }
        let mut stopping = self.stopping();
        let work = leader::start(Arc::clone(upstream), Arc::clone(&self.wakeups), schedule, stopping.clone());
        tokio::select! {
            () = raised(&mut leadership.lost) => tracing::warn!("this gateway does not ask Nexudus any more"),
            () = raised(&mut stopping) => work.end().await,
        }
        self.leads.store(false, Ordering::SeqCst);
    }

    /// Handles the messages of other gateways, and reads what the one that asks Nexudus stores.
    async fn listen(self: Arc<Self>, mut signals: broadcast::Receiver<Signal>) {
        let mut refresh = time::interval(REFRESH);
        refresh.set_missed_tick_behavior(time::MissedTickBehavior::Delay);
        let mut stopping = self.stopping();
        loop {
            let outcome = tokio::select! {
                signal = signals.recv() => self.handle(signal).await,
                _ = refresh.tick() => self.refresh().await,
                () = raised(&mut stopping) => return,
            };
            if let Err(error) = outcome {
                tracing::warn!("the store does not answer: {error}");
            }
        }
    }

    async fn handle(&self, signal: Result<Signal, RecvError>) -> Result<(), StoreError> {
        let signal = match signal {
            Ok(signal) => signal,
            Err(RecvError::Lagged(_)) => Signal::Everything,
            // The store closes its channel only when it ends, which is when the space ends, too.
            Err(RecvError::Closed) => {
                time::sleep(REFRESH).await;
                return Ok(());
            }
        };
        self.wakeups.wake(&signal);
        match signal {
            Signal::Changed(members) => self.hub.reload(&*self.store, &members).await,
            Signal::Everything => self.hub.reload_all(&*self.store).await,
            _ => Ok(()),
        }
    }

    async fn refresh(&self) -> Result<(), StoreError> {
        let health = self.store.health().await?;
        *self.health.write().unwrap_or_else(PoisonError::into_inner) = health;
        self.hub.set_progress(&self.store.progress().await?);
        Ok(())
    }
}

const NOT_POLLED: &str = "Nexudus has not been asked yet.";

/// Waits until another gateway releases the store.
async fn take_over(store: &dyn Store) -> Result<Leadership, StartError> {
    let deadline = time::Instant::now() + HANDOVER;
    loop {
        if let Some(leadership) = store.lead().await? {
            return Ok(leadership);
        }
        if time::Instant::now() >= deadline {
            return Err(StartError::InUse);
        }
        time::sleep(CANDIDACY / 4).await;
    }
}
