//! The first list.

use coworker_notifications::{
    error::FailureKind,
    feed::{Event, Notice, Status},
};

use crate::support::*;

#[test]
fn one_page_at_first_and_the_count_of_all() {
    let mut world = World::new(Server::with(60));
    world.start();
    assert_eq!(world.ids(), (36..=60).rev().collect::<Vec<_>>());
    assert_eq!(world.count(), 60);
    assert!(world.shown().has_more && world.shown().loaded);
    assert_eq!(world.status(), Status::Ready);
    assert_eq!(world.server.lists(), 1);
}

#[test]
fn nothing_is_known_before_the_answer() {
    let mut world = World::new(Server::with(3));
    world.event(Event::Start);
    assert_eq!((world.status(), world.shown().count, world.shown().loaded), (Status::Loading, None, false));
    world.run_until_idle();
    assert_eq!((world.status(), world.count()), (Status::Ready, 3));
}

#[test]
fn a_member_without_notifications_has_an_empty_list() {
    let mut world = World::new(Server::empty());
    world.start();
    assert!(world.shown().loaded && world.ids().is_empty() && !world.shown().has_more);
    assert_eq!(world.count(), 0);
}

#[test]
fn the_page_hears_the_count_and_then_that_the_list_is_ready() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.refresh();
    assert_eq!(world.tab().notices, [Notice::Change { count: 3 }, Notice::Ready { count: 3 }]);
}

#[test]
fn the_first_list_brings_no_arrivals() {
    let mut world = World::new(Server::with(3));
    world.start();
    assert!(world.arrivals().is_empty());
}

#[test]
fn a_page_that_is_hidden_or_follows_loads_its_first_list_all_the_same() {
    let mut world = World::with(Server::with(3), |setup| setup.visible = false);
    world.event(Event::Leading(false));
    world.start();
    assert_eq!(world.count(), 3);
}

#[test]
fn offline_nothing_is_asked_until_the_network_is_back() {
    let mut world = World::with(Server::with(3), |setup| setup.online = false);
    world.start();
    assert_eq!((world.status(), world.server.lists()), (Status::Offline, 0));
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!((world.status(), world.count()), (Status::Ready, 3));
}

#[test]
fn a_record_that_cannot_be_read_is_left_out_and_announced_once() {
    let mut server = Server::with(60);
    server.damaged.extend([58, 59]);
    let mut world = World::new(server);
    world.start();
    assert_eq!(world.ids().len(), 23);
    assert_eq!(world.count(), 60);
    assert_eq!(world.errors(), [FailureKind::Decode]);
    world.refresh();
    world.load_more();
    world.load_more();
    assert_eq!(world.errors(), [FailureKind::Decode]);
    assert_eq!(world.ids().len(), 58);
    assert!(!world.shown().has_more);
}

#[test]
fn what_was_asked_for_before_the_network_went_is_shown_offline() {
    let mut world = World::with(Server::with(60), |setup| {
        setup.online = false;
        setup.answered = true;
    });
    world.start();
    assert_eq!((world.status(), world.count(), world.ids().len()), (Status::Offline, 60, 25));
    world.pass(10 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!((world.status(), world.server.lists()), (Status::Ready, 2));
}

#[test]
fn where_that_answer_did_not_arrive_the_feed_is_offline_and_starts_when_the_network_is_back() {
    let mut world = World::with(Server::with(3), |setup| {
        setup.online = false;
        setup.answered = true;
    });
    world.event(Event::Start);
    world.lose(0, no_network());
    assert_eq!((world.status(), world.tab().feed.wake_at()), (Status::Offline, None));
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!((world.status(), world.count()), (Status::Ready, 3));
}
