//! Several tabs of one origin.

use coworker_notifications::{config::DismissMode, feed::Event, model::NotificationId};

use crate::support::*;

#[test]
fn one_polls_and_the_others_follow() {
    let mut world = World::two_tabs(Server::with(3));
    world.server.take_log();
    let new = world.server.arrive();
    world.pass(2 * MINUTE);
    assert!((1..=2).contains(&world.server.lists()));
    assert_eq!(world.seen_in(1), (4, vec![new, 3, 2, 1]));
    assert_eq!(world.arrivals(), [new]);
}

#[test]
fn a_quiet_poll_of_another_tab_renders_nothing() {
    let mut world = World::two_tabs(Server::with(60));
    let before = world.in_tab(1).shown().revision;
    world.pass(10 * MINUTE);
    assert_eq!(world.in_tab(1).shown().revision, before);
}

#[test]
fn a_dismissal_shows_in_all_and_is_written_by_one() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.run_until_idle();
    assert_eq!(world.seen_in(1), (2, vec![3, 1]));
    world.pass(5 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true)]);
    world.both_show(&[3, 1]);
}

#[test]
fn an_undo_shows_in_all() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.run_until_idle();
    world.undo(0);
    world.run_until_idle();
    assert_eq!(world.seen_in(1), (3, vec![3, 2, 1]));
}

#[test]
fn a_failed_write_brings_the_row_back_in_all() {
    let mut world = World::two_tabs(Server::with(3));
    world.server.fail(Faulty::Writes, http(500), 1);
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn another_tab_can_bring_it_back_while_it_waits() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.run_until_idle();
    world.in_tab(1).restore(2);
    world.pass(5 * MINUTE);
    assert_eq!(world.server.writes(), []);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn another_tab_can_bring_it_back_when_it_is_written() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.pass(MINUTE);
    world.in_tab(1).restore(2);
    world.pass(5 * MINUTE);
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn asked_for_while_it_is_being_written_it_is_written_back_once() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.run_until_idle();
    world.wait(6 * SECOND + 400);
    world.in_tab(1).restore(2);
    world.run_until_idle();
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
    assert_eq!(world.seen_in(1), (3, vec![3, 2, 1]));
}

#[test]
fn a_local_dismissal_and_its_restoring_show_in_all() {
    let mut world = World::with(Server::with(3), |setup| setup.settings.dismiss_mode = DismissMode::Local);
    world.start();
    world.open_tab();
    world.start();
    world.in_tab(0).dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!(world.seen_in(1), (2, vec![3, 1]));
    world.in_tab(1).restore(2);
    world.run_until_idle();
    assert_eq!(world.seen_in(0), (3, vec![3, 2, 1]));
}

#[test]
fn a_tab_that_has_loaded_less_is_not_made_to_pull() {
    let mut world = World::two_tabs(Server::with(100));
    world.load_more();
    world.server.take_log();
    world.refresh();
    assert_eq!(world.server.lists(), 1);
    assert_eq!(world.in_tab(1).ids().len(), 25);
}

#[test]
fn a_tab_that_dies_leaves_its_writes_to_another() {
    let mut world = World::two_tabs(Server::with(3));
    world.in_tab(1).dismiss(&[2]);
    world.run_until_idle();
    // The tab is gone; the leading one finds what it left.
    world.tabs.truncate(1);
    world.in_tab(0).pass(7 * SECOND);
    assert_eq!(world.server.writes(), [(2, true)]);
    assert!(world.pending().is_empty());
}

#[test]
fn restored_in_another_tab_when_it_had_gone_elsewhere_it_is_not_dismissed_by_this_one() {
    let mut world = World::two_tabs(Server::with(3));
    world.server.dismiss(2);
    world.in_tab(1).dismiss(&[2]);
    world.event(Event::Refresh(None));
    world.deliver(0);
    world.receive_all();
    world.in_tab(0).restore(2);
    world.run_until_idle();
    world.pass(2 * MINUTE);
    assert_eq!(world.server.writes(), [(2, false)]);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn of_five_tabs_of_which_one_is_seen_the_server_hears_as_of_one() {
    let mut world = World::new(Server::with(60));
    world.start();
    for _ in 1..5 {
        world.open_tab();
        world.start();
        world.event(Event::Visible(false));
    }
    // Each tab has its first list of its own.
    assert_eq!(world.server.take_log().len(), 5);
    world.in_tab(0).pass(10 * MINUTE);
    let requests = world.server.take_log();
    assert!((9..=11).contains(&requests.len()), "{} requests in ten minutes", requests.len());
    let new = world.server.arrive();
    world.pass(67 * SECOND);
    for tab in 0..5 {
        let (count, ids) = world.seen_in(tab);
        assert_eq!((count, ids[0]), (61, new), "tab {tab}");
    }
}

#[test]
fn brought_back_beyond_what_is_loaded_it_costs_one_pull_while_its_write_waits() {
    let mut world = World::two_tabs(Server::with(60));
    world.in_tab(1).load_more();
    world.dismiss(&[20]);
    world.pass(7 * SECOND);
    world.in_tab(0).server.fail(Faulty::Writes, throttled(30), 1);
    world.server.take_log();
    world.event(Event::Restore(NotificationId(20)));
    world.event(Event::LoadMore(None));
    world.run_until_idle();
    assert!(world.server.lists() <= 4, "{} lists", world.server.lists());
    world.pass(MINUTE);
    assert_eq!(world.server.is_dismissed(20), Some(false));
    assert_eq!(world.count(), 60);
}

#[test]
fn kept_here_but_dismissed_elsewhere_too_it_is_back_in_all_when_it_is_restored_there() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.dismiss(2);
    world.open_tab();
    world.start();
    world.server.fail(Faulty::Writes, http(403), 1);
    // A write of the other tab at the same moment makes what it sees then too old for the first.
    world.in_tab(1).dismiss(&[1]);
    world.in_tab(0).dismiss(&[2]);
    world.pass(7 * SECOND);
    assert!(!world.local().contains(&2), "the other tab has found it dismissed");
    world.server.restore(2);
    world.pass(3 * MINUTE);
    world.both_show(&[3, 2]);
}

