//! Snoozing.

use coworker_notifications::{
    feed::{Act, Event},
    model::NotificationId,
};

use crate::support::*;

fn snooze(world: &mut World, id: i64, minutes: i64) {
    let until = world.now.wall + minutes * MINUTE as i64;
    world.event(Event::Snooze { ids: vec![NotificationId(id)], until });
}

#[test]
fn it_is_neither_listed_nor_counted_and_comes_back_as_an_arrival() {
    let mut world = World::new(Server::with(3));
    world.start();
    snooze(&mut world, 2, 60);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    assert_eq!(world.shown().undo[0].act, Act::Snoozed);
    world.pass(59 * MINUTE);
    assert_eq!((world.ids(), world.count(), world.arrivals()), (vec![3, 1], 2, vec![]));
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), world.count(), world.arrivals()), (vec![3, 2, 1], 3, vec![2]));
    assert_eq!(world.server.writes(), []);
    world.pass(60 * MINUTE);
    assert_eq!(world.arrivals(), [2], "once");
}

#[test]
fn undone_in_time_it_is_as_if_nothing_had_been() {
    let mut world = World::new(Server::with(3));
    world.start();
    snooze(&mut world, 2, 60);
    world.undo(0);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    world.pass(2 * 60 * MINUTE);
    assert_eq!((world.arrivals(), world.server.writes()), (vec![], vec![]));
}

#[test]
fn woken_by_the_member_it_is_back_at_once_and_no_arrival() {
    let mut world = World::new(Server::with(3));
    world.start();
    snooze(&mut world, 2, 60);
    world.pass(10 * MINUTE);
    world.restore(2);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    world.pass(2 * 60 * MINUTE);
    assert_eq!((world.arrivals(), world.server.writes()), (vec![], vec![]));
}

#[test]
fn all_tabs_know_of_it_and_of_its_end() {
    let mut world = World::two_tabs(Server::with(3));
    world.in_tab(1);
    snooze(&mut world, 2, 60);
    world.run_until_idle();
    world.both_show(&[3, 1]);
    world.pass(61 * MINUTE);
    world.both_show(&[3, 2, 1]);
    for tab in 0..2 {
        assert_eq!(world.in_tab(tab).arrivals(), [2], "tab {tab}");
    }
    world.open_tab();
    world.start();
    world.pass(10 * MINUTE);
    assert_eq!((world.ids(), world.arrivals()), (vec![3, 2, 1], vec![]), "a tab that is opened later");
}

#[test]
fn its_time_may_pass_while_no_page_is_open() {
    let mut world = World::new(Server::with(60));
    world.start();
    snooze(&mut world, 59, 60);
    snooze(&mut world, 58, 600);
    world.pass(10 * SECOND);
    world.leave();
    world.now.wall += 90 * MINUTE as i64;
    world.replace_tab();
    world.start();
    assert_eq!((world.ids()[..3].to_vec(), world.count(), world.arrivals()), (vec![60, 59, 57], 59, vec![59]));
    world.replace_tab();
    world.start();
    assert_eq!((world.count(), world.arrivals()), (59, vec![]), "once");
}

#[test]
fn a_clock_that_jumps_neither_loses_nor_repeats_it() {
    let mut world = World::new(Server::with(3));
    world.start();
    snooze(&mut world, 2, 60);
    world.pass(10 * SECOND);
    world.now.wall += 2 * 60 * MINUTE as i64;
    world.pass(2 * MINUTE);
    assert_eq!((world.ids(), world.arrivals()), (vec![3, 2, 1], vec![2]));
    world.now.wall -= 2 * 60 * MINUTE as i64;
    world.pass(3 * 60 * MINUTE);
    assert_eq!((world.ids(), world.arrivals()), (vec![3, 2, 1], vec![2]));
}

#[test]
fn dismissed_or_deleted_elsewhere_it_does_not_come_back() {
    for deleted in [true, false] {
        let mut world = World::new(Server::with(3));
        world.start();
        snooze(&mut world, 2, 60);
        world.pass(MINUTE);
        if deleted {
            world.server.delete(2);
        } else {
            world.server.dismiss(2);
        }
        world.pass(2 * 60 * MINUTE);
        assert_eq!((world.ids(), world.count(), world.arrivals()), (vec![3, 1], 2, vec![]), "{deleted}");
        assert!(world.journal.pending().next().is_none() && world.server.writes().is_empty());
    }
}

#[test]
fn a_time_that_has_passed_or_an_unknown_id_is_ignored() {
    let mut world = World::new(Server::with(3));
    world.start();
    snooze(&mut world, 2, -1);
    snooze(&mut world, 99, 60);
    assert_eq!((world.ids(), world.shown().undo.len()), (vec![3, 2, 1], 0));
}

#[test]
fn beyond_what_is_loaded_it_is_read_by_its_id_and_announced_all_the_same() {
    let mut world = World::new(Server::with(60));
    world.start();
    snooze(&mut world, 36, 60);
    world.pass(10 * SECOND);
    world.server.arrive_times(30);
    world.replace_tab();
    world.start();
    assert_eq!(world.count(), 89);
    world.pass(61 * MINUTE);
    assert_eq!((world.count(), world.arrivals()), (90, vec![36]));
}

#[test]
fn what_is_being_restored_is_written_first() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(MINUTE);
    world.event(Event::Online(false));
    world.restore(2);
    snooze(&mut world, 2, 60);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    world.event(Event::Online(true));
    world.pass(MINUTE);
    assert_eq!((world.server.is_dismissed(2), world.count()), (Some(false), 2));
    world.pass(61 * MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

#[test]
fn muted_types_are_neither_listed_nor_counted() {
    let mut world = World::new(Server::with(60));
    world.start();
    let mut quiet = settings();
    quiet.muted = vec!["course".into()];
    world.event(Event::Settings(quiet));
    world.run_until_idle();
    assert_eq!((world.count(), world.ids().len()), (40, 40));
    let kinds: Vec<_> = world.shown().kinds.iter().map(|kind| kind.to_string()).collect();
    assert_eq!(kinds, ["blog", "course"]);
    world.event(Event::Settings(settings()));
    world.run_until_idle();
    assert_eq!(world.count(), 60);
}
