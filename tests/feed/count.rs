//! The unread count.

use coworker_notifications::{
    config::DismissMode,
    feed::{Event, Notice},
    model::NotificationType,
};

use crate::support::*;

#[test]
fn the_count_is_of_all_pages_and_falls_with_each_dismissal_at_once() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.dismiss(&[60, 59]);
    assert_eq!(world.count(), 58);
}

#[test]
fn a_write_leaves_the_count_where_it_is() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.dismiss(&[60]);
    world.pass(5 * MINUTE);
    assert_eq!(world.tab().counts(), [60, 59]);
}

#[test]
fn what_is_dismissed_locally_is_not_counted() {
    let mut world = World::with(Server::with(60), |setup| setup.settings.dismiss_mode = DismissMode::Local);
    world.start();
    world.dismiss(&[60, 59]);
    world.pass(5 * MINUTE);
    assert_eq!(world.count(), 58);
    assert_eq!(world.server.writes(), []);
}

#[test]
fn a_local_dismissal_of_an_earlier_visit_is_not_counted_wherever_it_stands() {
    let mut world = World::with(Server::with(60), |setup| {
        setup.journal.intents = local_only([60, 3]);
    });
    world.start();
    assert_eq!(world.count(), 58);
    assert!(!world.ids().contains(&60));
}

#[test]
fn a_local_dismissal_that_the_server_does_not_list_any_more_is_forgotten() {
    let mut server = Server::with(60);
    server.dismiss(60);
    server.delete(3);
    let mut world = World::with(server, |setup| {
        setup.journal.intents = local_only([60, 3, 40]);
    });
    world.start();
    assert_eq!(world.count(), 57);
    assert_eq!(world.local(), [40]);
}

#[test]
fn a_dismissal_elsewhere_is_counted_by_the_next_poll_wherever_it_stands() {
    let mut world = World::new(Server::with(100));
    world.start();
    world.server.dismiss(95);
    world.server.dismiss(5);
    world.pass(2 * MINUTE);
    assert_eq!(world.count(), 98);
    assert!(!world.ids().contains(&95));
}

#[test]
fn each_new_count_is_announced_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[3]);
    world.undo(0);
    world.dismiss(&[2]);
    world.pass(10 * MINUTE);
    assert_eq!(world.tab().counts(), [3, 2, 3, 2]);
    assert_eq!(world.journal.count, Some(2));
}

#[test]
fn with_a_filter_on_types_only_these_are_counted_and_the_count_waits_for_all_pages() {
    let mut world = World::with(Server::with(300), |setup| {
        setup.settings.types = vec![NotificationType::from("course")];
    });
    world.start();
    assert_eq!(world.count(), 100);
    assert_eq!(world.ids().len(), 100);
    assert_eq!(world.tab().notices[..2], [Notice::Change { count: 100 }, Notice::Ready { count: 100 }]);
}

#[test]
fn with_a_filter_no_more_than_two_thousand_are_read_to_count() {
    let mut world = World::with(Server::with(10_000), |setup| {
        setup.settings.types = vec![NotificationType::from("course")];
    });
    world.start();
    assert!(world.server.lists() <= 22, "{} requests", world.server.lists());
    assert!(world.shown().has_more);
}

#[test]
fn a_filter_set_later_and_taken_away_changes_list_and_count() {
    let mut world = World::new(Server::with(60));
    world.start();
    let mut only = settings();
    only.types = vec![NotificationType::from("course")];
    world.event(Event::Settings(only));
    world.run_until_idle();
    assert_eq!((world.count(), world.ids().len()), (20, 20));
    world.event(Event::Settings(settings()));
    world.run_until_idle();
    assert_eq!(world.count(), 60);
}

#[test]
fn a_refresh_asks_about_local_dismissals_that_are_not_loaded() {
    let mut server = Server::with(60);
    server.dismiss(3);
    let mut world = World::with(server, |setup| setup.journal.intents = local_only([5]));
    world.start();
    assert_eq!(world.count(), 58);
    // The server's total is the same as before.
    world.server.delete(5);
    world.server.restore(3);
    world.refresh();
    assert_eq!(world.count(), 59);
    assert!(world.local().is_empty());
}

#[test]
fn one_kept_here_that_the_total_does_not_know_of_yet_hides_no_change_below() {
    let mut server = Server::empty();
    server.arrive_at(0);
    server.arrive_at(0);
    let mut world = World::with(server, |setup| setup.settings.page_size = 2);
    world.start();
    world.server.fail(Faulty::Writes, http(403), 1);
    world.dismiss(&[2, 1]);
    world.pass(66 * SECOND);
    // 2 is local-only; 1 is written, and its restoring is in flight when it is dismissed again.
    world.restore(1);
    world.server.dismiss(2);
    world.dismiss(&[1]);
    world.server.arrive_at(0);
    world.server.arrive_at(0);
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![4, 3], 2));
}

#[test]
fn listed_though_dismissed_elsewhere_one_that_is_dismissed_here_is_taken_off_once() {
    let mut server = Server::with(3);
    server.filters = false;
    let mut world = World::new(server);
    world.start();
    world.server.dismiss(2);
    world.dismiss(&[2]);
    world.refresh();
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}
