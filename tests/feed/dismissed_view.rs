//! The view of what is dismissed or snoozed.

use coworker_notifications::{
    config::DismissMode,
    feed::{Event, View},
    model::NotificationId,
};

use crate::support::*;

/// A server with so many, of which these are dismissed.
fn dismissed(count: i64, ids: impl IntoIterator<Item = i64>) -> World {
    let mut server = Server::with(count);
    ids.into_iter().for_each(|id| server.dismiss(id));
    let mut world = World::new(server);
    world.start();
    world
}

fn open_dismissed_view(world: &mut World) {
    world.event(Event::View(View::Dismissed));
    world.run_until_idle();
}

fn there(world: &World) -> Vec<i64> {
    world.shown().dismissed.notifications.iter().map(|one| one.id.0).collect()
}

#[test]
fn nothing_is_asked_before_somebody_looks() {
    let mut world = dismissed(6, [2, 4]);
    world.pass(10 * SECOND);
    assert_eq!((world.server.lists(), world.shown().dismissed.loaded), (1, false));
    open_dismissed_view(&mut world);
    assert_eq!((world.server.lists(), there(&world)), (2, vec![4, 2]));
    assert_eq!((world.ids(), world.count()), (vec![6, 5, 3, 1], 4), "the inbox is as it was");
}

#[test]
fn it_is_read_a_page_at_a_time_whichever_way_the_server_lists() {
    for dir in [DirMeaning::OneIsDescending, DirMeaning::OldestFirst, DirMeaning::Words] {
        let mut server = Server::with(120).dir(dir);
        (1..=60).for_each(|id| server.dismiss(id));
        let mut world = World::new(server);
        world.start();
        open_dismissed_view(&mut world);
        assert_eq!(there(&world).first(), Some(&60), "{dir:?}");
        for _ in 0..3 {
            if world.shown().dismissed.has_more {
                world.load_more();
            }
        }
        assert_eq!(there(&world), (1..=60).rev().collect::<Vec<_>>(), "{dir:?}");
        assert!(!world.shown().dismissed.has_more, "{dir:?}");
    }
}

#[test]
fn what_is_dismissed_here_is_among_it_at_once_and_leaves_when_it_is_brought_back() {
    let mut world = dismissed(6, [2]);
    open_dismissed_view(&mut world);
    world.dismiss(&[4]);
    assert_eq!(there(&world), [4, 2]);
    world.pass(10 * SECOND);
    assert_eq!((world.server.is_dismissed(4), there(&world)), (Some(true), vec![4, 2]));
    world.restore(4);
    world.restore(2);
    assert_eq!(there(&world), Vec::<i64>::new());
    world.pass(10 * SECOND);
    assert_eq!((there(&world), world.ids()), (vec![], vec![6, 5, 4, 3, 2, 1]));
    assert_eq!(world.server.writes(), [(4, true), (4, false), (2, false)]);
}

#[test]
fn what_only_this_browser_has_dismissed_is_among_it_though_only_its_id_is_known() {
    let mut server = Server::with(60);
    server.dismiss(50);
    let mut world = World::with(server, |setup| {
        setup.settings.dismiss_mode = DismissMode::Local;
        setup.journal.intents = local_only([5, 55]);
    });
    world.start();
    open_dismissed_view(&mut world);
    world.pass(SECOND);
    assert_eq!(there(&world), [55, 50, 5]);
    world.restore(5);
    assert_eq!((there(&world), world.count()), (vec![55, 50], 58));
}

#[test]
fn what_is_snoozed_is_among_it_with_its_time() {
    let mut world = dismissed(3, [1]);
    open_dismissed_view(&mut world);
    let until = world.now.wall + 60_000;
    world.event(Event::Snooze { ids: vec![NotificationId(2)], until });
    assert_eq!(there(&world), [2, 1]);
    assert_eq!(world.shown().dismissed.snoozed.get(&NotificationId(2)), Some(&until));
    world.pass(2 * MINUTE);
    assert_eq!((there(&world), world.ids()), (vec![1], vec![3, 2]));
    assert!(world.shown().dismissed.snoozed.is_empty());
}

#[test]
fn a_page_that_fails_says_so_and_can_be_asked_for_again() {
    let mut world = dismissed(3, [1]);
    world.server.fail(Faulty::Reads, http(500), 1);
    open_dismissed_view(&mut world);
    let dismissed = &world.shown().dismissed;
    assert!(dismissed.problem.is_some() && !dismissed.loading && !dismissed.loaded);
    world.refresh();
    assert_eq!((there(&world), world.shown().dismissed.problem.is_none()), (vec![1], true));
}
