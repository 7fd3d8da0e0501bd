//! Thousands of local-only dismissals: how many requests an exact count costs.

use coworker_notifications::{
    config::DismissMode,
    feed::{Event, Notice},
};

use crate::support::*;

/// A member of so many notifications who has dismissed all but the last `unread` in this browser only.
fn keeps(records: i64, unread: i64) -> World {
    World::with(Server::with(records), |setup| {
        setup.settings.dismiss_mode = DismissMode::Local;
        setup.journal.intents = local_only(1..=records - unread);
    })
}

/// The same browser, later.
fn again(world: World) -> World {
    World::with(world.server, |setup| {
        setup.settings.dismiss_mode = DismissMode::Local;
        setup.journal = world.journal;
    })
}

fn requests(world: &World) -> usize {
    world.server.log.len()
}

#[test]
fn the_first_time_each_is_asked_for_a_hundred_at_a_time_and_one_request_after_the_other() {
    let mut world = keeps(3_050, 50);
    world.event(Event::Start);
    let mut most = 0;
    while world.in_flight() > 0 {
        most = most.max(world.in_flight());
        world.deliver(0);
    }
    assert_eq!(most, 1);
    assert_eq!(world.count(), 50);
    assert!(requests(&world) <= 32, "{} requests", requests(&world));
}

#[test]
fn the_count_is_announced_only_when_it_is_exact() {
    let mut world = keeps(3_050, 50);
    for id in [7, 700, 1_700] {
        world.server.dismiss(id);
    }
    world.event(Event::Start);
    world.deliver(0);
    assert_eq!((world.shown().count, world.ids().len()), (None, 25));
    world.run_until_idle();
    assert_eq!(world.tab().notices, [Notice::Change { count: 50 }, Notice::Ready { count: 50 }]);
    assert_eq!(world.local().len(), 2_997);
    assert!(requests(&world) <= 36, "{} requests", requests(&world));
}

#[test]
fn the_next_visit_is_sure_with_one_request() {
    let mut world = keeps(3_050, 50);
    world.start();
    let mut world = again(world);
    world.server.take_log();
    world.server.arrive_times(3);
    world.start();
    assert_eq!((world.count(), requests(&world)), (53, 1));
    // What was dismissed since then stood on screen.
    world.dismiss(&[3_053, 3_052]);
    world.pass(7 * SECOND);
    let mut world = again(world);
    world.server.take_log();
    world.start();
    assert_eq!((world.count(), requests(&world)), (51, 1));
}

#[test]
fn one_of_them_gone_between_two_visits_is_found() {
    let mut world = keeps(3_050, 50);
    world.start();
    let mut world = again(world);
    world.server.delete(1_234);
    world.start();
    assert_eq!(world.count(), 50);
    assert_eq!(world.local().len(), 2_999);
}

#[test]
fn one_dismissed_since_the_last_sure_pull_and_gone_between_two_visits_is_found() {
    let mut world = keeps(3_050, 50);
    world.start();
    world.server.arrive_times(3);
    world.refresh();
    let sure = world.journal.checked;
    world.dismiss(&[3_051]);
    world.pass(7 * SECOND);
    world.journal.checked = sure;
    let mut world = again(world);
    world.server.delete(3_051);
    world.server.arrive_times(30);
    world.start();
    assert_eq!(world.count(), 82);
}

#[test]
fn where_the_list_is_shorter_than_the_ids_it_is_read() {
    let mut world = keeps(3_060, 60);
    for id in 1..=2_900 {
        world.server.dismiss(id);
    }
    world.event(Event::Start);
    while world.shown().count.is_none() {
        world.deliver(0);
    }
    assert_eq!(world.count(), 60);
    assert!(requests(&world) <= 4, "{} requests", requests(&world));
    // The rest is cleaned up after the next pulls, with a few requests after each.
    world.run_until_idle();
    assert!(requests(&world) <= 8, "{} requests", requests(&world));
    world.pass(20 * MINUTE);
    assert_eq!((world.count(), world.local().len()), (60, 100));
}

#[test]
fn where_the_server_does_not_answer_by_id_the_list_is_read_as_far_as_two_thousand() {
    let mut world = keeps(1_050, 50);
    world.server.answers_ids = false;
    world.server.dismiss(7);
    world.start();
    assert_eq!(world.count(), 50);
    assert!(requests(&world) <= 14, "{} requests", requests(&world));
}

#[test]
fn after_a_failed_read_the_count_is_not_announced_until_one_succeeds() {
    let mut world = keeps(3_050, 50);
    world.event(Event::Start);
    world.deliver(0);
    world.lose(0, no_network());
    world.server.fail(Faulty::Reads, no_network(), 1);
    world.run_until_idle();
    assert_eq!(world.shown().count, None);
    world.pass(MINUTE);
    assert_eq!(world.count(), 50);
}

#[test]
fn a_refresh_asks_about_a_few_hundred_and_leaves_the_rest_to_the_next_polls() {
    let mut world = keeps(3_050, 50);
    world.start();
    world.server.take_log();
    world.refresh();
    assert!(requests(&world) <= 5, "{} requests", requests(&world));
}
