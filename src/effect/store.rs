//! A running feed: takes events, carries out the feed's commands, updates its subscribers.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    pin::Pin,
    rc::{Rc, Weak},
    task::{Context, Waker},
};

use gloo_events::EventListener;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::{
    clock::{self, ServerClock},
    early,
    fetch::Fetch,
    flight::InFlight,
    key::FeedKey,
    page::{self, Life},
    push::PushState,
    storage::Memory,
    subscribers::{Subscribers, Update},
    tabs::Tabs,
    timer::Timer,
    token::{Token, TokenSource},
    waiters::{Done, Waiters},
};
use crate::{
    api::{Client, Update as Write},
    error::{Failure, FailureKind},
    feed::{Command, Entry, Event, Feed, Notice, Now, Settings, Setup, Snapshot, Stage, Status, Waiter},
    model::{CoworkerId, Notification, NotificationId},
};

/// A feed with its effects. It lives as long as it has subscribers.
pub struct Store {
    pub(super) me: Weak<Self>,
    coworker: CoworkerId,
    pub(super) feed: RefCell<Feed>,
    pub(super) settings: RefCell<Settings>,
    pub(super) events: RefCell<VecDeque<Event>>,
    running: Cell<bool>,
    client: Client<Fetch>,
    last_client: Client<Fetch>,
    pub(super) reads: Rc<InFlight>,
    server_clock: Rc<ServerClock>,
    pub(super) token: Rc<Token>,
    pub(super) memory: Memory,
    pub(super) last_seen: Option<NotificationId>,
    /// Listens to what other tabs store.
    _stored: Option<EventListener>,
    pub(super) storage_failed: Cell<bool>,
    pub(super) tabs: Rc<Tabs>,
    pub(super) push: PushState,
    timer: RefCell<Option<(u64, Timer)>>,
    /// Keeps a feed without subscribers alive until its writes are done.
    staying: RefCell<Option<Rc<Self>>>,
    _watch: page::Watch,
    subscribers: Subscribers,
    waiters: Waiters,
}

impl Store {
    pub(super) fn new(key: &FeedKey, settings: Settings) -> Rc<Self> {
        let tab = random_tab();
        let memory = Memory::new(&key.base, key.coworker);
        let now = clock::now();
        let feed = Feed::new(Setup {
            coworker: key.coworker,
            settings: settings.clone(),
            order: memory.order(),
            writes_refused: memory.refuses_writes(),
            journal: memory.journal(now.wall),
            tab,
            locks: Tabs::can_agree(),
            visible: page::visible(),
            online: page::online(),
            answered: early::waits(),
            seed: now.wall as u64 ^ (js_sys::Math::random() * 4_294_967_296.0) as u64,
        });
        let token = Token::new(key.token.clone());
        let fetch = Fetch::new(token.clone());
        let store = Rc::new_cyclic(|me: &Weak<Self>| {
            let weak = me.clone();
            let notify = move |event| {
                if let Some(store) = weak.upgrade() {
                    store.dispatch(event);
                }
            };
            let weak = me.clone();
            let turn = move |life| {
                let Some(store) = weak.upgrade() else { return };
                match life {
                    Life::There => store.leave_cache(),
                    Life::MayGo => store.tabs.loosen(),
                    Life::MayClose if page::visible() => {}
                    Life::MayClose => store.dispatch(Event::Leave),
                    Life::Turns => store.dispatch(Event::Visible(page::visible())),
                    Life::Cached => store.enter_cache(),
                    Life::Online(online) => store.dispatch(Event::Online(online)),
                }
            };
            let weak = me.clone();
            let stored = move || {
                if let Some(store) = weak.upgrade() {
                    store.read_stored(Event::Stored);
                }
            };
            let name = [key.base.as_str(), ":", &key.coworker.0.to_string()].concat();
            Self {
                me: me.clone(),
                coworker: key.coworker,
                feed: RefCell::new(feed),
                settings: RefCell::new(settings),
                events: RefCell::default(),
                running: Cell::new(false),
                reads: fetch.reads(),
                server_clock: fetch.server_clock(),
                client: Client::new(key.base.clone(), fetch.clone()),
                last_client: Client::new(key.base.clone(), fetch.keepalive()),
                token,
                last_seen: memory.seen(),
                _stored: memory.watch(stored),
                memory,
                storage_failed: Cell::new(false),
                tabs: Tabs::new(&name, notify),
                push: PushState::default(),
                timer: RefCell::default(),
                staying: RefCell::default(),
                _watch: page::Watch::new(turn),
                subscribers: Subscribers::default(),
                waiters: Waiters::default(),
            }
        });
        store.dispatch(Event::Start);
        store
    }

    // --- Asked from outside -----------------------------------------------------------------------------------------

