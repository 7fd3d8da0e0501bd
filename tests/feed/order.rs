//! Newest first, whatever the server takes `dir` to mean.

use crate::support::*;

const EVERY_DIR: [DirMeaning; 5] = [
    DirMeaning::OneIsDescending,
    DirMeaning::OneIsAscending,
    DirMeaning::Words,
    DirMeaning::OldestFirst,
    DirMeaning::NewestFirst,
];
const EVERY_TIE: [Ties; 3] = [Ties::HigherIdFirst, Ties::LowerIdFirst, Ties::WithTheList];

#[test]
fn the_newest_come_first_under_every_meaning_of_dir() {
    for dir in EVERY_DIR {
        let mut world = World::new(Server::with(60).dir(dir));
        world.start();
        assert_eq!(world.ids()[..25], (36..=60).rev().collect::<Vec<_>>(), "{dir:?}");
        assert_eq!(world.count(), 60, "{dir:?}");
    }
}

#[test]
fn everything_is_loaded_under_every_meaning_of_dir_and_every_page_size_of_the_server() {
    for dir in EVERY_DIR {
        for largest in [1, 7, 25, 100] {
            let mut world = World::new(Server::with(60).dir(dir).largest_page(largest));
            world.start();
            while world.shown().has_more {
                world.load_more();
            }
            assert_eq!(world.ids(), (1..=60).rev().collect::<Vec<_>>(), "{dir:?}, pages of {largest}");
        }
    }
}

#[test]
fn notifications_of_one_moment_come_by_the_higher_id() {
    for (dir, ties) in EVERY_DIR.into_iter().flat_map(|dir| EVERY_TIE.map(|ties| (dir, ties))) {
        let mut server = Server::empty().dir(dir).ties(ties);
        for _ in 0..60 {
            server.arrive_at(7);
        }
        let mut world = World::new(server);
        world.start();
        while world.shown().has_more {
            world.load_more();
        }
        assert_eq!(world.ids(), (1..=60).rev().collect::<Vec<_>>(), "{dir:?}, {ties:?}");
    }
}

#[test]
fn an_arrival_after_a_list_of_one_moment_is_seen() {
    for (dir, ties) in EVERY_DIR.into_iter().flat_map(|dir| EVERY_TIE.map(|ties| (dir, ties))) {
        let mut server = Server::empty().dir(dir).ties(ties);
        for _ in 0..60 {
            server.arrive_at(7);
        }
        let mut world = World::new(server);
        world.start();
        let new = world.server.arrive();
        world.pass(2 * MINUTE);
        assert_eq!(world.ids()[0], new, "{dir:?}, {ties:?}");
        assert_eq!(world.count(), 61, "{dir:?}, {ties:?}");
    }
}

#[test]
fn a_single_page_is_put_in_order_without_asking_again() {
    for dir in EVERY_DIR {
        let mut world = World::new(Server::with(5).dir(dir));
        world.start();
        assert_eq!(world.ids(), [5, 4, 3, 2, 1], "{dir:?}");
        assert_eq!(world.server.lists(), 1, "{dir:?}");
    }
}

#[test]
fn what_was_learnt_is_remembered_for_the_session() {
    let mut world = World::new(Server::with(60).dir(DirMeaning::Words));
    world.start();
    let order = world.tab().order.unwrap();
    let mut later = World::with(Server::with(60).dir(DirMeaning::Words), |setup| setup.order = order);
    later.start();
    assert_eq!(later.server.lists(), 1);
    assert_eq!(later.ids()[0], 60);
}

#[test]
fn a_server_that_changes_its_mind_is_followed() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.dir = DirMeaning::OneIsAscending;
    let new = world.server.arrive();
    world.pass(2 * MINUTE);
    assert_eq!(world.ids()[0], new);
    world.refresh();
    assert_eq!(world.ids()[..3], [new, 60, 59]);
}

#[test]
fn undated_notifications_come_last() {
    let mut server = Server::with(3);
    server.change(2, |record| record.created = None);
    let mut world = World::new(server);
    world.start();
    assert_eq!(world.ids(), [3, 1, 2]);
}
