//! Gateways that are killed, and gateways side by side.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use gateway::{
    Budget,
    clock::System,
    store::{Grant, Location, open},
};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use support::{
    child::{self, Process},
    http,
    nexudus::Fake,
    postgres,
};

const MEMBER: i64 = 1001;

/// Not a test: what runs in the processes that the tests start.
#[test]
#[ignore = "the other tests start it"]
fn child() {
    child::serve();
}

/// No write of ours is repeated that Nexudus has: it would undo what others did meanwhile.
fn assert_each_once(fake: &Fake) {
    let mut ours = HashMap::new();
    for request in &fake.state().requests {
        let words: Vec<_> = request.split(' ').collect();
        if words[0] == "PUT" {
            assert_ne!(ours.insert(words[1].to_owned(), words[2].to_owned()).as_deref(), Some(words[2]), "{request}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_write_is_lost_or_repeated_whenever_the_gateway_is_killed() {
    const RECORDS: i64 = 12;
    let fake = Fake::default();
    for id in 1..=RECORDS {
        fake.add(id, MEMBER);
    }
    let address = http::serve(&fake).await;
    let folder = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", folder.path().join("gateway.db").display());
    let seed = rand::random();
    support::say(&format!("seed {seed}"));
    let mut random = StdRng::seed_from_u64(seed);
    let check = fake.clone();
    tokio::task::spawn_blocking(move || {
        // By record: what was requested last, and what was requested last of all that was answered.
        let mut intents: HashMap<i64, (bool, bool)> = HashMap::new();
        for round in 0..12 {
            let mut process = Process::start(&store, &address);
            assert_eq!(process.ask(&format!("list {MEMBER}")).map(|ids| ids.is_empty()), Some(false));
            // Every second time it is killed when Nexudus has done a write whose answer is still on the way.
            let mut left: i32 = random.random_range(1..8);
            let mut is_under_way = false;
            while left > 0 || (round % 2 == 0 && !is_under_way) {
                let written = check.count("PUT");
                let id = random.random_range(1..=RECORDS);
                let dismiss = intents.get(&id).is_none_or(|(asked, _)| !asked);
                process.send(&format!("{} {MEMBER} {id}", if dismiss { "dismiss" } else { "restore" }));
                let answered = intents.get(&id).is_some_and(|(_, answered)| *answered);
                intents.insert(id, (dismiss, answered));
                std::thread::sleep(Duration::from_millis(random.random_range(0..120)));
                is_under_way = check.count("PUT") > written;
                left -= 1;
            }
            process.kill();
            for answer in process.answered() {
                let (id, dismissed) = answer.split_once(' ').unwrap();
                intents.entry(id.parse().unwrap()).and_modify(|(_, answered)| *answered = dismissed == "true");
            }
        }
        let mut process = Process::start(&store, &address);
        let deadline = Instant::now() + Duration::from_secs(60);
        while process.ask("waiting").as_deref() != Some("0") {
            assert!(Instant::now() < deadline, "writes still wait");
            std::thread::sleep(Duration::from_millis(50));
        }
        for (id, (asked, answered)) in intents {
            let now = check.dismissed(id).unwrap();
            assert!(now == answered || now == asked, "{id} is {now}, was answered {answered}, asked {asked}");
        }
    })
    .await
    .unwrap();
    assert_each_once(&fake);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_gateway_takes_over_from_one_that_is_killed() {
    let Some(server) = postgres::server() else { return };
    let Location::Postgres(store) = server.database() else { return };
    let fake = Fake::default();
    fake.add(1, MEMBER);
    fake.add(2, MEMBER);
    let address = http::serve(&fake).await;
    let played = fake.clone();
    tokio::task::spawn_blocking(move || {
        let mut first = Process::start(&store, &address);
        first.ask("ready").unwrap();
        let mut second = Process::start(&store, &address);
        second.ask("ready").unwrap();
        assert_eq!(first.ask("leads").as_deref(), Some("true"));
        assert_eq!(second.ask("leads").as_deref(), Some("false"));
        let list = format!("list {MEMBER}");
        assert_eq!(second.ask(&list).as_deref(), Some("1 2"));

        // What is dismissed at one is dismissed at the other, and what comes to one comes to the other.
        second.ask(&format!("dismiss {MEMBER} 1")).unwrap();
        until(|| first.ask(&list).as_deref() == Some("2"));
        until(|| played.dismissed(1) == Some(true));
        played.add(3, MEMBER);
        until(|| second.ask(&list).as_deref() == Some("2 3"));

        first.ask(&format!("dismiss {MEMBER} 2")).unwrap();
        first.kill();
        let killed = Instant::now();
        played.add(4, MEMBER);
        until(|| second.ask(&list).as_deref() == Some("3 4"));
        until(|| second.ask("leads").as_deref() == Some("true"));
        support::say(&format!("taken over after {:?}", killed.elapsed()));
        assert!(killed.elapsed() < Duration::from_secs(10), "{:?}", killed.elapsed());
        until(|| played.dismissed(2) == Some(true));
    })
    .await
    .unwrap();
    assert_each_once(&fake);
}

fn until(mut is: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is() {
        assert!(Instant::now() < deadline, "it never is");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn gateways_of_one_store_share_one_budget() {
    let Some(server) = postgres::server() else { return };
    let location = server.database();
    let budget: Budget = "3/min".parse().unwrap();
    let mut gateways = Vec::new();
    for _ in 0..3 {
        let store = open(&location, System::clock()).await.unwrap();
        let budget = budget.clone();
        gateways.push(tokio::spawn(async move {
            let mut granted = 0;
            for _ in 0..12 {
                if store.grant(false, budget.limits()).await.unwrap() == Grant::Go {
                    granted += 1;
                }
                tokio::time::sleep(Duration::from_millis(60)).await;
            }
            granted
        }));
    }
    let mut all = 0;
    for gateway in gateways {
        all += gateway.await.unwrap();
    }
    assert_eq!(all, 3);
}
