//! Tokens that are refused, and their renewal.

use coworker_notifications::{
    error::FailureKind,
    feed::{Event, Status},
};

use crate::support::*;

fn asks_for_a_token(world: &World) -> usize {
    world.tab().in_flight.iter().filter(|request| matches!(request, InFlight::Renew { .. })).count()
}

#[test]
fn the_page_is_asked_once_and_the_pull_goes_on() {
    let mut world = World::new(Server::with(3));
    world.server.token_expired = true;
    world.start();
    assert_eq!((world.status(), world.count(), world.server.lists()), (Status::Ready, 3, 2));
    assert!(world.errors().is_empty());
}

#[test]
fn refused_again_it_is_unauthorized_until_somebody_helps() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, http(401), 2);
    world.start();
    assert_eq!((world.status(), world.errors()), (Status::Unauthorized, vec![FailureKind::Unauthorized]));
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 2);
    world.refresh();
    assert_eq!(world.status(), Status::Ready);
}

#[test]
fn a_page_that_has_no_token_leaves_it_unauthorized() {
    let mut world = World::new(Server::with(3));
    world.server.token_expired = true;
    world.event(Event::Start);
    world.deliver(0);
    assert_eq!(asks_for_a_token(&world), 1);
    world.lose(0, http(401));
    assert_eq!(world.status(), Status::Unauthorized);
    assert_eq!(world.tab().feed.wake_at(), None);
}

#[test]
fn several_refusals_at_once_ask_once() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.server.token_expired = true;
    world.dismiss(&[20, 19, 18, 17, 16]);
    world.wait(6 * SECOND + 400);
    for _ in 0..4 {
        world.deliver(0);
    }
    assert_eq!((asks_for_a_token(&world), world.in_flight()), (1, 1));
    world.run_until_idle();
    assert!((16..=20).all(|id| world.server.is_dismissed(id) == Some(true)));
    assert!(world.failed().is_empty() && world.errors().is_empty());
}

#[test]
fn a_refusal_that_was_under_way_when_the_token_was_renewed_asks_no_more() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.server.token_expired = true;
    world.dismiss(&[20, 19]);
    world.wait(6 * SECOND + 400);
    world.serve(0);
    world.serve(1);
    world.deliver(0);
    // The page answers before the second refusal arrives.
    let renewal = world.in_flight() - 1;
    world.deliver(renewal);
    world.deliver(0);
    assert_eq!(asks_for_a_token(&world), 0);
    world.run_until_idle();
    assert!([19, 20].iter().all(|id| world.server.is_dismissed(*id) == Some(true)));
}

#[test]
fn a_write_that_is_always_refused_ends_with_the_reason_and_does_not_ask_for_ever() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.fail(Faulty::Writes, http(401), 1_000);
    world.dismiss(&[2]);
    world.pass(10 * MINUTE);
    assert!(world.server.writes().len() <= 2);
    assert_eq!(world.failed(), [2]);
    assert_eq!(world.ids(), [3, 2, 1]);
}

#[test]
fn without_a_token_what_waits_to_be_written_comes_back() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.server.token_expired = true;
    world.dismiss(&(1..=8).collect::<Vec<_>>());
    world.wait(6 * SECOND + 400);
    while asks_for_a_token(&world) == 0 || world.in_flight() > 1 {
        world.deliver(0);
    }
    world.lose(0, http(401));
    assert_eq!((world.count(), world.failed().len()), (20, 8));
    assert_eq!(world.errors().len(), 1);
}

#[test]
fn without_a_token_all_that_waits_comes_back_in_one_go() {
    let mut world = World::new(Server::with(100));
    world.start();
    world.dismiss_all();
    world.server.token_expired = true;
    world.wait(6 * SECOND + 400);
    while !matches!(world.tab().in_flight[..], [InFlight::Renew { .. }]) {
        world.deliver(0);
    }
    world.lose(0, http(401));
    assert_eq!((world.count(), world.failed().len()), (100, 100));
    assert!(world.tab().commands < 20, "{} commands", world.tab().commands);
}
