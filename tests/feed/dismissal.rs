//! Dismissing: the row leaves at once, and the write is sent when the undo time is over.

use coworker_notifications::{
    config::DismissMode,
    error::FailureKind,
    feed::{Event, Status},
    model::NotificationId,
};

use crate::support::*;

#[test]
fn the_row_leaves_at_once_and_the_write_follows_after_six_seconds() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    assert_eq!(world.ids(), [3, 1]);
    world.pass(6 * SECOND - 1);
    assert_eq!(world.server.writes(), []);
    world.pass(1);
    assert_eq!(world.server.writes(), [(2, true)]);
    assert_eq!(world.server.is_dismissed(2), Some(true));
}

#[test]
fn dismissed_twice_is_written_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.dismiss(&[2, 2]);
    world.pass(3 * SECOND);
    world.dismiss(&[2]);
    world.pass(10 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
}

#[test]
fn an_unknown_id_is_ignored() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[99]);
    world.pass(MINUTE);
    assert_eq!((world.count(), world.server.writes()), (3, vec![]));
}

#[test]
fn at_most_four_writes_are_on_their_way() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&(1..=10).collect::<Vec<_>>());
    world.wait(6 * SECOND + 400);
    assert_eq!(world.writes_in_flight().len(), 4);
    world.deliver(0);
    assert_eq!(world.writes_in_flight().len(), 4);
    world.run_until_idle();
    assert_eq!(world.server.writes().len(), 10);
}

#[test]
fn a_write_that_fails_brings_the_row_back_with_the_reason() {
    for failure in [http(500), no_network(), http(400)] {
        let mut world = World::with(Server::with(3), |setup| setup.settings.dismiss_mode = DismissMode::Api);
        world.start();
        world.server.fail(Faulty::Writes, failure.clone(), 1);
        world.dismiss(&[2]);
        world.pass(6 * SECOND);
        assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3), "{failure}");
        assert_eq!(world.failed(), [2]);
        assert_eq!(world.errors(), [failure.kind]);
        assert!(world.pending().is_empty());
        assert_eq!(world.status(), Status::Ready);
    }
}

#[test]
fn a_failed_write_is_tried_again_at_once_when_asked() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.fail(Faulty::Writes, http(500), 1);
    world.dismiss(&[2]);
    world.pass(6 * SECOND);
    world.event(Event::RetryWrite(NotificationId(2)));
    assert_eq!(world.ids(), [3, 1]);
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, true), (2, true)]);
    assert!(world.failed().is_empty());
}

#[test]
fn a_pause_that_the_server_asks_for_is_kept_and_nothing_is_lost() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.server.fail(Faulty::Writes, throttled(30), 1);
    world.dismiss(&(1..=8).collect::<Vec<_>>());
    world.pass(6 * SECOND);
    let tried = world.server.writes().len();
    assert!(tried <= 4);
    world.pass(29 * SECOND);
    assert_eq!(world.server.writes().len(), tried);
    world.pass(3 * SECOND);
    assert!((1..=8).all(|id| world.server.is_dismissed(id) == Some(true)));
    assert_eq!(world.errors().len(), 1, "one pause is announced once");
    assert!(world.failed().is_empty());
}

#[test]
fn offline_it_waits_for_the_network() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Online(false));
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!((world.server.writes(), world.ids()), (vec![], vec![3, 1]));
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, true)]);
    assert!(world.failed().is_empty());
}

#[test]
fn a_network_that_goes_while_writing_is_no_failure() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.wait(6 * SECOND + 400);
    world.event(Event::Online(false));
    world.lose(0, no_network());
    assert_eq!(world.ids(), [3, 1]);
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!(world.server.is_dismissed(2), Some(true));
}

#[test]
fn what_is_dismissed_elsewhere_meanwhile_is_not_written() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.server.dismiss(2);
    world.refresh();
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
    assert!(world.pending().is_empty() && world.shown().undo.is_empty());
}

#[test]
fn a_pull_and_a_write_take_turns() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.wait(6 * SECOND + 400);
    world.event(Event::Refresh(None));
    assert_eq!(world.writes_in_flight(), [2]);
    assert_eq!(world.in_flight(), 1, "the pull waits for the write");
    world.run_until_idle();
    assert_eq!((world.count(), world.ids()), (2, vec![3, 1]));
}

#[test]
fn a_server_in_trouble_that_says_when_to_come_back_gets_the_write_then() {
    let mut world = World::new(Server::with(3));
    world.start();
    let busy = http(503).with_retry_after(20 * SECOND);
    world.server.fail(Faulty::Writes, busy, 1);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!((world.ids(), world.errors()), (vec![3, 1], vec![FailureKind::Server]));
    world.pass(18 * SECOND);
    assert_eq!(world.server.writes().len(), 1);
    world.pass(2 * SECOND);
    assert_eq!((world.server.writes().len(), world.server.is_dismissed(2)), (2, Some(true)));
    assert!(world.failed().is_empty());
}
