//! The page is left: what is pending is written at once.

use coworker_notifications::{config::DismissMode, feed::Event};

use crate::support::*;

#[test]
fn what_waits_is_sent_at_once() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&[20, 19]);
    world.pass(2 * SECOND);
    world.dismiss(&[18]);
    world.leave();
    assert_eq!(world.writes_in_flight().len(), 3);
    assert_eq!(world.pending().len(), 3, "until the answers are here");
    world.run_until_idle();
    assert!(world.pending().is_empty());
}

#[test]
fn what_is_on_its_way_is_not_sent_again() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&[20]);
    world.wait(6 * SECOND + 400);
    world.leave();
    assert_eq!(world.writes_in_flight(), [20]);
}

#[test]
fn local_dismissals_are_kept() {
    let mut world = World::with(Server::with(3), |setup| setup.settings.dismiss_mode = DismissMode::Local);
    world.start();
    world.dismiss(&[2]);
    world.leave();
    assert_eq!((world.in_flight(), world.local().len()), (0, 1));
}

#[test]
fn no_more_is_sent_than_may_outlive_a_page_and_the_rest_is_noted() {
    let mut server = Server::with(20);
    for id in 1..=20 {
        server.change(id, |record| record.message = "x".repeat(10_000));
    }
    let mut world = World::new(server);
    world.start();
    world.dismiss(&(1..=20).collect::<Vec<_>>());
    world.leave();
    assert_eq!(world.writes_in_flight().len(), 4);
    world.run_until_idle();
    assert!(world.pending().is_empty() || world.server.writes().len() < 20);
}

#[test]
fn offline_it_is_left_to_the_next_visit() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Online(false));
    world.dismiss(&[2]);
    world.leave();
    assert_eq!(world.in_flight(), 0);
    assert!(world.pending().contains(&2));
}

#[test]
fn during_a_pause_it_is_left_to_the_next_visit() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.server.fail(Faulty::Writes, throttled(60), 1);
    world.dismiss(&[20]);
    world.pass(7 * SECOND);
    world.dismiss(&[19]);
    world.leave();
    assert_eq!(world.in_flight(), 0);
    assert_eq!(world.pending().len(), 2);
}

#[test]
fn a_page_that_comes_back_goes_on() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&[20]);
    world.leave();
    world.lose(0, no_network());
    assert_eq!(world.failed(), [20]);
    assert_eq!(world.count(), 20);
    world.pass(2 * MINUTE);
    assert_eq!(world.count(), 20);
}

#[test]
fn a_pull_that_is_under_way_says_nothing_certain() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&[20]);
    world.event(Event::Refresh(None));
    world.serve(0);
    world.leave();
    world.run_until_idle();
    world.pass(10 * SECOND);
    assert_eq!((world.count(), world.ids()[0]), (19, 19));
}
