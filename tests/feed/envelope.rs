//! Envelopes with missing or contradictory fields: the listed records decide.

use crate::support::*;

const UNVERIFIED: [Envelope; 6] = [
    Envelope::NoTotal,
    Envelope::NoTotals,
    Envelope::NextOnly,
    Envelope::NeverNext,
    Envelope::TotalOfPage,
    Envelope::TotalIsZero,
];

fn with(envelope: Envelope, records: i64) -> World {
    World::new(Server::with(records).envelope(envelope))
}

#[test]
fn every_page_can_be_loaded_with_a_request_each_and_the_count_is_right_in_the_end() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 110);
        world.start();
        assert_eq!((world.server.lists(), world.ids().len()), (1, 25), "{envelope:?}");
        for loaded in [50, 75, 100, 110] {
            world.server.take_log();
            world.load_more();
            assert_eq!(world.ids().len(), loaded, "{envelope:?}");
            assert_eq!(world.server.lists(), 1, "{envelope:?}");
        }
        assert_eq!((world.ids(), world.count()), (world.server.newest_first(), 110), "{envelope:?}");
        assert!(!world.shown().has_more, "{envelope:?}");
    }
}

#[test]
fn the_count_is_never_less_than_what_is_listed_and_says_that_there_is_more() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 60);
        world.start();
        assert!(world.shown().has_more && (26..=60).contains(&world.count()), "{envelope:?}: {}", world.count());
        world.load_more();
        assert!(world.shown().has_more && (51..=60).contains(&world.count()), "{envelope:?}: {}", world.count());
    }
}

#[test]
fn a_list_of_one_page_is_all_there_is() {
    for envelope in UNVERIFIED {
        for records in [0, 1, 24, 25] {
            let mut world = with(envelope, records);
            world.start();
            assert_eq!((world.count(), world.ids().len()), (records as u32, records as usize), "{envelope:?}");
            assert!(!world.shown().has_more, "{envelope:?}, {records}");
            assert_eq!(world.server.lists(), 1, "{envelope:?}, {records}");
        }
    }
}

#[test]
fn everything_is_loaded_whatever_dir_means_and_however_small_the_pages_are() {
    for envelope in UNVERIFIED {
        for dir in [DirMeaning::OneIsDescending, DirMeaning::Words, DirMeaning::OldestFirst, DirMeaning::NewestFirst] {
            // A short page without a next page is the end of the list.
            for largest in if envelope == Envelope::NeverNext { [100, 25] } else { [100, 10] } {
                let mut world = World::new(Server::with(60).dir(dir).envelope(envelope).largest_page(largest));
                world.start();
                let case = format!("{envelope:?}, {dir:?}, pages of {largest}");
                let mut rounds = 0;
                while world.shown().has_more {
                    rounds += 1;
                    assert!(rounds <= 8, "{case}: no end of pages");
                    world.server.take_log();
                    let before = world.ids().len();
                    world.load_more();
                    assert!(world.ids().len() > before, "{case}: {before} and no more");
                    assert!(world.server.lists() <= 2, "{case}: {:?}", world.server.log);
                }
                assert_eq!((world.ids(), world.count()), ((1..=60).rev().collect(), 60), "{case}");
            }
        }
    }
}

#[test]
fn where_all_dates_are_equal_nothing_shrinks() {
    for envelope in UNVERIFIED {
        let mut server = Server::empty().envelope(envelope);
        for _ in 0..60 {
            server.arrive_at(7);
        }
        let mut world = World::new(server);
        world.start();
        for loaded in [50, 60] {
            world.load_more();
            assert_eq!(world.ids().len(), loaded, "{envelope:?}");
            world.pass(10 * MINUTE);
            assert_eq!(world.ids().len(), loaded, "{envelope:?}");
        }
        assert_eq!(world.count(), 60, "{envelope:?}");
    }
}

#[test]
fn a_quiet_poll_is_one_request_and_changes_nothing() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 110);
        world.start();
        world.load_more();
        world.load_more();
        let (before, announced) = (world.shown().revision, world.tab().notices.len());
        world.server.take_log();
        world.pass(67 * SECOND);
        assert_eq!(world.server.lists(), 1, "{envelope:?}");
        assert_eq!((world.shown().revision, world.tab().notices.len()), (before, announced), "{envelope:?}");
    }
}

#[test]
fn what_arrives_or_goes_on_the_newest_page_is_found_and_counted() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 60);
        world.start();
        world.load_more();
        let count = world.count();
        let new = world.server.arrive();
        world.server.dismiss(58);
        world.server.arrive();
        world.pass(67 * SECOND);
        assert_eq!(world.arrivals(), [new + 1, new], "{envelope:?}");
        assert!(!world.ids().contains(&58), "{envelope:?}");
        assert_eq!(world.count(), count + 1, "{envelope:?}");
    }
}

#[test]
fn a_refresh_finds_what_has_gone_further_down() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 60);
        world.start();
        world.load_more();
        world.load_more();
        world.server.dismiss(20);
        world.refresh();
        assert_eq!((world.count(), world.ids()), (59, world.server.newest_first()), "{envelope:?}");
    }
}

#[test]
fn tabs_that_have_loaded_more_or_less_than_each_other_leave_it_at_that() {
    for envelope in UNVERIFIED {
        let mut world = with(envelope, 110);
        world.start();
        world.open_tab();
        world.start();
        world.load_more();
        world.in_tab(0).server.take_log();
        let new = world.server.arrive();
        world.pass(67 * SECOND);
        assert_eq!(world.server.lists(), 1, "{envelope:?}");
        for (tab, loaded) in [26, 51].into_iter().enumerate() {
            assert_eq!((world.in_tab(tab).ids()[0], world.ids().len()), (new, loaded), "{envelope:?}");
        }
    }
}

#[test]
fn local_dismissals_beyond_what_is_loaded_do_not_make_the_count_less_than_the_list() {
    for envelope in UNVERIFIED {
        let mut world = World::with(Server::with(60).envelope(envelope), |setup| {
            setup.journal.intents = local_only(1..=20);
        });
        world.start();
        assert!(world.count() >= 25, "{envelope:?}: {}", world.count());
        while world.shown().has_more {
            world.load_more();
        }
        assert_eq!(world.count(), 40, "{envelope:?}");
    }
}

#[test]
fn a_total_of_more_than_there_are_ends_with_the_list() {
    // A total that counts what the list leaves out: 7, and not one record.
    let page = |body: &str| coworker_notifications::api::decode_list(200, body).unwrap();
    for (body, count) in [
        (r#"{"Records": [], "TotalItems": 7, "HasNextPage": true}"#, 0),
        (r#"{"Records": [{"Id": 1}, {"Id": 2}], "TotalItems": 7, "HasNextPage": false}"#, 2),
        (r#"{"Records": [null, {}, 5], "TotalItems": 3, "HasNextPage": false}"#, 3),
    ] {
        let mut world = World::new(Server::empty());
        world.event(coworker_notifications::feed::Event::Start);
        world.answer_list(page(body));
        assert_eq!((world.count(), world.shown().has_more), (count, false), "{body}");
    }
}
