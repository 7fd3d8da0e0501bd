//! The synchronisation against a model of Nexudus: whatever happens in whatever order, the store ends as Nexudus is, no
//! change is missed, no write is lost or repeated, and the budget is kept.

mod model;

use std::{
    collections::{BTreeMap, HashMap},
    future::Future,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
};

use coworker_notifications::{
    api::{ApiBase, ListQuery},
    model::CoworkerId,
};
use model::{Change, HandClock, Manner, Model};
use proptest::prelude::*;
use tokio::sync::watch;

use super::{
    Upstream,
    history::{Span, Step},
    outbox::Then,
    upstream::moment,
};
use crate::{
    Budget, Store,
    budget::{Purpose, Shares},
    clock::{Clock, Millis},
    hub::Hub,
    nexudus::{Credential, Nexudus, NexudusOptions, Secret},
    store::{Batch, Location, open},
};

const HOUR: Millis = 3_600_000;
const HISTORY: Millis = 90 * 24 * HOUR;
const MEMBERS: [i64; 3] = [1, 2, 3];

/// What happens next.
#[derive(Debug, Clone)]
enum Event {
    Nexudus(Change),
    /// What happens between the requests of what is done next.
    Between(Vec<Change>),
    Throttled(u32),
    Down(u32),
    LoseAnswers(u32),
    Poll,
    History,
    Member(i64),
    Compare,
    Intent {
        which: usize,
        dismissed: bool,
    },
    Write,
    /// The program is killed in the middle of what it does next.
    Crash {
        after: u32,
    },
    Restart,
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        3 => (0..MEMBERS.len()).prop_map(|place| Change::Create { coworker: MEMBERS[place] }),
        2 => any::<usize>().prop_map(|which| Change::Touch { which }),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(which, dismissed)| Change::Dismiss { which, dismissed }),
        2 => any::<usize>().prop_map(|which| Change::Delete { which }),
        2 => prop_oneof![1..2_000_i64, 20_000..90_000_i64, 120_000..4_000_000_i64].prop_map(|millis| Change::Pass { millis }),
    ]
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => change().prop_map(Event::Nexudus),
        4 => prop::collection::vec(change(), 1..6).prop_map(Event::Between),
        1 => (1..3_u32).prop_map(Event::Throttled),
        1 => (1..3_u32).prop_map(Event::Down),
        1 => (1..3_u32).prop_map(Event::LoseAnswers),
        6 => Just(Event::Poll),
        3 => Just(Event::History),
        2 => (0..MEMBERS.len()).prop_map(|place| Event::Member(MEMBERS[place])),
        2 => Just(Event::Compare),
        4 => (any::<usize>(), any::<bool>()).prop_map(|(which, dismissed)| Event::Intent { which, dismissed }),
        4 => Just(Event::Write),
        1 => (0..40_u32).prop_map(|after| Event::Crash { after }),
        1 => Just(Event::Restart),
    ]
}

fn manner() -> impl Strategy<Value = Manner> {
    let skew = prop_oneof![Just(0), Just(-3 * HOUR), Just(2 * HOUR), -90_000..90_000_i64];
    let refuses = prop_oneof![4 => Just(None), 1 => Just(Some(403))];
    (prop_oneof![1..4_usize, Just(100)], any::<bool>(), skew, refuses)
        .prop_map(|(page, descending, skew, refuses_writes)| Manner { page, descending, skew, refuses_writes })
}

/// The program and all it needs.
struct World {
    clock: Arc<HandClock>,
    model: Arc<Model>,
    store: Arc<dyn Store>,
    budget: Budget,
    up: Upstream,
    spans: (Span, Span),
    intents: HashMap<i64, bool>,
    crash: Option<u32>,
}

impl World {
    async fn new(manner: Manner) -> Self {
        let clock = HandClock::new();
        let budget: Budget = "40/min,900/h,10w/min".parse().unwrap();
        let model = Model::new(Arc::clone(&clock), manner, budget.clone());
        let store = open(&Location::Memory, Arc::clone(&clock) as _).await.unwrap();
        let up = upstream(&store, &clock, &model, &budget);
        Self { clock, model, store, budget, up, spans: Default::default(), intents: HashMap::new(), crash: None }
    }

    fn restart(&mut self) {
        self.up = upstream(&self.store, &self.clock, &self.model, &self.budget);
        self.spans = Default::default();
    }

