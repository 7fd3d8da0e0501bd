//! An API that refuses writes.

use coworker_notifications::config::DismissMode;

use crate::support::*;

fn refusing(status: u16) -> World {
    let mut server = Server::with(20);
    server.refuses_writes = Some(status);
    let mut world = World::new(server);
    world.start();
    world
}

#[test]
fn a_refused_dismissal_is_kept_in_this_browser_and_stays_dismissed() {
    for status in [403, 404, 405, 501] {
        let mut world = refusing(status);
        world.dismiss(&[20]);
        world.pass(7 * SECOND);
        assert_eq!((world.count(), world.ids()[0]), (19, 19), "{status}");
        assert!(world.tab().refusal && world.errors().is_empty(), "{status}");
        assert_eq!(world.local().len(), 1, "{status}");
        assert!(world.pending().is_empty(), "{status}");
    }
}

#[test]
fn later_ones_go_there_without_a_request() {
    for status in [403, 404, 405, 501] {
        let mut world = refusing(status);
        world.dismiss(&[20]);
        world.pass(7 * SECOND);
        world.dismiss(&[19, 18]);
        world.pass(7 * SECOND);
        assert_eq!(world.server.writes().len(), 1, "{status}");
        assert_eq!(world.local().len(), 3, "{status}");
    }
}

#[test]
fn of_many_at_once_no_more_than_four_are_tried() {
    let mut world = refusing(405);
    world.dismiss_all();
    world.pass(7 * SECOND);
    assert!(world.server.writes().len() <= 4);
    assert_eq!((world.count(), world.local().len()), (0, 20));
}

#[test]
fn remembered_for_the_session_nothing_is_tried() {
    let mut world = World::with(Server::with(3), |setup| setup.writes_refused = true);
    world.start();
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!(world.server.writes(), []);
    assert_eq!(world.local().len(), 1);
}

#[test]
fn where_only_the_api_will_do_the_row_comes_back() {
    let mut server = Server::with(3);
    server.refuses_writes = Some(403);
    let mut world = World::with(server, |setup| setup.settings.dismiss_mode = DismissMode::Api);
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    assert_eq!((world.ids(), world.failed()), (vec![3, 2, 1], vec![2]));
}

#[test]
fn one_that_is_gone_is_no_refusal() {
    let mut world = World::new(Server::with(20));
    world.start();
    world.dismiss(&[20]);
    world.server.delete(20);
    world.pass(7 * SECOND);
    assert!(!world.tab().refusal && world.local().is_empty());
    world.dismiss(&[19]);
    world.pass(7 * SECOND);
    assert_eq!(world.server.is_dismissed(19), Some(true));
    assert_eq!(world.count(), 18);
}

#[test]
fn what_is_kept_here_for_that_comes_back_when_it_is_restored() {
    for status in [403, 404, 405, 501] {
        let mut world = refusing(status);
        world.dismiss(&[20]);
        world.pass(7 * SECOND);
        world.restore(20);
        world.run_until_idle();
        assert_eq!((world.count(), world.ids()[0]), (20, 20), "{status}");
        assert!(world.local().is_empty(), "{status}");
    }
}
