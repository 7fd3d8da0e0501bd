//! What all handlers share.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderValue;
use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::access::{TokenInfo, Tokens};
use crate::api::limits::Limits;
use crate::clock::{Clock, to_second};
use crate::faults::Faults;
use crate::generator::Schedule;
use crate::log::RequestLog;
use crate::messages::Composer;
use crate::meter::Gateway;
use crate::people::{BUSY, COWORKERS, Coworker, FIRST_FURTHER, coworker};
use crate::seed;
use crate::store::{Content, Store};
use crate::webhook::{self, Hook, Receiver};

/// How a sandbox is set up.
#[derive(Debug, Clone)]
pub struct Options {
    /// The seed of the notifications at the start.
    pub seed: u64,
    /// How many notifications coworker 1003 has.
    pub crowd: usize,
    /// How many further members there are, without notifications: their ids begin with 2001.
    pub members: u32,
    /// When the sandbox's clock starts; `None` for the current time.
    pub now: Option<DateTime<Utc>>,
    /// A directory of static files to serve.
    pub site: Option<PathBuf>,
    /// The Content-Security-Policy of those files.
    pub content_security_policy: Option<HeaderValue>,
    /// Seconds between generated notifications; 0 for none.
    pub generate_every: u32,
    /// The gateway that stands between the page and this API, if one does.
    pub gateway: Option<Gateway>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            crowd: 10_000,
            members: 0,
            now: None,
            site: None,
            content_security_policy: None,
            generate_every: 0,
            gateway: None,
        }
    }
}

/// A running sandbox: its data, its clock, its switches. Cheap to clone; clones share everything.
#[derive(Debug, Clone)]
pub struct Sandbox(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: Options,
    clock: Clock,
    started: DateTime<Utc>,
    data: Mutex<Data>,
    schedule: watch::Sender<Schedule>,
    webhook: watch::Sender<Option<Receiver>>,
}

/// All that requests read and change.
#[derive(Debug)]
pub(crate) struct Data {
    pub(crate) store: Store,
    pub(crate) composer: Composer,
    pub(crate) tokens: Tokens,
    pub(crate) faults: Faults,
    pub(crate) log: RequestLog,
    pub(crate) limits: Limits,
}

impl Data {
    fn seeded(options: &Options, now: DateTime<Utc>) -> Self {
        let (store, composer) = seed::fill(options.seed, options.crowd, now);
        Self {
            store,
            composer,
            tokens: Tokens::new(),
            faults: Faults::default(),
            log: RequestLog::default(),
            limits: Limits::default(),
        }
    }
}

impl Sandbox {
    /// A sandbox with its seed data.
    pub fn new(options: Options) -> Self {
        let clock = Clock::starting_at(options.now);
        let started = to_second(clock.now());
        let data = Mutex::new(Data::seeded(&options, started));
        let schedule = watch::Sender::new(Schedule::at_start(&options));
        Self(Arc::new(Inner { options, clock, started, data, schedule, webhook: watch::Sender::new(None) }))
    }

    /// The options it was started with.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// All coworkers, and how many of their notifications are not dismissed.
    pub fn coworkers(&self) -> Vec<(Coworker, usize)> {
        let data = self.data();
        let unread = |id| {
            let open = |content: &&Content| content.coworker_id == id && !content.is_dismissed;
            data.store.all().map(|record| &record.content).filter(open).count()
        };
        COWORKERS.iter().map(|coworker| (*coworker, unread(coworker.id))).collect()
    }

    /// Whether notifications can be sent to this coworker.
    pub(crate) fn has_coworker(&self, id: i64) -> bool {
        coworker(id).is_some() || (FIRST_FURTHER..FIRST_FURTHER + i64::from(self.0.options.members)).contains(&id)
    }

    /// The tokens that always work, and the one that never does.
    pub fn tokens(&self) -> Vec<TokenInfo> {
        self.data().tokens.standing().to_vec()
    }

    /// Restores the state at the start. The numbers of logged requests continue.
    pub(crate) fn reset(&self) {
        let fresh = Data::seeded(&self.0.options, self.0.started);
        let mut data = self.data();
        let mut log = std::mem::take(&mut data.log);
        log.clear();
        *data = Data { log, ..fresh };
        self.0.schedule.send_replace(Schedule::at_start(&self.0.options));
        self.0.webhook.send_replace(None);
    }

    /// Adds a believable notification and returns its id.
    pub fn generate(&self, coworker_id: i64) -> i64 {
        let now = self.now();
        let (id, hook) = {
            let Data { store, composer, .. } = &mut *self.data();
            let kind = composer.pick_kind();
            let composed = composer.compose(kind);
            let content = Content {
                coworker_id,
                message: composed.message,
                notification_type: kind.name.to_owned(),
                entity_id: composed.entity_id,
                is_dismissed: false,
            };
            let hook = Hook::of(&content);
            (store.add(content, composer.unique_id(), now, None), hook)
        };
        self.announce(hook);
        id
    }

    /// Calls the webhook, if one is set and there is one for what has happened.
    pub(crate) fn announce(&self, hook: Option<Hook>) {
        if let Some((hook, receiver)) = hook.zip(self.0.webhook.borrow().clone()) {
            webhook::send(receiver, hook);
        }
    }

    /// The webhook to call.
    pub(crate) fn webhook(&self) -> &watch::Sender<Option<Receiver>> {
        &self.0.webhook
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    pub(crate) fn schedule(&self) -> &watch::Sender<Schedule> {
        &self.0.schedule
    }

    /// Never held across an await. A request that panicked leaves the data usable.
    pub(crate) fn data(&self) -> MutexGuard<'_, Data> {
        self.0.data.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Schedule {
    fn at_start(options: &Options) -> Self {
        Self { every_seconds: options.generate_every, coworker_id: BUSY }
    }
}
