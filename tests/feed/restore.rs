//! Restoring, at every stage of a dismissal.

use coworker_notifications::{config::DismissMode, feed::Event, model::NotificationType};

use crate::support::*;

#[test]
fn what_is_written_already_is_written_back() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(MINUTE);
    world.restore(2);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

#[test]
fn what_is_being_written_is_written_back_afterwards() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.wait(6 * SECOND + 400);
    world.restore(2);
    assert_eq!(world.ids(), [3, 2, 1]);
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
}

#[test]
fn what_is_only_kept_here_comes_back_for_good() {
    let mut world = World::with(Server::with(3), |setup| setup.settings.dismiss_mode = DismissMode::Local);
    world.start();
    world.dismiss(&[2]);
    world.pass(MINUTE);
    world.restore(2);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    assert!(world.local().is_empty());
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
}

#[test]
fn dismissed_again_before_it_is_written_back_nothing_more_is_written() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.event(Event::Online(false));
    world.restore(2);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.event(Event::Online(true));
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn a_refresh_before_it_is_written_back_does_not_lose_it() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.server.fail(Faulty::Writes, throttled(30), 1);
    world.restore(2);
    world.run_until_idle();
    world.refresh();
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    world.pass(MINUTE);
    assert_eq!(world.server.is_dismissed(2), Some(false));
}

#[test]
fn one_that_cannot_be_restored_is_hidden_again_with_an_error() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.server.refuses_writes = Some(403);
    world.restore(2);
    world.run_until_idle();
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    assert_eq!(world.errors().len(), 1);
    assert!(!world.tab().refusal, "a dismissal may still be taken");
}

#[test]
fn an_unknown_id_or_one_that_is_shown_is_ignored() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.restore(2);
    world.restore(99);
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
}

#[test]
fn restored_elsewhere_it_is_back_with_the_next_pull() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(MINUTE);
    world.server.restore(2);
    world.refresh();
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

#[test]
fn dismissed_again_before_it_is_written_back_it_does_not_hide_what_goes_elsewhere() {
    let mut world = World::new(Server::with(40));
    world.start();
    world.load_more();
    world.dismiss(&[30]);
    world.pass(2 * MINUTE);
    world.event(Event::Online(false));
    world.restore(30);
    world.dismiss(&[30]);
    world.pass(7 * SECOND);
    world.server.dismiss(10);
    world.event(Event::Online(true));
    world.pass(2 * MINUTE);
    assert_eq!(world.count(), 38);
    assert!(!world.ids().contains(&10));
}

#[test]
fn written_back_then_kept_here_then_back_again_it_is_counted_each_time() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(70 * SECOND);
    world.restore(2);
    world.run_until_idle();
    world.server.refuses_writes = Some(405);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    world.restore(2);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

/// Everything that was announced to the page and to the views.
fn announced(world: &World) -> usize {
    world.arrivals().len() + world.shown().arrived.len()
}

#[test]
fn what_is_restored_has_not_arrived() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[3]);
    world.pass(2 * MINUTE);
    world.restore(3);
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), announced(&world)), (vec![3, 2, 1], 0));
}

#[test]
fn what_is_restored_has_not_arrived_in_a_tab_that_never_saw_it_either() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[3]);
    world.pass(7 * SECOND);
    world.open_tab();
    world.start();
    world.in_tab(0).restore(3);
    world.pass(2 * MINUTE);
    assert_eq!((world.in_tab(1).ids(), announced(&world)), (vec![3, 2, 1], 0));
    world.server.arrive();
    world.refresh();
    assert_eq!(world.arrivals(), [4]);
}

#[test]
fn a_local_dismissal_that_is_restored_and_seen_on_a_later_page_has_not_arrived() {
    let mut server = Server::with(60);
    let late = server.arrive_at(0);
    let mut world = World::with(server, |setup| setup.journal.intents = local_only([late]));
    world.start();
    world.restore(late);
    while world.shown().has_more {
        world.load_more();
    }
    assert!(world.ids().contains(&late));
    assert_eq!(announced(&world), 0);
}

#[test]
fn a_further_page_has_not_arrived_and_neither_has_what_another_filter_shows() {
    let mut server = Server::with(60);
    let late = server.arrive_at(0);
    let mut world = World::new(server);
    world.start();
    while world.shown().has_more {
        world.load_more();
    }
    assert!(world.ids().contains(&late));
    let mut only = settings();
    only.types = vec![NotificationType::from("course")];
    world.event(Event::Settings(only));
    world.run_until_idle();
    world.event(Event::Settings(settings()));
    world.run_until_idle();
    assert_eq!(announced(&world), 0);
}