    async fn happen(&mut self, event: Event) {
        match event {
            Event::Nexudus(change) => self.model.change(change),
            Event::Between(changes) => self.model.state().between = changes,
            Event::Throttled(times) => self.model.state().throttle = times,
            Event::Down(times) => self.model.state().down = times,
            Event::LoseAnswers(times) => self.model.state().lose_answers = times,
            Event::Intent { which, dismissed } => self.set_dismissed(which, dismissed).await,
            Event::Crash { after } => self.crash = Some(after),
            Event::Restart => self.restart(),
            Event::Poll | Event::History | Event::Member(_) | Event::Compare | Event::Write => self.work(event).await,
        }
    }

    async fn work(&mut self, event: Event) {
        let left = self.crash.take();
        let (up, spans) = (&self.up, &mut self.spans);
        let work = async {
            // Whatever fails is tried again later.
            match event {
                Event::Poll => drop(poll(up).await),
                Event::History => drop(up.read_history(&mut spans.0).await),
                Event::Member(coworker) => drop(up.compare_member(Purpose::Sweep, CoworkerId(coworker)).await),
                Event::Compare => drop(up.compare_all(&mut spans.1).await),
                _ => drop(up.write_next().await),
            }
        };
        let was_killed = CrashAfter { left, work: pin!(work) }.await;
        if was_killed {
            self.model.forget_pause();
            self.restart();
        }
    }

    async fn set_dismissed(&mut self, which: usize, dismissed: bool) {
        let mut records = Vec::new();
        for member in MEMBERS {
            records.extend(self.store.records(CoworkerId(member)).await.unwrap());
        }
        if records.is_empty() {
            return;
        }
        let record = &records[which % records.len()];
        let (id, coworker) = (record.id(), record.notification().coworker);
        self.store.set_dismissed(&[coworker], id, dismissed).await.unwrap();
        self.intents.insert(id.0, dismissed);
    }

    /// Lets the program do all its work while nothing changes in Nexudus.
    async fn run_until_idle(&mut self) {
        {
            let mut state = self.model.state();
            (state.throttle, state.down, state.lose_answers) = (0, 0, 0);
            state.between.clear();
        }
        self.crash = None;
        loop {
            match self.up.write_next().await.unwrap() {
                Then::Again => {}
                Then::Wait(Some(until)) => self.clock.advance(until - self.clock.now()),
                Then::Wait(None) => break,
            }
        }
        for _ in 0..2 {
            poll(&self.up).await.unwrap();
            self.clock.advance(5_000);
        }
        while self.up.read_history(&mut self.spans.0).await.unwrap() == Step::More {}
    }

    /// The store's records: text, and whether they are dismissed here.
    async fn shown(&self) -> BTreeMap<i64, (i64, u32, bool)> {
        let mut all = BTreeMap::new();
        for member in MEMBERS {
            for record in self.store.records(CoworkerId(member)).await.unwrap() {
                let notification = record.notification();
                let text = notification.message.parse().unwrap();
                all.insert(record.id().0, (member, text, notification.is_dismissed));
            }
        }
        all
    }

    fn expected(&self) -> BTreeMap<i64, (i64, u32, bool)> {
        let state = self.model.state();
        state.records.iter().map(|(id, record)| (*id, (record.coworker, record.text, record.dismissed))).collect()
    }
}

fn upstream(store: &Arc<dyn Store>, clock: &Arc<HandClock>, model: &Arc<Model>, budget: &Budget) -> Upstream {
    let base = ApiBase::parse("https://nexudus.example", "").unwrap();
    let credential = Credential::Token(Secret::new("secret"));
    let nexudus = Nexudus::over(NexudusOptions { base, credential }, Arc::clone(model) as _);
    let shares = Shares::new(budget, std::time::Duration::from_secs(5));
    Upstream::new(Arc::clone(store), Arc::clone(clock) as _, Arc::new(Hub::default()), nexudus, shares)
}

async fn poll(up: &Upstream) -> Result<(), super::SyncError> {
    up.poll().await?;
    up.set_history(HISTORY).await
}

/// Ends work in the middle, wherever it waits then.
struct CrashAfter<'a, W> {
    left: Option<u32>,
    work: Pin<&'a mut W>,
}

impl<W: Future<Output = ()>> Future for CrashAfter<'_, W> {
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<bool> {
        match &mut self.left {
            Some(0) => return Poll::Ready(true),
            Some(left) => *left -= 1,
            None => {}
        }
        self.work.as_mut().poll(context).map(|()| false)
    }
}

