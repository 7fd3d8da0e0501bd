//! What the previous version has stored, and tabs of both versions at the same time.

use coworker_notifications::{
    feed::{Event, Journal, strike_out},
    model::NotificationId,
};

use crate::support::*;

/// The wall clock of a new world.
const NOW: i64 = 1_760_000_000_000;

/// Dismissed in this browser only: 1; not written yet: 2, dismissed so many seconds ago.
fn text(seconds_ago: i64) -> String {
    format!(r#"{{"v":1,"local":[1],"pending":[[2,{},"k3"]]}}"#, NOW - seconds_ago * 1_000)
}

fn visit(server: Server, earlier: &str) -> World {
    World::with(server, |setup| setup.journal = Journal::decode("", "", earlier, NOW))
}

#[test]
fn its_dismissals_stay_out_of_sight_and_what_waits_is_written_once() {
    let mut world = visit(Server::with(4), &text(3_600));
    world.start();
    assert_eq!((world.ids(), world.count()), (vec![4, 3], 2));
    world.pass(2 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
    assert_eq!((world.local(), world.pending()), (vec![1], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![4, 3], 2));
}

#[test]
fn a_tab_of_that_version_is_left_the_time_to_write_what_it_has_made() {
    let mut world = visit(Server::with(4), &text(1));
    world.start();
    world.pass(30 * SECOND);
    assert_eq!(world.server.writes(), []);
    // That tab does it.
    world.server.dismiss(2);
    world.pass(2 * MINUTE);
    assert_eq!(world.server.writes(), []);
    assert_eq!((world.pending(), world.count()), (vec![], 2));
}

#[test]
fn what_that_tab_has_undone_is_back_and_never_written() {
    let mut world = visit(Server::with(4), &text(1));
    world.start();
    // It strikes out its own entry; this tab reads the text at its next visit only.
    world.pass(2 * SECOND);
    let mut world = visit(world.server, r#"{"v":1,"local":[1],"pending":[]}"#);
    world.start();
    world.pass(2 * MINUTE);
    assert_eq!(world.server.writes(), []);
    assert_eq!((world.ids(), world.count()), (vec![4, 3, 2], 3));
}

#[test]
fn what_is_brought_back_stays_back_whatever_that_version_has_stored() {
    let mut world = visit(Server::with(4), &text(3_600));
    world.start();
    world.restore(1);
    world.restore(2);
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), world.server.writes()), (vec![4, 3, 2, 1], vec![]));
    let stored = world.journal.intents(world.now.wall);
    let mut again = World::with(world.server, |setup| setup.journal = Journal::decode(&stored, "", &text(3_600), NOW));
    again.start();
    again.pass(2 * MINUTE);
    assert_eq!((again.ids(), again.server.writes()), (vec![4, 3, 2, 1], vec![]));
}

#[test]
fn what_this_version_ends_is_struck_out_there_and_nothing_else() {
    let mut world = visit(Server::with(4), &text(3_600));
    world.start();
    world.event(Event::Restore(NotificationId(1)));
    world.pass(2 * MINUTE);
    let over: Vec<_> = world.journal.intents.iter().filter(|(_, one)| one.is_over()).map(|(id, _)| *id).collect();
    assert_eq!(over, [NotificationId(1), NotificationId(2)]);
    // That version has dismissed another one meanwhile.
    let theirs = r#"{"v":1,"local":[1,9],"pending":[[2,1,"k3"],[4,1759999999000,"k4"]]}"#;
    let left = strike_out(theirs, &over);
    assert_eq!(left.as_deref(), Some(r#"{"v":1,"local":[9],"pending":[[4,1759999999000,"k4"]]}"#));
}
