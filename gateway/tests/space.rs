//! What a space does over time, with a fake Nexudus.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod support;

use std::{sync::Arc, time::Duration};

use coworker_notifications::model::{CoworkerId, NotificationId};
use gateway::{
    ListQuery, MemberState, Readiness, Space, SpaceError, SpaceOptions, StartError, Store,
    clock::System,
    nexudus::{Credential, Secret},
    query::Filter,
    store::{Location, open},
};
use support::nexudus::Fake;
use tokio::time::{Instant, sleep, timeout};

const MEMBER: CoworkerId = CoworkerId(1001);

fn options() -> SpaceOptions {
    SpaceOptions {
        sync_interval: Duration::from_millis(500),
        budget: "600/min,50w/min".parse().unwrap(),
        ..SpaceOptions::default()
    }
}

async fn memory() -> Arc<dyn Store> {
    open(&Location::Memory, System::clock()).await.unwrap()
}

async fn start(fake: &Fake, store: &Arc<dyn Store>) -> Space {
    Space::start(options(), Arc::clone(store), fake.nexudus()).await.unwrap()
}

async fn undismissed(space: &Space) -> Vec<i64> {
    let filter = Filter { is_dismissed: Some(false), ..Filter::default() };
    let listing = space.list(MEMBER, &ListQuery { filter, ..ListQuery::default() }).await.unwrap();
    listing.records.iter().map(|record| record.id().0).collect()
}

async fn until(what: &str, mut is: impl AsyncFnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is().await {
        assert!(Instant::now() < deadline, "{what}");
        sleep(Duration::from_millis(20)).await;
    }
}