#[test]
fn dismissed_again_in_another_tab_it_stays_out_of_sight_whatever_a_pull_lists() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.open_tab();
    world.start();
    world.in_tab(0).dismiss(&[2]);
    world.pass(70 * SECOND);
    world.in_tab(1).restore(2);
    world.dismiss(&[2]);
    world.refresh();
    assert_eq!(world.in_tab(0).ids(), [3, 1]);
    world.in_tab(0).refresh();
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn gone_for_a_while_it_stays_out_of_sight_as_long_as_another_tab_has_it_dismissed() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.receive(0);
    world.server.dismiss(2);
    world.in_tab(1).event(Event::Refresh(None));
    world.deliver(0);
    world.server.restore(2);
    world.event(Event::Refresh(None));
    world.deliver(0);
    assert_eq!(world.seen_in(1), (2, vec![3, 1]));
    world.in_tab(0).undo(0);
    world.run_until_idle();
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
    world.both_show(&[3, 2, 1]);
}

#[test]
fn dismissed_elsewhere_too_it_does_not_come_back_by_an_undo() {
    let mut world = World::two_tabs(Server::with(3));
    world.in_tab(1).dismiss(&[2]);
    world.receive(0);
    world.server.dismiss(2);
    world.in_tab(0).event(Event::Refresh(None));
    world.deliver(0);
    world.in_tab(1).undo(0);
    world.run_until_idle();
    assert_eq!(world.server.writes(), []);
    world.both_show(&[3, 1]);
}

#[test]
fn a_pull_does_not_undo_a_restoring_that_waits_for_it() {
    let mut server = Server::with(3);
    server.filters = false;
    let mut world = World::new(server);
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.event(Event::Refresh(None));
    world.restore(2);
    world.pass(MINUTE);
    assert_eq!(world.server.is_dismissed(2), Some(false));
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

#[test]
fn a_pull_from_before_the_leading_tab_wrote_does_not_bring_back_what_is_written() {
    let mut world = World::two_tabs(Server::with(3));
    world.dismiss(&[2]);
    world.receive_all();
    world.in_tab(1).event(Event::Refresh(None));
    world.serve(0);
    world.in_tab(0).wait(6 * SECOND);
    world.deliver(0);
    world.receive_all();
    world.in_tab(1).deliver(0);
    world.run_until_idle();
    world.both_show(&[3, 1]);
    world.pass(5 * SECOND);
    world.both_show(&[3, 1]);
}

#[test]
fn snoozed_here_and_dismissed_there_while_the_snooze_is_written_it_is_counted_once() {
    let mut server = Server::empty();
    for _ in 0..7 {
        server.arrive_at(0);
    }
    let mut world = World::two_tabs_with(server, |setup| setup.settings.page_size = 1);
    world.in_tab(0).dismiss(&[7]);
    world.pass(7 * SECOND);
    let until = world.now.wall + 600_000;
    world.in_tab(0).event(Event::Online(false));
    world.restore(7);
    world.event(Event::Snooze { ids: vec![NotificationId(7)], until });
    world.receive_all();
    world.move_clock(world.now.mono + 6 * SECOND);
    world.in_tab(0).event(Event::Online(true));
    assert_eq!(world.writes_in_flight(), [7]);
    world.in_tab(1).restore(7);
    world.dismiss(&[7]);
    // One has gone and one has come meanwhile, so neither the total nor the first page says anything of this one.
    world.server.dismiss(6);
    world.server.arrive_at(0);
    world.run_until_idle();
    world.pass(3 * SECOND);
    world.in_tab(1).refresh();
    assert_eq!((world.server.is_dismissed(7), world.count()), (Some(false), 6));
}
