//! What the feed does, told as scripts of events with a clock moved by hand.

#![cfg(not(target_family = "wasm"))]
#![allow(unreachable_pub, reason = "what tests share is public to them")]
#![allow(unused_imports, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use coworker_notifications::{
    config::DismissMode,
    error::FailureKind,
    feed::{Event, Status},
};

use self::support::{DirMeaning, Faulty, MINUTE, SECOND, Server, World, http, no_network, settings, throttled};

fn started(server: Server) -> World {
    let mut world = World::new(server);
    world.start();
    world.settle();
    world
}

fn with_mode(server: Server, mode: DismissMode) -> World {
    let mut world = World::with(server, |setup| setup.settings.dismiss_mode = mode);
    world.start();
    world.settle();
    world
}

// --- Loading and paging ---------------------------------------------------------------------------------------------

#[test]
fn the_first_look_reads_one_page_and_counts_all() {
    let world = started(Server::with(60));
    assert_eq!((world.status(), world.count(), world.ids().len()), (Status::Ready, 60, 25));
    assert_eq!(world.server.lists(), 1);
    assert_eq!(world.ids(), world.server.newest_first()[..25]);
}

#[test]
fn the_newest_come_first_whatever_the_server_takes_dir_to_mean() {
    for dir in [DirMeaning::OneIsDescending, DirMeaning::OneIsAscending, DirMeaning::Words, DirMeaning::OldestFirst] {
        let mut world = started(Server::with(60).dir(dir));
        assert_eq!(world.ids()[..25], world.server.newest_first()[..25], "{dir:?}");
        world.load_more();
        world.load_more();
        world.settle();
        while world.shown().has_more {
            world.load_more();
            world.settle();
        }
        assert_eq!(world.ids(), world.server.newest_first(), "{dir:?}");
    }
}

#[test]
fn a_server_with_smaller_pages_than_asked_is_read_to_the_end() {
    let mut world = started(Server::with(60).largest_page(10));
    while world.shown().has_more {
        world.load_more();
        world.settle();
    }
    assert_eq!(world.ids(), world.server.newest_first());
}

#[test]
fn pages_that_shift_leave_no_gap_and_show_nothing_twice() {
    let mut world = started(Server::with(60));
    world.server.delete(50);
    world.server.delete(49);
    world.server.arrive();
    world.load_more();
    world.settle();
    world.refresh();
    world.settle();
    let loaded = world.ids().len();
    assert!(loaded >= 49);
    assert_eq!(world.ids(), world.server.newest_first()[..loaded]);
}

// --- Dismissing -----------------------------------------------------------------------------------------------------

