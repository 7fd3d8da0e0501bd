//! Dismissing all notifications that the server has.

use coworker_notifications::feed::Event;

use crate::support::*;

#[test]
fn all_means_all_on_the_server_loaded_or_not() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.dismiss_all();
    assert_eq!((world.ids(), world.count()), (vec![], 0));
    world.pass(MINUTE);
    assert!(world.server.newest_first().is_empty());
    assert_eq!(world.server.writes().len(), 60);
}

#[test]
fn one_undo_takes_all_of_it_back() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.dismiss_all();
    world.undo(0);
    world.pass(MINUTE);
    assert_eq!((world.count(), world.server.writes()), (60, vec![]));
}

#[test]
fn asked_before_the_first_list_it_waits_for_it() {
    let mut world = World::new(Server::with(60));
    world.event(Event::Start);
    world.dismiss_all();
    assert_eq!(world.count(), 0);
}

#[test]
fn the_progress_of_many_is_shown() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss_all();
    world.wait(6 * SECOND + 400);
    let progress = |world: &World| world.shown().progress.map(|one| (one.done, one.total));
    assert_eq!(progress(&world), Some((0, 20)));
    for _ in 0..5 {
        world.deliver(0);
    }
    assert_eq!(progress(&world), Some((5, 20)));
    world.run_until_idle();
    assert_eq!(progress(&world), None);
}

#[test]
fn what_fails_stays() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss_all();
    world.server.fail(Faulty::Writes, http(500), 3);
    world.pass(7 * SECOND);
    assert_eq!((world.ids().len(), world.count(), world.failed().len()), (3, 3, 3));
}

#[test]
fn a_pause_in_the_middle_delays_the_rest() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.dismiss_all();
    world.server.fail(Faulty::Writes, throttled(60), 1);
    world.pass(7 * SECOND);
    assert!(!world.server.newest_first().is_empty());
    world.pass(2 * MINUTE);
    assert!(world.server.newest_first().is_empty() && world.failed().is_empty());
}

#[test]
fn when_not_all_can_be_learnt_nothing_is_dismissed() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.fail(Faulty::Reads, http(500), 1);
    world.dismiss_all();
    assert_eq!(world.count(), 60);
    assert_eq!(world.errors().len(), 1);
}

#[test]
fn a_thousand_are_dismissed_with_four_writes_at_a_time_and_polls_in_between() {
    let mut world = World::new(Server::with(1_000));
    world.start();
    world.dismiss_all();
    world.pass(10 * MINUTE);
    assert_eq!((world.server.writes().len(), world.count()), (1_000, 0));
    assert!(world.server.newest_first().is_empty());
}
