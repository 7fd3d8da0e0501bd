//! What a poll costs a feed with much loaded: `cargo bench --bench feed`.
//!
//! Merging must grow with the page, not with what is loaded; a poll that brings nothing new must cost next to nothing.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use coworker_notifications::{
    api::{Page, Request},
    feed::{Command, Event, Feed, Now},
    model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType, Timestamp},
};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

#[path = "../tests/support/setup.rs"]
mod setup;

use setup::setup;

const LOADED: [usize; 3] = [1_000, 10_000, 100_000];
const PAGE: usize = 25;
const INTERVAL: u64 = 70_000;

/// A server's list, newest first.
struct Server {
    records: Vec<Notification>,
}

impl Server {
    fn with(count: usize) -> Self {
        Self { records: (1..=count as i64).rev().map(note).collect() }
    }

    fn page(&self, target: &str) -> Page {
        let value = |name: &str| {
            let pairs = target.split_once('?').unwrap().1.split('&').filter_map(|pair| pair.split_once('='));
            pairs.into_iter().find(|(key, _)| *key == name).unwrap().1.parse::<usize>().unwrap()
        };
        let (page, size) = (value("page"), value("size"));
        let start = ((page - 1) * size).min(self.records.len());
        let end = (page * size).min(self.records.len());
        Page {
            notifications: self.records[start..end].to_vec(),
            unreadable: Vec::new(),
            page: page as u32,
            size: size as u32,
            total: self.records.len() as u32,
            total_known: true,
            total_pages: self.records.len().div_ceil(size) as u32,
            has_next: end < self.records.len(),
            monitor: None,
        }
    }
}

fn note(id: i64) -> Notification {
    Notification {
        id: NotificationId(id),
        unique_id: String::new(),
        coworker: CoworkerId(1001),
        message: "A notification of about the usual length, as most of them are.".into(),
        kind: NotificationType::BLOG,
        entity: EntityId(id),
        is_dismissed: false,
        created: Timestamp::from_timestamp(1_700_000_000 + id * 60, 0),
        updated: None,
        updated_by: None,
        is_new: false,
        system_id: None,
    }
}

/// A feed with its clock, everything loaded.
struct Loaded {
    feed: Feed,
    now: Now,
}

impl Loaded {
    fn from(server: &Server) -> Self {
        let feed = Feed::new(setup());
        let mut loaded = Self { feed, now: Now { mono: 1_000, wall: 1_760_000_000_000 } };
        loaded.run(server, Event::Leading(true));
        loaded.run(server, Event::Start);
        loaded.run(server, Event::DismissAll(None));
        assert_eq!(loaded.feed.snapshot().notifications.len(), server.records.len());
        loaded
    }

    /// Gives the feed an event, and the answers to all that it asks.
    fn run(&mut self, server: &Server, event: Event) {
        let mut events = vec![event];
        while let Some(event) = events.pop() {
            for command in self.feed.step(self.now, event) {
                if let Command::List { ticket, query } = command {
                    let page = server.page(&Request::list(&query).target());
                    events.push(Event::Listed { ticket, result: Ok(page.into()) });
                }
            }
        }
    }

    /// An interval passes; the poll's one page is what is measured.
    fn poll(&mut self, page: Page) {
        self.now.mono += INTERVAL;
        self.now.wall += INTERVAL as i64;
        let asked = self.feed.step(self.now, Event::Wake);
        let Some(Command::List { ticket, .. }) = asked.into_iter().find(|one| matches!(one, Command::List { .. }))
        else {
            panic!("a poll is due");
        };
        let more = self.feed.step(self.now, Event::Listed { ticket, result: Ok(page.into()) });
        assert!(!more.iter().any(|one| matches!(one, Command::List { .. })), "one page is enough");
    }
}

/// 25 notifications arrive, and are dismissed elsewhere before the next poll: two merges, and the state is as before.
fn merge(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a page of 25 in and out again");
    for count in LOADED {
        let server = Server::with(count);
        let more = Server::with(count + PAGE);
        let (before, after) = (server.page("?page=1&size=25"), more.page("?page=1&size=25"));
        let mut loaded = Loaded::from(&server);
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                loaded.poll(after.clone());
                loaded.poll(before.clone());
            });
        });
    }
}

fn quiet(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a poll that brings nothing new, and the snapshot");
    for count in LOADED {
        let server = Server::with(count);
        let page = server.page("?page=1&size=25");
        let mut loaded = Loaded::from(&server);
        let revision = loaded.feed.snapshot().revision;
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                loaded.poll(page.clone());
                loaded.feed.snapshot()
            });
        });
        assert_eq!(loaded.feed.snapshot().revision, revision, "nothing is rendered");
    }
}

/// What a change costs besides: the list for the view is brought up to date.
fn snapshot(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a dismissal, its undo and two snapshots");
    for count in LOADED {
        let server = Server::with(count);
        let mut loaded = Loaded::from(&server);
        let mut batch = 0;
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| {
                loaded.feed.step(loaded.now, Event::Dismiss(vec![NotificationId(7)]));
                let one = loaded.feed.snapshot();
                loaded.feed.step(loaded.now, Event::Undo(batch));
                batch += 1;
                (one, loaded.feed.snapshot())
            });
        });
    }
}

criterion_group!(benches, merge, quiet, snapshot);
criterion_main!(benches);