#[test]
fn a_dismissed_one_leaves_at_once_and_is_written_when_the_undo_time_is_over() {
    let mut world = started(Server::with(3));
    world.dismiss(&[2]);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    world.pass(5 * SECOND);
    assert_eq!(world.server.writes(), []);
    world.pass(2 * SECOND);
    assert_eq!(world.server.writes(), [(2, true)]);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn undo_writes_nothing() {
    let mut world = started(Server::with(3));
    world.dismiss(&[2]);
    let batch = world.shown().undo[0].batch;
    world.undo(batch);
    world.pass(MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    assert_eq!(world.server.writes(), []);
}

#[test]
fn a_later_dismissal_does_not_prolong_the_undo_time_of_an_earlier_one() {
    let mut world = started(Server::with(3));
    world.dismiss(&[3]);
    world.pass(4 * SECOND);
    world.dismiss(&[2]);
    world.pass(3 * SECOND);
    assert_eq!(world.server.writes(), [(3, true)]);
    assert_eq!(world.shown().undo.len(), 1);
}

#[test]
fn an_unknown_id_is_ignored_and_a_second_dismissal_writes_once() {
    let mut world = started(Server::with(3));
    world.dismiss(&[99]);
    world.dismiss(&[2]);
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
}

#[test]
fn a_write_that_fails_brings_the_row_back_with_the_reason_and_can_be_tried_again() {
    let mut world = started(Server::with(3));
    world.server.fail(Faulty::Writes, http(500), 1);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!((world.ids(), world.count(), world.failed()), (vec![3, 2, 1], 3, vec![2]));
    assert!(world.errors().contains(&FailureKind::Server));
    world.event(Event::RetryWrite(coworker_notifications::model::NotificationId(2)));
    world.settle();
    assert_eq!((world.ids(), world.failed()), (vec![3, 1], vec![]));
    assert_eq!(world.server.is_dismissed(2), Some(true));
}

#[test]
fn where_the_api_refuses_writes_auto_keeps_the_dismissal_here_and_asks_no_more() {
    for status in [403, 404, 405, 501] {
        let mut world = started(Server::with(4));
        world.server.fail(Faulty::Writes, http(status), u32::MAX);
        world.dismiss(&[4]);
        world.pass(7 * SECOND);
        world.dismiss(&[3]);
        world.pass(7 * SECOND);
        assert_eq!((world.ids(), world.count()), (vec![2, 1], 2), "{status}");
        assert_eq!(world.server.writes().len(), 1, "{status}");
        world.restore(4);
        world.settle();
        assert_eq!((world.ids(), world.count()), (vec![4, 2, 1], 3), "{status}");
    }
}

#[test]
fn where_writing_is_a_must_a_refusal_brings_the_row_back() {
    let mut world = with_mode(Server::with(3), DismissMode::Api);
    world.server.fail(Faulty::Writes, http(403), u32::MAX);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!((world.ids(), world.failed()), (vec![3, 2, 1], vec![2]));
}

#[test]
fn a_local_dismissal_sends_nothing() {
    let mut world = with_mode(Server::with(3), DismissMode::Local);
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    assert_eq!(world.server.writes(), []);
}

#[test]
fn what_is_written_can_be_restored() {
    let mut world = started(Server::with(3));
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.restore(2);
    world.settle();
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
}

#[test]
fn dismissing_all_means_all_there_are_on_the_server() {
    let mut world = started(Server::with(230));
    world.dismiss_all();
    world.settle();
    world.pass(MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![], 0));
    assert_eq!(world.server.writes().len(), 230);
}

#[test]
fn a_page_that_goes_away_sends_what_waits() {
    let mut world = started(Server::with(3));
    world.dismiss(&[2]);
    world.leave();
    world.settle();
    assert_eq!(world.server.writes(), [(2, true)]);
}

// --- Looking again --------------------------------------------------------------------------------------------------

#[test]
fn a_poll_finds_what_is_new_and_what_has_gone() {
    let mut world = started(Server::with(5));
    let new = world.server.arrive();
    world.server.dismiss(3);
    world.pass(70 * SECOND);
    assert_eq!(world.ids(), [new, 5, 4, 2, 1]);
    assert_eq!((world.count(), world.arrivals()), (5, vec![new]));
}

#[test]
fn a_poll_that_brings_nothing_new_changes_nothing() {
    let mut world = started(Server::with(5));
    let before = world.shown().clone();
    world.pass(5 * MINUTE);
    assert!(world.server.lists() > 3);
    assert_eq!(world.shown().revision, before.revision);
    assert!(std::rc::Rc::ptr_eq(&world.shown().notifications, &before.notifications));
}

#[test]
fn nobody_is_asked_while_the_page_is_hidden_and_at_once_when_it_is_seen() {
    let mut world = started(Server::with(5));
    world.event(Event::Visible(false));
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    world.event(Event::Visible(true));
    world.settle();
    assert_eq!(world.server.lists(), 2);
}

#[test]
fn a_machine_that_slept_looks_once() {
    let mut world = started(Server::with(5));
    world.sleep(8 * 60 * MINUTE);
    world.settle();
    assert_eq!(world.server.lists(), 2);
}

#[test]
fn an_interval_of_zero_never_polls() {
    let mut world = World::with(Server::with(5), |setup| setup.settings.poll_interval = 0);
    world.start();
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    assert_eq!(settings().poll_interval, 60);
}

// --- Failure --------------------------------------------------------------------------------------------------------

#[test]
fn a_failed_look_keeps_the_list_and_is_tried_again() {
    let mut world = started(Server::with(5));
    world.server.fail(Faulty::Reads, no_network(), 2);
    world.refresh();
    world.settle();
    assert_eq!((world.status(), world.ids().len()), (Status::Error, 5));
    world.pass(10 * SECOND);
    assert_eq!((world.status(), world.ids().len()), (Status::Ready, 5));
}

#[test]
fn a_server_that_asks_for_a_pause_gets_it() {
    let mut world = started(Server::with(5));
    world.server.fail(Faulty::Reads, throttled(30), 1);
    world.refresh();
    world.settle();
    let asked = world.server.lists();
    world.pass(29 * SECOND);
    assert_eq!(world.server.lists(), asked);
    world.pass(2 * SECOND);
    assert_eq!((world.server.lists(), world.status()), (asked + 1, Status::Ready));
}

#[test]
fn a_role_that_is_missing_is_told_and_not_asked_for_again() {
    let mut world = World::new(Server::with(5));
    world.server.fail(Faulty::Reads, http(403), u32::MAX);
    world.start();
    world.pass(60 * MINUTE);
    assert_eq!((world.status(), world.server.lists()), (Status::Forbidden, 1));
    assert_eq!(world.errors(), [FailureKind::Forbidden]);
}