async fn next(watch: &mut gateway::MemberWatch) -> MemberState {
    timeout(Duration::from_secs(20), watch.next()).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_member_sees_what_was_there_and_what_comes() {
    let fake = Fake::default();
    fake.add(1, 1001);
    fake.add(2, 1002);
    let space = start(&fake, &memory().await).await;
    let mut watch = space.watch(MEMBER);
    let first = next(&mut watch).await;
    assert_eq!((first.total, first.newest), (1, Some(NotificationId(1))));
    assert_eq!(undismissed(&space).await, [1]);
    until("the space is ready", async || space.readiness() == Readiness::Ready).await;

    let started = Instant::now();
    fake.add(3, 1001);
    let then = next(&mut watch).await;
    assert_eq!((then.total, then.newest), (2, Some(NotificationId(3))));
    assert!(then.cursor > first.cursor);
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
    let listing = space.list(MEMBER, &ListQuery::default()).await.unwrap();
    assert_eq!((listing.total, listing.pages, listing.age), (2, 1, None));
    assert!(listing.records[0].json().contains(r#""SomethingNew":{"a":[1]}"#));
    space.stop(Duration::from_secs(5)).await;
    assert_eq!(watch.next().await, None);
}

#[tokio::test]
async fn a_dismissal_is_announced_at_once_and_written_once() {
    let fake = Fake::default();
    fake.add(1, 1001);
    let space = start(&fake, &memory().await).await;
    let mut other_device = space.watch(MEMBER);
    next(&mut other_device).await;
    let before = space.revision(MEMBER).await.unwrap();
    let started = Instant::now();
    let record = space.set_dismissed(&[MEMBER], NotificationId(1), true).await.unwrap().unwrap();
    assert!(record.notification().is_dismissed);
    assert_ne!(space.revision(MEMBER).await.unwrap(), before);
    assert_eq!(next(&mut other_device).await.total, 0);
    assert!(started.elapsed() < Duration::from_secs(5));
    until("Nexudus has it", async || fake.dismissed(1) == Some(true)).await;
    until("nothing waits", async || space.waiting_writes().await == Ok(0)).await;
    sleep(Duration::from_millis(1_500)).await;
    assert_eq!(fake.count("PUT"), 1);
    assert_eq!(undismissed(&space).await, [0_i64; 0]);
    assert_eq!(space.set_dismissed(&[CoworkerId(1002)], NotificationId(1), false).await.unwrap(), None);
}

#[tokio::test]
async fn a_lost_answer_is_read_back_instead_of_sent_again() {
    let fake = Fake::default();
    fake.add(1, 1001);
    let space = start(&fake, &memory().await).await;
    undismissed(&space).await;
    fake.state().lose_answers = true;
    space.set_dismissed(&[MEMBER], NotificationId(1), true).await.unwrap();
    until("nothing waits", async || space.waiting_writes().await == Ok(0)).await;
    assert_eq!((fake.count("PUT"), fake.dismissed(1)), (1, Some(true)));
    assert!(fake.count("GET https://nexudus.example/api/spaces/coworkernotifications?id=%5B1%5D") >= 1);
}

#[tokio::test]
async fn what_nexudus_refuses_holds_here_on_all_devices() {
    for refusal in [403, 404, 405, 501, 200] {
        let fake = Fake::default();
        fake.add(1, 1001);
        fake.state().write_status = Some(refusal);
        let store = memory().await;
        let space = start(&fake, &store).await;
        undismissed(&space).await;
        space.set_dismissed(&[MEMBER], NotificationId(1), true).await.unwrap();
        until("it is tried", async || fake.count("PUT") >= 2).await;
        assert_eq!(undismissed(&space).await, [0_i64; 0], "{refusal}");
        space.set_dismissed(&[MEMBER], NotificationId(1), false).await.unwrap();
        until("nothing waits", async || space.waiting_writes().await == Ok(0)).await;
        assert_eq!(undismissed(&space).await, [1], "{refusal}: brought back");
    }
}

#[tokio::test]
async fn an_unknown_list_is_fetched_before_the_history_is_read() {
    let fake = Fake::default();
    let long_ago = chrono::Utc::now() - chrono::TimeDelta::days(80);
    fake.state().now = Some(long_ago);
    for id in 1..=3_000 {
        fake.add(id, 2_000 + id % 50);
    }
    fake.add(3_001, 1001);
    fake.state().now = None;
    // So small that the history takes long.
    let slow = SpaceOptions { budget: "20/min".parse().unwrap(), ..options() };
    let space = Space::start(slow, memory().await, fake.nexudus()).await.unwrap();
    assert_eq!(undismissed(&space).await, [3_001]);
    let nobody = space.list(CoworkerId(9), &ListQuery::default()).await;
    match nobody {
        Ok(listing) => assert_eq!(listing.total, 0),
        Err(SpaceError::NotKnownYet { retry_after }) => assert!(retry_after > Duration::ZERO),
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_crowd_that_comes_before_the_history_is_read_is_served_by_it() {
    const MEMBERS: i64 = 400;
    let fake = Fake::default();
    fake.state().now = Some(chrono::Utc::now() - chrono::TimeDelta::days(10));
    for id in 1..=MEMBERS {
        fake.add(id, 2_000 + id);
    }
    fake.state().now = None;
    let store = memory().await;
    let documented = SpaceOptions::default();
    let space = Space::start(documented, Arc::clone(&store), fake.nexudus()).await.unwrap();
    let mut first = tokio::task::JoinSet::new();
    for id in 1..=MEMBERS {
        let mut watch = space.watch(CoworkerId(2_000 + id));
        first.spawn(async move { timeout(Duration::from_secs(60), watch.next()).await.unwrap().unwrap().total });
    }
    assert_eq!(first.join_all().await.into_iter().sum::<u32>(), 400);
    until("nobody waits", async || store.requested_lists().await.unwrap().is_empty()).await;
    let single = fake.state().requests.iter().filter(|asked| asked.contains("CoworkerNotification_Coworker=")).count();
    assert!(single <= 30, "{single} lists of single members were fetched");
}

#[tokio::test]
async fn a_space_starts_and_serves_while_nexudus_is_down() {
    let fake = Fake::default();
    fake.add(1, 1001);
    let store = memory().await;
    let space = start(&fake, &store).await;
    undismissed(&space).await;
    until("ready", async || space.readiness() == Readiness::Ready).await;
    space.stop(Duration::from_secs(5)).await;

    fake.state().is_down = true;
    let space = start(&fake, &store).await;
    until(
        "it says why",
        async || matches!(space.readiness(), Readiness::NotReady(why) if why.contains("cannot be reached")),
    )
    .await;
    let listing = space.list(MEMBER, &ListQuery::default()).await.unwrap();
    assert_eq!(listing.total, 1);
    assert!(listing.age.is_some());
    space.set_dismissed(&[MEMBER], NotificationId(1), true).await.unwrap();
    assert_eq!(undismissed(&space).await, [0_i64; 0]);

    fake.add(2, 1001);
    fake.state().is_down = false;
    until("ready again", async || space.readiness() == Readiness::Ready).await;
    assert_eq!(undismissed(&space).await, [2]);
    until("written", async || fake.dismissed(1) == Some(true)).await;
    assert_eq!(space.age(), None);
}

#[tokio::test]
async fn a_list_that_nobody_knows_is_never_empty() {
    let fake = Fake::default();
    fake.state().is_down = true;
    let space = start(&fake, &memory().await).await;
    let started = Instant::now();
    let answer = space.list(MEMBER, &ListQuery::default()).await;
    assert!(matches!(answer, Err(SpaceError::NotKnownYet { .. })));
    assert!(started.elapsed() >= Duration::from_secs(5));
}

#[tokio::test]
async fn a_visit_finds_what_was_deleted() {
    let fake = Fake::default();
    fake.add(1, 1001);
    fake.add(2, 1001);
    let often = SpaceOptions { sweep_interval: Duration::from_millis(1), ..options() };
    let space = Space::start(often, memory().await, fake.nexudus()).await.unwrap();
    assert_eq!(undismissed(&space).await, [1, 2]);
    fake.state().records.retain(|record| record.id != 1);
    until("it is gone", async || {
        space.visited(MEMBER);
        undismissed(&space).await == [2]
    })
    .await;
}

#[tokio::test]
async fn who_waits_for_the_budget_does_not_hold_up_the_end() {
    let fake = Fake::default();
    for id in 1..=2 {
        fake.add(id, 1001);
    }
    let slow = SpaceOptions { budget: "60/min,1w/min".parse().unwrap(), ..options() };
    let space = Space::start(slow, memory().await, fake.nexudus()).await.unwrap();
    undismissed(&space).await;
    for id in 1..=2 {
        space.set_dismissed(&[MEMBER], NotificationId(id), true).await.unwrap();
    }
    until("a write waits for the budget", async || fake.count("PUT") == 1).await;
    let stopped = Instant::now();
    space.stop(Duration::from_secs(50)).await;
    assert!(stopped.elapsed() < Duration::from_secs(25), "{:?}", stopped.elapsed());
    assert_eq!(space.waiting_writes().await, Ok(1));
}

#[tokio::test]
async fn throttling_stops_everything_for_that_long() {
    let fake = Fake::default();
    fake.add(1, 1001);
    let space = start(&fake, &memory().await).await;
    undismissed(&space).await;
    fake.state().throttle = 1;
    until("it is throttled", async || fake.count("409") == 1).await;
    let asked = fake.state().requests.len();
    sleep(Duration::from_millis(700)).await;
    assert_eq!(fake.state().requests.len(), asked);
    until("it goes on", async || fake.state().requests.len() > asked).await;
    assert_eq!(space.readiness(), Readiness::Ready, "a short pause is not a problem");
}

#[tokio::test]
async fn a_username_signs_in_and_is_renewed() {
    let fake = Fake::default();
    fake.add(1, 1001);
    fake.state().token = Some("none yet".into());
    let credential = Credential::Password { username: "admin@example.com".into(), password: Secret::new("p&w") };
    let space = Space::start(options(), memory().await, fake.nexudus_as(credential)).await.unwrap();
    assert_eq!(undismissed(&space).await, [1]);
    assert_eq!(fake.count("TOKEN grant_type=password&username=admin%40example.com&password=p%26w"), 1);
    fake.state().token = Some("another".into());
    until("it is renewed", async || fake.count("TOKEN grant_type=refresh_token&refresh_token=again") == 1).await;
    fake.add(2, 1001);
    until("it goes on", async || undismissed(&space).await == [1, 2]).await;
}

#[tokio::test]
async fn a_refused_credential_is_a_reason_in_words() {
    let fake = Fake::default();
    fake.state().token = Some("right".into());
    let space = start(&fake, &memory().await).await;
    until("it says why", async || matches!(space.readiness(), Readiness::NotReady(why) if why.contains("token"))).await;
    assert!(fake.nexudus().check().await.unwrap_err().contains("another credential"));
    fake.state().token = None;
    assert!(fake.nexudus().check().await.unwrap().contains("can be read"));
}

#[tokio::test]
async fn one_file_is_for_one_gateway() {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::File(folder.path().join("gateway.db"));
    let fake = Fake::default();
    let first = open(&location, System::clock()).await.unwrap();
    let space = start(&fake, &first).await;
    let second = open(&location, System::clock()).await.unwrap();
    let refused = Space::start(options(), second, fake.nexudus()).await;
    assert!(matches!(refused, Err(StartError::InUse)));
    space.stop(Duration::from_secs(1)).await;
}

#[tokio::test]
async fn hints_make_one_poll() {
    let fake = Fake::default();
    let slow = SpaceOptions { sync_interval: Duration::from_secs(3_600), ..options() };
    let space = Space::start(slow, memory().await, fake.nexudus()).await.unwrap();
    let mut watch = space.watch(MEMBER);
    next(&mut watch).await;
    let polls = || {
        fake.count("GET https://nexudus.example/api/spaces/coworkernotifications?from_CoworkerNotification_UpdatedOn")
    };
    let before = polls();
    fake.add(1, 1001);
    for _ in 0..50 {
        space.hint();
    }
    assert_eq!(next(&mut watch).await.total, 1);
    sleep(Duration::from_millis(1_500)).await;
    assert_eq!(polls() - before, 1);
}
