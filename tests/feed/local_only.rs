//! Local-only dismissals, with several tabs.

use coworker_notifications::{config::DismissMode, feed::Event};

use crate::support::*;

fn two_tabs(server: Server) -> World {
    World::two_tabs_with(server, |setup| setup.settings.dismiss_mode = DismissMode::Local)
}

/// The second of three is dismissed on the server.
fn one_is_dismissed() -> World {
    let mut server = Server::with(3);
    server.dismiss(2);
    two_tabs(server)
}

/// The first tab is writing it back when it is dismissed again in the second.
fn dismissed_while_it_is_written_back() -> World {
    let mut world = one_is_dismissed();
    world.restore(2);
    world.deliver(0);
    world.serve(0);
    world.in_tab(1).refresh_alone();
    world.dismiss(&[2]);
    world.receive_all();
    world.in_tab(0);
    world
}

fn is_local_only(world: &World, id: i64) -> bool {
    world.local().contains(&id)
}

#[test]
fn a_tab_that_is_opened_before_it_is_undone_shows_it_then() {
    let mut world = two_tabs(Server::with(3));
    world.dismiss(&[2]);
    let opened = world.open_tab();
    world.start();
    assert_eq!(world.seen_in(opened), (2, vec![3, 1]));
    world.in_tab(0).undo(0);
    world.run_until_idle();
    assert_eq!(world.seen_in(opened), (3, vec![3, 2, 1]));
    assert!(!is_local_only(&world, 2));
}

#[test]
fn it_stays_out_of_sight_when_its_tab_is_gone_before_the_time_to_undo_is_over() {
    let mut world = two_tabs(Server::with(3));
    world.in_tab(1).dismiss(&[2]);
    world.receive_all();
    world.tabs.truncate(1);
    world.in_tab(0).pass(20 * MINUTE);
    assert_eq!(world.seen_in(0), (2, vec![3, 1]));
    assert!(is_local_only(&world, 2));
}

#[test]
fn brought_back_in_another_tab_it_is_not_kept_when_the_time_to_undo_is_over() {
    let mut world = two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.receive_all();
    world.in_tab(1).restore(2);
    assert!(!is_local_only(&world, 2));
    // The first tab has not received the message yet.
    world.move_clock(world.now.mono + 6 * SECOND);
    world.in_tab(0).event(Event::Wake);
    world.run_until_idle();
    world.both_show(&[3, 2, 1]);
    assert!(!is_local_only(&world, 2));
}

#[test]
fn brought_back_and_dismissed_again_in_another_tab_it_is_out_of_sight_in_both() {
    let mut world = two_tabs(Server::with(3));
    world.dismiss(&[3, 2]);
    world.receive_all();
    world.in_tab(1).restore(2);
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert!(is_local_only(&world, 2));
    world.both_show(&[1]);
}

#[test]
fn dismissed_in_another_tab_it_is_not_asked_for_any_more() {
    let mut world = two_tabs(Server::with(3));
    world.event(Event::Online(false));
    world.restore(99);
    world.in_tab(1).dismiss(&[2]);
    world.in_tab(0).restore(2);
    world.receive_all();
    world.event(Event::Online(true));
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
}

#[test]
fn dismissed_in_another_tab_while_this_one_writes_it_back_it_is_out_of_sight_in_both() {
    let mut world = dismissed_while_it_is_written_back();
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), [(2, false)]);
    assert!(is_local_only(&world, 2));
    world.both_show(&[3, 1]);
}

#[test]
fn found_dismissed_on_the_server_it_can_be_restored_for_all() {
    let mut world = two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.receive_all();
    world.server.dismiss(2);
    world.refresh();
    world.restore(2);
    world.pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false)]);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn undone_while_it_waits_to_be_written_back_it_is_in_sight_in_both() {
    let mut world = one_is_dismissed();
    world.restore(2);
    world.event(Event::Online(false));
    world.deliver(0);
    world.dismiss(&[2]);
    world.undo(0);
    world.event(Event::Online(true));
    world.pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false)]);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn dismissed_again_before_it_is_written_back_it_is_kept_once_that_is_done() {
    let mut world = one_is_dismissed();
    world.restore(2);
    world.deliver(0);
    world.dismiss(&[2]);
    world.receive_all();
    // It is still dismissed on the server: a tab that read the record now would take its own dismissal for written.
    assert_eq!((is_local_only(&world, 2), world.in_tab(1).in_flight()), (false, 0));
    world.in_tab(0).pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false)]);
    assert!(is_local_only(&world, 2));
    world.both_show(&[3, 1]);
}

#[test]
fn brought_back_while_this_tab_writes_it_back_it_is_in_sight_in_both() {
    let mut world = dismissed_while_it_is_written_back();
    world.restore(2);
    world.pass(MINUTE);
    assert!(!is_local_only(&world, 2));
    world.both_show(&[3, 2, 1]);
}
