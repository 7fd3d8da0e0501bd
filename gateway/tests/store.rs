//! What both stores promise, word for word the same.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use coworker_notifications::{
    api::decode_record,
    model::{CoworkerId, NotificationId},
};
use gateway::{
    Budget, Store,
    clock::System,
    store::{Batch, Grant, ListSummary, Location, NextWrite, Outcome, Part, Progress, RemoteRecord, open},
};
use support::each_store;

const MEMBER: CoworkerId = CoworkerId(1001);
const OTHER: CoworkerId = CoworkerId(1002);

fn record(id: i64, coworker: CoworkerId, dismissed: bool, second: u32) -> RemoteRecord {
    let json = format!(
        r#"{{"Id":{id},"CoworkerId":{coworker},"Message":"M","IsDismissed":{dismissed},"Extra":[{id}],"CreatedOn":"2025-01-10T08:00:00Z","UpdatedOn":"2025-01-10T08:00:{second:02}Z"}}"#
    );
    RemoteRecord { notification: decode_record(200, &json).unwrap(), json: json.into() }
}

fn batch(records: Vec<RemoteRecord>) -> Batch {
    Batch { records, ..Batch::default() }
}

async fn shown(store: &dyn Store, coworker: CoworkerId) -> Vec<(i64, bool)> {
    let records = store.records(coworker).await.unwrap();
    records.iter().map(|record| (record.id().0, record.notification().is_dismissed)).collect()
}

async fn summary(store: &dyn Store, coworker: CoworkerId) -> ListSummary {
    store.summaries(&[coworker]).await.unwrap()[0]
}

#[tokio::test]
async fn records_are_stored_unchanged_and_changes_are_announced() {
    each_store(async |store| {
        let first = batch(vec![record(2, MEMBER, true, 1), record(1, MEMBER, false, 1), record(3, OTHER, false, 1)]);
        let changed = store.apply(&first).await.unwrap();
        assert_eq!(changed.iter().map(|member| member.coworker).collect::<Vec<_>>(), [MEMBER, OTHER]);
        assert_eq!((changed[0].total, changed[0].newest), (1, Some(NotificationId(1))));
        assert_eq!(shown(&*store, MEMBER).await, [(1, false), (2, true)]);
        assert_eq!(store.records(OTHER).await.unwrap()[0].json(), &*record(3, OTHER, false, 1).json);

        assert_eq!(store.apply(&first).await.unwrap(), [], "the same again changes nothing");
        let moved = store.apply(&batch(vec![record(3, MEMBER, false, 2)])).await.unwrap();
        assert_eq!(moved.len(), 2, "both whose list has changed: {moved:?}");
        assert_eq!(moved[0].total, 2);
        assert!(moved[0].revision > changed[0].revision);
        assert_eq!(shown(&*store, OTHER).await, []);
    })
    .await;
}

#[tokio::test]
async fn an_older_record_never_replaces_a_newer_one() {
    each_store(async |store| {
        store.apply(&batch(vec![record(1, MEMBER, true, 5)])).await.unwrap();
        assert_eq!(store.apply(&batch(vec![record(1, MEMBER, false, 4)])).await.unwrap(), []);
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)]);
        store.apply(&batch(vec![record(1, MEMBER, false, 5)])).await.unwrap();
        assert_eq!(shown(&*store, MEMBER).await, [(1, false)], "of two alike the later read counts");
        store.apply(&batch(vec![record(1, MEMBER, true, 9), record(1, MEMBER, false, 7)])).await.unwrap();
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)], "also of two in one batch");
    })
    .await;
}

