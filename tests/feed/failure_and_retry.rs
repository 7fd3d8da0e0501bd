//! Reads that fail, and when they are repeated.

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
    world.server.clear_faults();
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
    let busy = http(503).with_retry_after(120 * SECOND);
    world.server.fail(Faulty::Reads, busy, 1);
    world.start();
    world.pass(60 * SECOND);
    // A page that becomes visible does not cause a request, but the member does.
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
fn after_a_refusal_the_next_pull_comes_on_the_interval() {
    for (status, word) in [(400, Status::Error), (403, Status::Forbidden), (404, Status::Error), (410, Status::Error)] {
        let mut world = World::new(Server::with(3));
        world.start();
        world.server.fail(Faulty::Reads, http(status), 3);
        world.pass(67 * SECOND);
        assert_eq!((world.status(), world.server.lists()), (word, 2), "{status}");
        // Not sooner, and the error stays until a refresh succeeds.
        world.pass(46 * SECOND);
        assert_eq!(world.server.lists(), 2, "{status}");
        world.pass(20 * SECOND);
        assert_eq!((world.status(), world.ids(), world.server.lists()), (word, vec![3, 2, 1], 3), "{status}");
        world.pass(3 * MINUTE);
        assert_eq!(world.status(), Status::Ready, "{status}");
        assert_eq!(world.errors().len(), 1, "{status}: the same error is announced once");
    }
}

#[test]
fn a_first_pull_that_is_refused_is_made_again_on_the_interval() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, http(403), 1);
    world.start();
    assert_eq!((world.status(), world.errors()), (Status::Forbidden, vec![FailureKind::Forbidden]));
    world.pass(67 * SECOND);
    assert_eq!((world.status(), world.server.lists()), (Status::Ready, 2));
}

#[test]
fn a_tab_that_follows_gets_its_first_list_on_the_interval_too() {
    let mut world = World::new(Server::with(3));
    world.event(Event::Leading(false));
    world.server.fail(Faulty::Reads, http(403), 1);
    world.start();
    world.pass(67 * SECOND);
    assert_eq!((world.status(), world.server.lists()), (Status::Ready, 2));
}

#[test]
fn where_it_never_polls_by_itself_a_refusal_waits_for_somebody() {
    let mut world = World::with(Server::with(3), |setup| setup.settings.poll_interval = 0);
    world.server.fail(Faulty::Reads, http(403), 1);
    world.start();
    world.pass(60 * MINUTE);
    assert_eq!((world.server.lists(), world.status()), (1, Status::Forbidden));
    world.refresh();
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn a_refusal_waits_as_long_as_the_server_says() {
    let mut world = World::new(Server::with(3));
    let later = http(403).with_retry_after(300 * SECOND);
    world.server.fail(Faulty::Reads, later, 1);
    world.start();
    world.pass(299 * SECOND);
    assert_eq!(world.server.lists(), 1);
    world.pass(2 * SECOND);
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn whoever_asks_for_more_is_heard_after_a_refusal() {
    for status in [400, 401, 403, 404] {
        let mut world = World::new(Server::with(60));
        world.start();
        world.server.fail(Faulty::Reads, http(status), if status == 401 { 2 } else { 1 });
        world.load_more();
        assert_eq!((world.ids().len(), world.errors().len()), (25, 1), "{status}");
        world.server.take_log();
        world.load_more();
        assert_eq!((world.ids().len(), world.server.lists(), world.status()), (50, 1, Status::Ready), "{status}");
    }
}

#[test]
fn whoever_asks_for_more_before_there_is_anything_is_heard_too() {
    for failure in [http(403), http(401), no_network()] {
        let mut world = World::new(Server::with(60));
        world.server.fail(Faulty::Reads, failure, 2);
        world.event(Event::Start);
        while world.in_flight() > 0 {
            world.deliver(0);
        }
        world.server.clear_faults();
        world.load_more();
        assert_eq!((world.ids().len(), world.status()), (25, Status::Ready));
    }
}

#[test]
fn the_same_refusal_is_announced_again_only_after_a_request_of_the_page() {
    let wrong = || coworker_notifications::error::Failure::new(FailureKind::Config, "api-base is not usable");
    for failure in [wrong(), http(403)] {
        let mut world = World::new(Server::with(3));
        world.server.fail(Faulty::Reads, failure, u32::MAX);
        world.start();
        for _ in 0..5 {
            world.event(Event::Visible(false));
            world.pass(MINUTE);
            world.event(Event::Visible(true));
            world.pass(MINUTE);
        }
        assert_eq!(world.errors().len(), 1);
        world.refresh();
        assert_eq!(world.errors().len(), 2);
        // Another error is announced.
        world.server.clear_faults();
        world.server.fail(Faulty::Reads, http(404), u32::MAX);
        world.refresh();
        world.pass(10 * MINUTE);
        assert_eq!(world.errors().len(), 3);
    }
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
fn a_pull_that_fails_half_way_shows_nothing_of_itself_and_loses_no_arrival() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.load_more();
    world.server.dismiss(20);
    world.server.arrive_times(30);
    world.event(Event::Refresh(None));
    world.deliver(0);
    while world.in_flight() > 0 {
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
fn back_online_it_polls_at_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Online(false));
    assert_eq!(world.status(), Status::Offline);
    world.pass(10 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    let new = world.server.arrive();
    world.event(Event::Online(true));
    world.run_until_idle();
    assert_eq!((world.status(), world.ids()[0]), (Status::Ready, new));
}

#[test]
fn whoever_asks_is_heard_whatever_the_browser_thinks_of_the_network_and_an_answer_is_proof() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.event(Event::Online(false));
    world.server.fail(Faulty::Reads, no_network(), 1);
    world.refresh();
    assert_eq!((world.status(), world.server.lists()), (Status::Offline, 2));
    world.pass(10 * MINUTE);
    assert_eq!(world.server.lists(), 2, "by itself it asks nothing");
    world.refresh();
    assert_eq!((world.status(), world.server.lists()), (Status::Ready, 3));
    world.pass(67 * SECOND);
    assert_eq!(world.server.lists(), 4, "and goes on");
}