    /// Adds a subscriber: see [`super::Subscription`].
    pub(super) fn admit(&self, on: Callback<Update>) -> u32 {
        self.staying.take();
        self.tabs.retire(false);
        let snapshot = self.snapshot();
        let announced = snapshot.count.filter(|_| snapshot.loaded);
        on.emit(Update::Changed(snapshot));
        if let Some(count) = announced {
            on.emit(Update::Notice(Notice::Change { count }));
            on.emit(Update::Notice(Notice::Ready { count }));
        }
        self.subscribers.add(on)
    }

    /// Removes a subscriber.
    pub(super) fn let_go(self: &Rc<Self>, id: u32) {
        self.subscribers.remove(id);
        if self.subscribers.len() == 0 {
            self.retire();
        }
    }

    /// Replaces the settings, for all subscribers.
    pub fn set(&self, settings: Settings) {
        self.settings.replace(settings.clone());
        self.dispatch(Event::Settings(settings));
    }

    /// Replaces the token: what is loaded stays.
    pub(super) fn use_token(&self, source: TokenSource) {
        // A page may pass a new function each time it renders. While the feed works, that is no reason to refresh.
        let works = matches!(self.feed.borrow().status(), Status::Ready | Status::Loading);
        let refreshes = !works || matches!(source, TokenSource::Fixed(_));
        self.token.replace(source);
        if refreshes {
            self.refresh(|| {});
        }
    }

    /// Whether a subscriber may have these settings: the types shown and the dismiss mode must be the same for all
    /// subscribers.
    pub fn suits(&self, settings: &Settings) -> bool {
        let own = self.settings.borrow();
        own.types == settings.types && own.dismiss_mode == settings.dismiss_mode
    }

    /// Whether it has several subscribers.
    pub fn is_shared(&self) -> bool {
        self.subscribers.len() > 1
    }

    /// The feed as it is now.
    pub fn snapshot(&self) -> Rc<Snapshot> {
        self.feed.borrow_mut().snapshot()
    }

    /// How far the server's clock is ahead of this device's, in milliseconds.
    pub fn skew(&self) -> f64 {
        self.server_clock.skew()
    }

    /// The loaded notification of this id.
    pub fn notification(&self, id: NotificationId) -> Option<Rc<Notification>> {
        self.feed.borrow().notification(id)
    }

    /// Whether this notification is in the list.
    pub fn shows(&self, id: NotificationId) -> bool {
        self.feed.borrow().is_shown(id)
    }

    /// Refreshes all that is loaded; calls `done` once the subscribers have the result, or it has failed.
    pub fn refresh(&self, done: impl FnOnce() + 'static) {
        self.pull(Box::new(done), Event::Refresh);
    }

    /// Loads the next page; `done` as for [`Store::refresh`].
    pub fn load_more(&self, done: impl FnOnce() + 'static) {
        self.pull(Box::new(done), Event::LoadMore);
    }

    fn pull(&self, done: Done, event: fn(Option<Waiter>) -> Event) {
        self.dispatch(event(Some(self.waiters.wait(None, done))));
    }

    /// Dismisses all: `ask` gets the ids and may refuse; calls `done` once they have left the list.
    pub fn dismiss_all(&self, ask: impl FnOnce(Vec<NotificationId>) -> bool + 'static, done: impl FnOnce() + 'static) {
        let waiter = self.waiters.wait(Some(Box::new(ask)), Box::new(done));
        self.dispatch(Event::DismissAll(Some(waiter)));
    }

    /// Gives the feed an event. An event that arrives while another is handled waits for its turn.
    pub fn dispatch(&self, event: Event) {
        self.events.borrow_mut().push_back(event);
        if self.running.replace(true) {
            return;
        }
        let mut later = Vec::new();
        loop {
            let Some(event) = self.events.borrow_mut().pop_front() else {
                break;
            };
            let now = clock::now();
            let commands = self.feed.borrow_mut().step(now, event);
            for command in commands {
                self.run(command, now, &mut later);
            }
        }
        self.running.set(false);
        self.arm();
        self.offer();
        self.publish(later);
        let stays = self.staying.borrow().is_some();
        if stays && self.feed.borrow().is_idle(self.tabs.are_undecided()) {
            self.reads.end();
            self.staying.take();
        }
    }

    /// The last subscriber has gone: nothing can be undone any more. The feed stays until its pending writes are done.
    fn retire(self: &Rc<Self>) {
        self.staying.replace(Some(self.clone()));
        self.tabs.retire(true);
        self.dispatch(Event::Retire);
        // The page's promises must not wait for a feed that is gone.
        self.waiters.resolve_all();
    }

    // --- Effects ----------------------------------------------------------------------------------------------------

