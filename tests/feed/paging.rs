//! Further pages, and lists that move between two of them.

use coworker_notifications::feed::Event;

use crate::support::*;

#[test]
fn the_next_page_follows_when_it_is_asked_for() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.take_log();
    world.load_more();
    assert_eq!(world.ids(), (11..=60).rev().collect::<Vec<_>>());
    assert_eq!(world.server.take_log(), [Call::List { page: 2, size: 25, dir: "1".into() }]);
    world.load_more();
    assert_eq!(world.ids().len(), 60);
    assert!(!world.shown().has_more);
}

#[test]
fn at_the_end_nothing_is_asked() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.load_more();
    assert_eq!(world.server.lists(), 1);
}

#[test]
fn asked_twice_at_once_one_page_is_loaded() {
    let mut world = World::new(Server::with(100));
    world.start();
    world.event(Event::LoadMore(None));
    world.event(Event::LoadMore(None));
    assert!(world.shown().loading_more);
    world.run_until_idle();
    assert_eq!(world.ids().len(), 50);
}

#[test]
fn asked_before_the_first_list_the_second_page_follows_it() {
    let mut world = World::new(Server::with(100));
    world.event(Event::Start);
    world.event(Event::LoadMore(Some(9)));
    world.run_until_idle();
    assert_eq!(world.ids().len(), 50);
    assert!(world.tab().resolved.contains(&9));
}

#[test]
fn arrivals_between_two_pages_make_no_duplicate() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.arrive_times(3);
    world.load_more();
    while world.shown().has_more {
        world.load_more();
    }
    assert_eq!(world.ids(), world.server.newest_first());
    assert_eq!(world.count(), 63);
}

#[test]
fn dismissals_elsewhere_between_two_pages_leave_no_gap() {
    let mut world = World::new(Server::with(60));
    world.start();
    for id in [60, 50, 40] {
        world.server.dismiss(id);
    }
    world.load_more();
    assert!(!world.ids().contains(&50));
    while world.shown().has_more {
        world.load_more();
    }
    assert_eq!(world.ids(), world.server.newest_first());
    assert_eq!(world.count(), 57);
}

#[test]
fn a_list_that_shrinks_below_the_page_asked_for_is_read_to_its_end() {
    let mut world = World::new(Server::with(30));
    world.start();
    for id in 10..=30 {
        world.server.delete(id);
    }
    world.load_more();
    assert_eq!(world.ids(), (1..=9).rev().collect::<Vec<_>>());
    assert_eq!(world.count(), 9);
}

#[test]
fn a_refresh_keeps_the_pages_that_are_loaded() {
    let mut world = World::new(Server::with(100));
    world.start();
    world.load_more();
    world.server.take_log();
    world.refresh();
    assert_eq!(world.ids().len(), 50);
    assert_eq!(world.server.lists(), 1, "with one larger page");
}

#[test]
fn a_refresh_is_the_truth_for_what_it_covers() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.load_more();
    world.server.dismiss(60);
    world.server.delete(20);
    let new = world.server.arrive();
    world.server.change(40, |record| record.message = "another".into());
    world.refresh();
    assert_eq!(world.ids()[0], new);
    assert!(!world.ids().contains(&60) && !world.ids().contains(&20));
    assert!(world.shown().notifications.iter().any(|one| one.message == "another"));
    assert_eq!(world.count(), 59);
}

#[test]
fn a_page_that_fails_keeps_what_is_loaded() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.fail(Faulty::Reads, http(500), 1);
    world.load_more();
    assert_eq!(world.ids().len(), 25);
    assert!(world.shown().has_more && !world.shown().loading_more);
    world.pass(MINUTE);
    world.load_more();
    assert_eq!(world.ids().len(), 50);
}

#[test]
fn many_loaded_notifications_are_refreshed_with_large_pages() {
    let mut world = World::new(Server::with(1_000));
    world.start();
    for _ in 0..19 {
        world.load_more();
    }
    assert_eq!(world.ids().len(), 500);
    world.server.take_log();
    world.refresh();
    assert_eq!((world.ids().len(), world.server.lists()), (500, 5));
}
