//! Tabs share what is stored without a lock: one may replace a text that it has not read.

use coworker_notifications::{config::DismissMode, feed::Event, sorted::SortedMap};

use crate::support::*;

fn two_local_tabs() -> World {
    World::two_tabs_with(Server::with(5), |setup| setup.settings.dismiss_mode = DismissMode::Local)
}

#[test]
fn what_another_tab_overwrites_is_stored_again() {
    let mut world = two_local_tabs();
    world.dismiss(&[5]);
    world.read_old();
    world.in_tab(1).dismiss(&[4]);
    assert_eq!(world.local(), [4]);
    world.receive_all();
    assert_eq!(world.local(), [4, 5]);
}

#[test]
fn a_restoring_is_not_undone_by_a_tab_that_has_not_read_it() {
    let mut world = two_local_tabs();
    world.dismiss(&[5, 4]);
    world.receive_all();
    world.restore(5);
    world.read_old();
    world.in_tab(1).restore(4);
    assert_eq!(world.local(), [5]);
    world.receive_all();
    assert!(world.local().is_empty());
    world.replace_tab();
    world.start();
    assert_eq!(world.ids(), [5, 4, 3, 2, 1]);
}

#[test]
fn what_a_tab_stores_is_known_without_its_message() {
    let mut world = two_local_tabs();
    world.dismiss(&[5]);
    world.messages.clear();
    world.receive_all();
    assert_eq!(world.seen_in(1), (4, vec![4, 3, 2, 1]));
}

#[test]
fn a_text_that_lacks_nothing_is_not_stored_again() {
    let mut world = two_local_tabs();
    world.dismiss(&[5]);
    world.receive_all();
    let stored = world.journal.intents.clone();
    world.event(Event::Stored(stored));
    assert!(!world.is_under_way());
}

#[test]
fn what_is_over_is_not_stored_for_good() {
    let mut world = World::two_tabs(Server::with(5));
    world.dismiss(&[5]);
    world.pass(10 * SECOND);
    assert_eq!(world.server.writes(), [(5, true)]);
    world.journal.intents = SortedMap::new();
    world.event(Event::Stored(SortedMap::new()));
    assert_eq!(world.journal.intents.len(), 0);
}

#[test]
fn what_another_tab_restored_while_this_one_was_frozen_stays_restored() {
    let mut world = two_local_tabs();
    world.dismiss(&[5, 4]);
    world.run_until_idle();
    world.freeze(true);
    world.in_tab(1).restore(5);
    world.pass(11 * MINUTE);
    world.dismiss(&[3]);
    world.pass(10 * SECOND);
    world.prune_stored();
    assert_eq!(world.local(), [3, 4]);
    // A new page knows no more than what is stored.
    world.replace_tab();
    world.start();
    world.in_tab(0).thaw();
    world.run_until_idle();
    assert_eq!(world.seen_in(0), (3, vec![5, 2, 1]));
    world.in_tab(1).dismiss(&[2]);
    world.run_until_idle();
    assert_eq!(world.local(), [2, 3, 4]);
    world.both_show(&[5, 1]);
}
