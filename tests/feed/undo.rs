//! Undo, for six seconds after a dismissal.

use crate::support::*;

#[test]
fn undone_in_time_nothing_is_written() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(5 * SECOND);
    world.undo(0);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    world.pass(10 * MINUTE);
    assert_eq!(world.server.writes(), []);
    assert!(world.pending().is_empty() && world.local().is_empty());
}

#[test]
fn each_act_has_its_own_six_seconds() {
    let mut world = World::new(Server::with(5));
    world.start();
    world.dismiss(&[5]);
    world.pass(4 * SECOND);
    world.dismiss(&[4, 3]);
    assert_eq!(world.shown().undo.iter().map(|one| (one.batch, one.count)).collect::<Vec<_>>(), [(0, 1), (1, 2)]);
    world.pass(2 * SECOND);
    assert_eq!(world.server.writes(), [(5, true)]);
    world.undo(1);
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), [(5, true)]);
    assert_eq!(world.ids(), [4, 3, 2, 1]);
}

#[test]
fn the_undo_time_is_measured_by_the_devices_clock() {
    let mut world = World::new(Server::with(5));
    world.start();
    world.dismiss(&[5]);
    assert_eq!(world.shown().undo[0].until, (world.now.wall + 6_000) as f64);
}

#[test]
fn one_of_an_act_is_restored_and_the_rest_goes_on() {
    let mut world = World::new(Server::with(5));
    world.start();
    world.dismiss(&[5, 4, 3]);
    world.restore(4);
    assert_eq!(world.shown().undo[0].count, 2);
    world.pass(6 * SECOND);
    assert_eq!(world.server.writes(), [(5, true), (3, true)]);
}

#[test]
fn too_late_it_does_nothing() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(6 * SECOND);
    world.undo(0);
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, true)]);
}

#[test]
fn a_refresh_in_between_changes_nothing() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.refresh();
    assert_eq!(world.ids(), [3, 1]);
    world.undo(0);
    assert_eq!(world.ids(), [3, 2, 1]);
}