async fn run(manner: Manner, seeds: Vec<(usize, Millis)>, events: Vec<Event>) {
    let mut world = World::new(manner).await;
    for (place, age) in seeds {
        world.model.seed(MEMBERS[place], age);
    }
    for event in events {
        world.happen(event).await;
    }
    world.run_until_idle().await;

    // No change was missed, though deletions are known by a comparison only.
    let (shown, expected) = (world.shown().await, world.expected());
    let is_local = |id: &i64| manner.refuses_writes.is_some() && world.intents.contains_key(id);
    for (id, record) in &expected {
        let known = shown.get(id);
        let is_same = known.is_some_and(|known| known.0 == record.0 && known.1 == record.1);
        assert!(is_same, "record {id} is {record:?} in Nexudus and {known:?} here");
        assert!(is_local(id) || known.map(|known| known.2) == Some(record.2), "record {id}: {record:?} {known:?}");
    }

    let mut progress = world.store.progress().await.unwrap();
    progress.compared = None;
    world.store.apply(&Batch { progress: Some(progress), ..Batch::default() }).await.unwrap();
    while world.up.compare_all(&mut world.spans.1).await.unwrap() == Step::More {}
    let (shown, expected) = (world.shown().await, world.expected());
    assert!(shown.keys().eq(expected.keys()), "{shown:?} is not {expected:?}");
    assert_eq!(world.store.waiting_writes().await.unwrap(), 0);
    if manner.refuses_writes.is_some() {
        for (id, count) in &world.model.state().puts {
            assert!(*count <= 4 * 30, "{id} was tried {count} times");
        }
        // What Nexudus refuses holds here.
        for (id, dismissed) in world.intents.iter().filter(|(id, _)| shown.contains_key(id)) {
            let nexudus = expected[id].2;
            assert!(shown[id].2 == *dismissed || shown[id].2 == nexudus, "{id}");
        }
    }
}

/// What leaves a list while its pages are read moves the others, and hides none.
async fn read_while_others_leave(manner: Manner, count: usize, between: Vec<Change>) {
    let world = World::new(manner).await;
    for place in 0..count {
        world.model.seed(MEMBERS[place % MEMBERS.len()], 24 * HOUR);
    }
    world.model.state().between = between;
    let until = moment(world.clock.now() + manner.skew - HOUR);
    let reading = world.up.read_closed(Purpose::Backfill, &ListQuery::new().to_created(until)).await.unwrap();
    for (id, _) in world.model.state().records.iter().filter(|(_, record)| record.created < until.timestamp_millis()) {
        assert!(reading.ids.iter().any(|read| read.0 == *id), "{id} was there all the time");
    }
}

#[tokio::test]
async fn an_answer_from_before_a_write_does_not_undo_it() {
    let manner = Manner { page: 100, descending: false, skew: 0, refuses_writes: None };
    let mut world = World::new(manner).await;
    world.model.seed(MEMBERS[0], HOUR);
    poll(&world.up).await.unwrap();
    world.set_dismissed(0, true).await;
    let (release, held) = watch::channel(false);
    world.model.state().held = Some(held);
    // The answer to the poll is made before the write, and comes when the write is acknowledged and noted.
    let write = async {
        while world.model.state().held.is_some() {
            tokio::task::yield_now().await;
        }
        world.up.write_next().await.unwrap();
        assert_eq!(world.store.waiting_writes().await.unwrap(), 0);
        release.send_replace(true);
    };
    let (polled, ()) = tokio::join!(world.up.poll(), write);
    polled.unwrap();
    assert_eq!(world.store.waiting_writes().await.unwrap(), 0);
    assert!(world.shown().await.values().all(|(_, _, dismissed)| *dismissed));
}

#[tokio::test]
async fn the_first_poll_and_the_history_hide_no_deletion_from_the_night() {
    let manner = Manner { page: 1, descending: false, skew: 0, refuses_writes: None };
    let delete = Event::Nexudus(Change::Delete { which: 0 });
    let create = Event::Nexudus(Change::Create { coworker: 2 });
    run(manner, vec![], vec![Event::Poll, create, Event::Member(2), delete, Event::Poll]).await;
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_leaves_hides_nothing(manner in manner(), count in 2..24_usize, between in prop::collection::vec(change(), 0..24)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(read_while_others_leave(manner, count, between));
    }

    #[test]
    fn the_store_ends_as_nexudus_is(
        manner in manner(),
        seeds in prop::collection::vec((0..MEMBERS.len(), 0..60 * 24 * HOUR), 0..12),
        events in prop::collection::vec(event(), 1..60),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(manner, seeds, events));
    }
}