#[tokio::test]
async fn many_records_at_once_are_no_different() {
    each_store(async |store| {
        let records = (1..=2_500).map(|id| record(id, CoworkerId(id % 1_200), false, 1)).collect();
        assert_eq!(store.apply(&batch(records)).await.unwrap().len(), 1_200);
        let gone = (1..=2_400).map(NotificationId).collect();
        assert_eq!(store.apply(&Batch { gone, ..Batch::default() }).await.unwrap().len(), 1_200);
        let part = Part { coworker: None, from: i64::MIN, before: i64::MAX };
        assert_eq!(store.ids(part).await.unwrap().len(), 100);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_theirs_is_not_to_be_dismissed() {
    each_store(async |store| {
        store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap();
        for (coworkers, id) in [(vec![OTHER], 1), (vec![], 1), (vec![MEMBER], 2)] {
            assert_eq!(store.set_dismissed(&coworkers, NotificationId(id), true).await.unwrap(), None);
        }
        assert_eq!(store.next_write(i64::MAX).await.unwrap(), NextWrite::Nothing(None));
    })
    .await;
}

#[tokio::test]
async fn a_dismissal_is_shown_at_once_and_written_once() {
    each_store(async |store| {
        let id = NotificationId(1);
        store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap();
        let before = summary(&*store, MEMBER).await;
        let (shown_record, state) = store.set_dismissed(&[OTHER, MEMBER], id, true).await.unwrap().unwrap();
        assert!(shown_record.json().contains(r#""IsDismissed":true"#));
        assert_eq!((state.total, state.newest), (0, None));
        assert!(state.revision > before.revision);
        // Nexudus does not know it yet.
        assert_eq!(store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap(), []);
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)]);

        assert_eq!(store.waiting_writes().await.unwrap(), 1);
        assert_eq!(store.next_write(0).await.unwrap(), NextWrite::Due(id));
        let write = store.begin_write(id).await.unwrap().unwrap();
        assert_eq!((write.dismissed, write.tries, write.notification.is_dismissed), (true, 1, false));
        assert_eq!(store.begin_write(id).await.unwrap(), None, "it is on its way");
        assert_eq!(store.next_write(0).await.unwrap(), NextWrite::Unverified(id), "whoever comes now reads first");
        store.end_write(id, Outcome::Acknowledged(true)).await.unwrap();
        assert_eq!(store.waiting_writes().await.unwrap(), 0);
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)]);
        let again = store.set_dismissed(&[MEMBER], id, true).await.unwrap();
        assert!(again.is_some());
        assert_eq!(store.waiting_writes().await.unwrap(), 0, "what holds already is not written");
    })
    .await;
}

#[tokio::test]
async fn intents_are_coalesced_and_the_last_one_holds() {
    each_store(async |store| {
        let id = NotificationId(1);
        store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap();
        store.set_dismissed(&[MEMBER], id, true).await.unwrap();
        store.set_dismissed(&[MEMBER], id, false).await.unwrap();
        assert_eq!(store.waiting_writes().await.unwrap(), 0, "taken back before it was written");
        store.set_dismissed(&[MEMBER], id, true).await.unwrap();
        store.begin_write(id).await.unwrap();
        store.set_dismissed(&[MEMBER], id, false).await.unwrap();
        assert_eq!(shown(&*store, MEMBER).await, [(1, false)]);
        store.end_write(id, Outcome::Acknowledged(true)).await.unwrap();
        assert_eq!(store.next_write(0).await.unwrap(), NextWrite::Due(id), "taken back while it was written");
        assert!(!store.begin_write(id).await.unwrap().unwrap().dismissed);
        store.end_write(id, Outcome::Acknowledged(false)).await.unwrap();
        assert_eq!((shown(&*store, MEMBER).await, store.waiting_writes().await.unwrap()), (vec![(1, false)], 0));
    })
    .await;
}

#[tokio::test]
async fn what_nexudus_refuses_holds_here_and_can_be_brought_back() {
    each_store(async |store| {
        let id = NotificationId(1);
        store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap();
        store.set_dismissed(&[MEMBER], id, true).await.unwrap();
        for tries in 1..=4 {
            assert_eq!(store.begin_write(id).await.unwrap().unwrap().tries, tries);
            let outcome = if tries < 4 { Outcome::Refused(i64::from(tries)) } else { Outcome::LocalOnly };
            store.end_write(id, outcome).await.unwrap();
            if tries < 4 {
                assert_eq!(store.next_write(0).await.unwrap(), NextWrite::Nothing(Some(i64::from(tries))));
            }
        }
        assert_eq!(store.next_write(i64::MAX).await.unwrap(), NextWrite::Nothing(None));
        store.apply(&batch(vec![record(1, MEMBER, false, 9)])).await.unwrap();
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)], "whatever else changes of the record");
        store.set_dismissed(&[MEMBER], id, false).await.unwrap();
        assert_eq!(shown(&*store, MEMBER).await, [(1, false)]);
        assert_eq!(store.next_write(i64::MAX).await.unwrap(), NextWrite::Nothing(None), "as Nexudus has it");
    })
    .await;
}

#[tokio::test]
async fn an_unverified_write_is_acknowledged_or_repeated_after_the_record_is_read() {
    each_store(async |store| {
        for (id, remote, waits) in [(1, true, 0), (2, false, 1)] {
            let id = NotificationId(id);
            store.apply(&batch(vec![record(id.0, MEMBER, false, 1)])).await.unwrap();
            store.set_dismissed(&[MEMBER], id, true).await.unwrap();
            store.begin_write(id).await.unwrap();
            store.end_write(id, Outcome::Unverified(7)).await.unwrap();
            assert_eq!(store.next_write(6).await.unwrap(), NextWrite::Nothing(Some(7)));
            assert_eq!(store.next_write(7).await.unwrap(), NextWrite::Unverified(id));
            store.end_write(id, Outcome::Read(remote)).await.unwrap();
            assert_eq!(store.waiting_writes().await.unwrap(), waits);
        }
        store.begin_write(NotificationId(2)).await.unwrap();
        let state = store.end_write(NotificationId(2), Outcome::Gone).await.unwrap().unwrap();
        assert_eq!(state.coworker, MEMBER);
        assert_eq!(shown(&*store, MEMBER).await, [(1, true)]);
    })
    .await;
}

