//! Two tabs at one notification at the same time.

use coworker_notifications::{feed::Event, model::NotificationId};

use crate::support::*;

/// Dismissed and written; then both tabs are writing it back, and it is in sight in the first.
fn both_write_it_back() -> World {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.in_tab(1).restore(2);
    world.in_tab(0).restore(2);
    assert_eq!((world.writes_under_way(), world.in_tab(1).writes_under_way()), (vec![2], vec![2]));
    world.server.take_log();
    world.in_tab(0);
    world
}

fn is_dismissed_in_both(world: &mut World) {
    assert_eq!(world.server.is_dismissed(2), Some(true));
    world.both_show(&[3, 1]);
}

#[test]
fn dismissed_again_while_another_tab_writes_it_back_it_goes_out_of_sight_there_and_is_written_once() {
    let mut world = both_write_it_back();
    world.dismiss(&[2]);
    world.listen();
    assert_eq!(world.seen_in(1), (2, vec![3, 1]));
    world.in_tab(0).pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false), (2, false), (2, true)]);
    is_dismissed_in_both(&mut world);
}

#[test]
fn put_off_meanwhile_the_other_tabs_writing_back_is_given_up() {
    let mut world = both_write_it_back();
    world.deliver(0);
    world.dismiss(&[2]);
    world.listen();
    world.server.fail(Faulty::Writes, throttled(30), 1);
    world.in_tab(1).deliver(0);
    world.in_tab(0).pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false), (2, false), (2, true)], "the second was put off");
    is_dismissed_in_both(&mut world);
}

#[test]
fn undone_while_another_tab_writes_it_back_it_is_in_sight_in_both() {
    let mut world = both_write_it_back();
    world.dismiss(&[2]);
    world.listen();
    world.undo(1);
    world.pass(3 * MINUTE);
    assert_eq!(world.server.is_dismissed(2), Some(false));
    world.both_show(&[3, 2, 1]);
}

#[test]
fn a_dismissal_that_seemed_to_be_done_is_written_when_another_tabs_writing_back_comes_after_it() {
    let mut world = World::two_tabs(Server::with(3));
    world.server.dismiss(2);
    world.in_tab(1).event(Event::Refresh(None));
    world.deliver(0);
    world.wire.clear();
    world.restore(2);
    world.deliver(0);
    // The first tab shows it yet. It looks before the other one's write has arrived.
    world.in_tab(0).dismiss(&[2]);
    world.listen();
    world.event(Event::Refresh(None));
    world.deliver(0);
    world.deliver(0);
    world.listen();
    world.pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false), (2, true)]);
    is_dismissed_in_both(&mut world);
}

#[test]
fn written_while_another_tab_waits_for_the_answer_to_its_writing_back_it_is_not_written_twice() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.in_tab(1).restore(2);
    world.serve(0);
    world.in_tab(0).event(Event::Refresh(None));
    world.deliver(0);
    world.dismiss(&[2]);
    world.move_clock(world.now.mono + 6 * SECOND);
    world.event(Event::Wake);
    world.deliver(0);
    world.listen();
    // Only now the other one hears that it has written it back.
    world.in_tab(1).deliver(0);
    world.pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true), (2, false), (2, true)]);
    is_dismissed_in_both(&mut world);
}

#[test]
fn written_but_not_past_undoing_it_can_be_brought_back_in_another_tab() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.move_clock(world.now.mono + 6 * SECOND);
    world.event(Event::Wake);
    world.restore(2);
    world.dismiss(&[2]);
    world.deliver(0);
    world.listen();
    world.in_tab(1).restore(2);
    world.pass(3 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn what_another_tab_has_noted_since_stays_noted() {
    let mut world = both_write_it_back();
    world.dismiss(&[2]);
    world.listen();
    // The other one thinks again, twice, and is gone before the first has heard of any of it.
    world.in_tab(1).restore(2);
    world.dismiss(&[2]);
    world.in_tab(0).listen();
    assert!(world.journal.pending.contains_key(&NotificationId(2)));
    world.tabs.truncate(1);
    world.settle();
    world.event(Event::Adopt(vec![NotificationId(2)]));
    world.pass(3 * MINUTE);
    assert_eq!(world.server.is_dismissed(2), Some(true));
    assert!(world.journal.pending.is_empty());
}

#[test]
fn dismissed_in_another_tab_while_this_one_writes_what_it_has_taken_back_it_is_written_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.move_clock(world.now.mono + 6 * SECOND);
    world.event(Event::Wake);
    world.restore(2);
    world.open_tab();
    world.event(Event::Start);
    world.deliver(0);
    world.dismiss(&[2]);
    world.listen();
    world.in_tab(0).pass(MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
    is_dismissed_in_both(&mut world);
}
