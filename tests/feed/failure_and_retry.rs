//! Reads that fail.

use coworker_notifications::{
    error::FailureKind,
    feed::{Event, Status},
};

use crate::support::*;

#[test]
fn a_failed_refresh_keeps_the_list_and_says_why() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.fail(Faulty::Reads, http(500), 1);
    world.refresh();
    assert_eq!((world.status(), world.ids(), world.count()), (Status::Error, vec![3, 2, 1], 3));
    assert!(world.shown().problem.as_ref().unwrap().retry_at.is_some());
    assert_eq!(world.errors(), [FailureKind::Server]);
    world.pass(2 * SECOND);
    assert_eq!(world.status(), Status::Ready);
    assert!(world.shown().problem.is_none());
}

#[test]
fn tries_come_further_and_further_apart_up_to_five_minutes() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, no_network(), 1_000);
    world.start();
    world.pass(60 * MINUTE);
    let tries = world.server.lists();
    assert!((12..60).contains(&tries), "{tries} tries in an hour");
    world.server.heal();
    world.pass(5 * MINUTE);
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn a_pause_that_the_server_asks_for_is_kept_whoever_asks() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.fail(Faulty::Reads, throttled(90), 1);
    world.pass(67 * SECOND);
    assert_eq!(world.errors(), [FailureKind::Throttled]);
    world.server.take_log();
    world.refresh();
    world.load_more();
    world.event(Event::Visible(false));
    world.event(Event::Visible(true));
    world.pass(60 * SECOND);
    assert_eq!(world.server.lists(), 0);
    world.pass(40 * SECOND);
    assert_eq!((world.server.lists(), world.status()), (1, Status::Ready));
}

#[test]
fn a_server_in_trouble_is_left_alone_for_as_long_as_it_asks() {
    let mut world = World::new(Server::with(3));
    let busy = coworker_notifications::error::Failure { retry_after: Some(120 * SECOND), ..http(503) };
    world.server.fail(Faulty::Reads, busy, 1);
    world.start();
    world.pass(60 * SECOND);
    // Coming back is no reason to ask; a member is.
    world.event(Event::Visible(false));
    world.event(Event::Visible(true));
    world.event(Event::Online(false));
    world.event(Event::Online(true));
    world.pass(59 * SECOND);
    assert_eq!(world.server.lists(), 1);
    world.pass(2 * SECOND);
    assert_eq!((world.server.lists(), world.status()), (2, Status::Ready));
}

#[test]
fn a_missing_role_is_said_and_not_tried_again_by_itself() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, http(403), 1);
    world.start();
    assert_eq!((world.status(), world.errors()), (Status::Forbidden, vec![FailureKind::Forbidden]));
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    world.refresh();
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn a_member_may_try_again_before_the_pause_between_tries_is_over() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, no_network(), 6);
    world.start();
    for _ in 0..6 {
        world.refresh();
    }
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn a_look_that_fails_half_way_shows_nothing_of_itself_and_loses_no_arrival() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.load_more();
    world.server.dismiss(20);
    world.server.arrive_times(30);
    world.event(Event::Refresh(None));
    world.deliver(0);
    while world.under_way() > 0 {
        world.lose(0, no_network());
    }
    let before = world.ids();
    assert!(before.len() == 50 || before[0] == 90);
    world.pass(MINUTE);
    assert_eq!(world.ids()[..30], (61..=90).rev().collect::<Vec<_>>());
    assert_eq!(world.arrivals().len(), 30);
    assert_eq!(world.count(), 89);
}

#[test]
fn back_online_it_looks_at_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Online(false));
    assert_eq!(world.status(), Status::Offline);
    world.pass(10 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    let new = world.server.arrive();
    world.event(Event::Online(true));
    world.settle();
    assert_eq!((world.status(), world.ids()[0]), (Status::Ready, new));
}

#[test]
fn promises_are_kept_offline_too() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.event(Event::Online(false));
    world.refresh();
    world.load_more();
    assert_eq!(world.server.lists(), 1);
}