#[tokio::test]
async fn no_window_holds_more_requests_than_it_says() {
    each_store(async |store| {
        let budget: Budget = "3/min,1w/min".parse().unwrap();
        let mut granted = 0;
        let mut longest = 0;
        for writes in [true, true, false, false, false] {
            // The next one may come after a little while, or not for a minute.
            for _ in 0..2 {
                match store.grant(writes, budget.limits()).await.unwrap() {
                    Grant::Go => {
                        granted += 1;
                        break;
                    }
                    Grant::Wait(wait) if wait < 1_000 => {
                        tokio::time::sleep(std::time::Duration::from_millis(wait as u64 + 1)).await;
                    }
                    Grant::Wait(wait) => longest = longest.max(wait),
                }
            }
        }
        assert_eq!(granted, 3);
        assert!((55_000..=60_250).contains(&longest), "{longest}");
        store.pause(120_000).await.unwrap();
        store.pause(1_000).await.unwrap();
        let wait = store.grant(false, "100/s".parse::<Budget>().unwrap().limits()).await.unwrap();
        assert!(matches!(wait, Grant::Wait(100_000..=120_000)), "the longer pause holds: {wait:?}");
    })
    .await;
}

#[tokio::test]
async fn whoever_takes_over_leaves_nexudus_alone_after_the_last_request() {
    each_store(async |store| {
        let budget: Budget = "100/s".parse().unwrap();
        store.pause_after_last(60_000).await.unwrap();
        assert_eq!(store.grant(false, budget.limits()).await.unwrap(), Grant::Go, "nobody has asked before");
        store.pause_after_last(60_000).await.unwrap();
        let wait = store.grant(false, budget.limits()).await.unwrap();
        assert!(matches!(wait, Grant::Wait(40_000..=60_000)), "{wait:?}");
    })
    .await;
}

#[tokio::test]
async fn lists_are_requested_until_they_are_compared() {
    each_store(async |store| {
        store.request_lists(&[OTHER], 2).await.unwrap();
        store.request_lists(&[MEMBER], 1).await.unwrap();
        store.request_lists(&[MEMBER, OTHER], 3).await.unwrap();
        assert_eq!(store.requested_lists().await.unwrap(), [MEMBER, OTHER]);
        let progress = Progress { cursor: Some(5), complete: true, ..Progress::default() };
        let compared = Batch { compared: vec![(MEMBER, 9)], progress: Some(progress.clone()), ..Batch::default() };
        let states = store.apply(&compared).await.unwrap();
        assert_eq!((states[0].compared, states[0].total, states[0].newest), (Some(9), 0, None));
        assert_eq!(store.requested_lists().await.unwrap(), [OTHER]);
        assert_eq!(store.progress().await.unwrap(), progress);
        store.request_lists(&[MEMBER], 11).await.unwrap();
        let all = Batch { progress: Some(Progress { compared: Some(10), ..progress }), ..Batch::default() };
        store.apply(&all).await.unwrap();
        assert_eq!(
            store.requested_lists().await.unwrap(),
            [MEMBER],
            "the comparison of everything has served the requests before it"
        );
    })
    .await;
}

#[tokio::test]
async fn a_file_is_private_and_keeps_everything() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gateway.db");
    let location = Location::File(path.clone());
    let store = open(&location, System::clock()).await.unwrap();
    store.apply(&batch(vec![record(1, MEMBER, false, 1)])).await.unwrap();
    store.set_dismissed(&[MEMBER], NotificationId(1), true).await.unwrap();
    let number = store.number();
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
        assert!(mode & 0o077 == 0 || entry.path().ends_with("gateway.db.lock"), "{:?} {mode:o}", entry.path());
    }
    drop(store);
    let store = open(&location, System::clock()).await.unwrap();
    assert_eq!(store.number(), number);
    assert_eq!(shown(&*store, MEMBER).await, [(1, true)]);
    assert_eq!(store.next_write(0).await.unwrap(), NextWrite::Due(NotificationId(1)));
    let leads = store.lead().await.unwrap();
    assert!(leads.is_some());
    let second = open(&location, System::clock()).await.unwrap();
    assert!(second.lead().await.unwrap().is_none(), "one gateway at a time");
    drop(leads);
    assert!(second.lead().await.unwrap().is_some());
}