    fn run(&self, command: Command, now: Now, later: &mut Vec<Later>) {
        match command {
            Command::List { ticket, query } => {
                let client = self.client.clone();
                self.spawn(Box::pin(async move {
                    Event::Listed { ticket, result: client.list(&query).await.map(Box::new) }
                }));
            }
            Command::Fetch { ticket, ids } => {
                let client = self.client.clone();
                self.spawn(Box::pin(async move { Event::Fetched { ticket, result: client.get_many(&ids).await } }));
            }
            Command::Write { notification, dismissed, keepalive } => self.write(&notification, dismissed, keepalive),
            Command::Renew => {
                let token = self.token.clone();
                self.spawn(Box::pin(async move { Event::Renewed(token.renew().await.map(|_| ())) }));
            }
            Command::Stream(address) => self.stream(address),
            Command::Store(entries) => self.remember(&entries, now.wall, later),
            Command::RememberOrder(order) => self.memory.remember_order(order),
            Command::RememberRefusal => self.memory.remember_refusal(),
            Command::Broadcast(message) => self.tabs.broadcast(&message),
            Command::Emit(notice) => later.push(Later::Notice(notice)),
            Command::Resolve(waiters) => self.resolve(&waiters, later),
            Command::Propose(ids, waiters) => {
                if !ids.is_empty() && self.waiters.agree(&waiters, &ids) {
                    self.events.borrow_mut().push_back(Event::Dismiss(ids));
                }
                self.resolve(&waiters, later);
            }
        }
    }

    fn resolve(&self, waiters: &[Waiter], later: &mut Vec<Later>) {
        for waiter in waiters {
            later.extend(self.waiters.resolve(*waiter).map(Later::Done));
        }
    }

    /// Opens the stream at this address, or closes it.
    fn stream(&self, address: Option<String>) {
        let Some(address) = address else { return self.push.close() };
        let (me, tabs) = (self.me.clone(), self.tabs.clone());
        let on_event = move |event| {
            if let Some(store) = me.upgrade() {
                store.dispatch(Event::Stream(event));
            }
        };
        self.push.open(address, self.token.clone(), on_event, move || tabs.beat());
    }

    fn write(&self, notification: &Notification, dismissed: bool, keepalive: bool) {
        let client = if keepalive { &self.last_client } else { &self.client }.clone();
        let update = Write::dismissed(notification, dismissed).of(self.coworker);
        let event = async move {
            let result = client.update(&update).await.map(|_| ()).map_err(|rejected| rejected.failure);
            Event::Wrote { id: update.id, result }
        };
        now_or_later(self.notify(Box::pin(event)));
    }

    fn remember(&self, entries: &[Entry], wall: i64, later: &mut Vec<Later>) {
        let stored = self.memory.apply(entries, wall);
        let matters = entries.iter().any(|entry| match entry {
            Entry::Intents(intents) => intents.iter().any(|(_, intent)| intent.stage == Stage::Local),
            _ => false,
        });
        if !stored && matters && !self.storage_failed.replace(true) {
            later.push(Later::Notice(Notice::Error {
                failure: Failure::new(
                    FailureKind::Storage,
                    "This browser stores nothing for this page: what is dismissed here comes back on the next visit.",
                ),
                retry_at: None,
            }));
        }
    }

    fn spawn(&self, event: Task<Event>) {
        spawn_local(self.notify(event));
    }

    /// Dispatches a request's result.
    fn notify(&self, event: Task<Event>) -> Task<()> {
        let (me, memory) = (self.me.clone(), self.memory.clone());
        Box::pin(async move {
            let event = event.await;
            if let Some(store) = me.upgrade() {
                store.dispatch(event);
            } else if let Event::Wrote { id, result: Ok(()) } = event {
                // The feed is gone, but the stored intent must not stay pending.
                memory.acknowledge(id, clock::now().wall);
            }
        })
    }

    /// Sets the one timer to the next moment at which the feed acts by itself.
    fn arm(&self) {
        let wake = self.feed.borrow().wake_at();
        if self.timer.borrow().as_ref().map(|(at, _)| *at) == wake {
            return;
        }
        let timer = wake.map(|at| {
            let wait = at.saturating_sub(clock::now().mono).min(i32::MAX as u64) as u32;
            let me = self.me.clone();
            let ring = move || {
                if let Some(store) = me.upgrade() {
                    store.timer.take();
                    store.dispatch(Event::Wake);
                }
            };
            (at, Timer::new(wait + 1, ring))
        });
        self.timer.replace(timer);
    }

    // --- Telling ----------------------------------------------------------------------------------------------------

    fn publish(&self, later: Vec<Later>) {
        self.subscribers.show(self.snapshot());
        for one in later {
            match one {
                Later::Notice(notice) => self.subscribers.notify(&Update::Notice(notice)),
                Later::Done(done) => done(),
            }
        }
    }
}

/// Runs the future as far as it gets now: a request is sent before anything else happens.
fn now_or_later(mut future: Task<()>) {
    if future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {
        spawn_local(future);
    }
}

/// A future of one type, whatever it does: what takes it is compiled once.
type Task<T> = Pin<Box<dyn Future<Output = T>>>;

/// What must follow the snapshot that it belongs to.
enum Later {
    Notice(Notice),
    Done(Done),
}

/// A number that no other tab has.
fn random_tab() -> u32 {
    (js_sys::Math::random() * 4_294_967_296.0) as u32 | 1
}
