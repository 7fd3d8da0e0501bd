//! Polling, and when it pauses.

use coworker_notifications::feed::Event;

use crate::support::*;

#[test]
fn it_polls_once_in_each_interval_give_or_take_a_tenth() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.pass(60 * MINUTE);
    let polls = world.server.lists() - 1;
    assert!((54..=67).contains(&polls), "{polls} polls in an hour");
}

#[test]
fn arrivals_are_shown_counted_and_announced_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.server.arrive_times(2);
    world.pass(5 * MINUTE);
    assert_eq!((world.ids(), world.count()), (vec![5, 4, 3, 2, 1], 5));
    assert_eq!(world.arrivals(), [5, 4]);
}

#[test]
fn more_arrivals_than_a_page_holds_are_all_found() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.server.arrive_times(70);
    world.pass(2 * MINUTE);
    assert_eq!(world.ids()[..95], (36..=130).rev().collect::<Vec<_>>());
    assert_eq!(world.arrivals().len(), 70);
}

#[test]
fn a_poll_that_brings_nothing_new_renders_nothing_and_makes_no_list() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.load_more();
    let before = world.shown().clone();
    let announced = world.tab().notices.len();
    world.pass(10 * MINUTE);
    assert!(world.server.lists() > 8);
    assert_eq!(world.shown().revision, before.revision);
    assert!(world.shown().notifications.is_same(&before.notifications));
    assert_eq!(world.tab().notices.len(), announced);
}

#[test]
fn while_a_poll_is_under_way_nothing_changes_on_screen() {
    let mut world = World::new(Server::with(60));
    world.start();
    let before = world.shown().revision;
    world.move_clock(world.tab().feed.wake_at().unwrap());
    world.event(Event::Wake);
    assert_eq!(world.in_flight(), 1);
    assert_eq!((world.shown().revision, world.shown().refreshing), (before, false));
}

#[test]
fn a_refresh_that_somebody_asked_for_is_seen() {
    let mut world = World::new(Server::with(60));
    world.start();
    world.event(Event::Refresh(None));
    assert!(world.shown().refreshing);
    world.run_until_idle();
    assert!(!world.shown().refreshing);
}

#[test]
fn a_hidden_page_does_not_pull_and_polls_at_once_when_it_is_seen_again() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Visible(false));
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
    let new = world.server.arrive();
    world.event(Event::Visible(true));
    world.run_until_idle();
    assert_eq!(world.ids()[0], new);
}

#[test]
fn flicking_through_tabs_asks_once_a_second_at_most() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.pass(30 * SECOND);
    for _ in 0..20 {
        world.event(Event::Visible(false));
        world.event(Event::Visible(true));
        world.run_until_idle();
        world.pass(100);
    }
    assert!(world.server.lists() <= 5, "{} requests", world.server.lists());
}

#[test]
fn only_the_leading_tab_polls() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Leading(false));
    world.pass(70 * SECOND);
    assert_eq!(world.server.lists(), 1);
    world.event(Event::Leading(true));
    world.pass(67 * SECOND);
    assert_eq!(world.server.lists(), 2);
}

#[test]
fn never_means_never() {
    let mut world = World::with(Server::with(3), |setup| setup.settings.poll_interval = 0);
    world.start();
    world.pass(24 * 60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
}

#[test]
fn another_interval_takes_effect_at_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    let mut quick = settings();
    quick.poll_interval = 5;
    world.event(Event::Settings(quick));
    world.pass(60 * SECOND);
    assert!(world.server.lists() >= 11);
}

#[test]
fn a_laptop_that_wakes_after_hours_polls_once() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.sleep(9 * 60 * MINUTE);
    assert_eq!(world.server.lists(), 2);
    world.pass(30 * SECOND);
    assert_eq!(world.server.lists(), 2);
}

#[test]
fn a_clock_that_is_set_changes_no_deadline() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.now.wall -= 365 * 24 * 60 * 60 * 1_000;
    world.pass(6 * SECOND);
    assert_eq!(world.server.writes(), [(2, true)]);
    world.now.wall += 2 * 365 * 24 * 60 * 60 * 1_000;
    world.pass(10 * MINUTE);
    let lists = world.server.lists();
    assert!((10..=13).contains(&lists), "{lists} lists");
}

#[test]
fn with_ten_thousand_loaded_a_quiet_poll_is_one_request_and_a_change_below_few() {
    let mut world = World::with(Server::with(10_000), |setup| setup.settings.page_size = 100);
    world.start();
    while world.shown().has_more {
        world.load_more();
    }
    world.server.take_log();
    world.pass(67 * SECOND);
    assert_eq!(world.server.lists(), 1);
    world.server.take_log();
    world.server.dismiss(9_500);
    world.pass(67 * SECOND);
    assert!(world.server.lists() <= 8, "{} requests", world.server.lists());
    assert_eq!(world.count(), 9_999);
    assert!(!world.ids().contains(&9_500));
}

#[test]
fn an_idle_hour_in_the_background_is_no_request_and_no_timer() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Visible(false));
    assert_eq!(world.tab().feed.wake_at(), None);
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 1);
}

fn with_alerts(poll_interval: u32) -> World {
    let mut world = World::with(Server::with(3), |setup| {
        setup.settings.alerts = true;
        setup.settings.poll_interval = poll_interval;
    });
    world.start();
    world.event(Event::Visible(false));
    world
}

#[test]
fn for_alerts_a_hidden_page_polls_less_often_than_once_a_minute_and_less_often_than_a_seen_one() {
    for (interval, expected) in [(5, 43..=54), (60, 43..=54), (600, 4..=5)] {
        let mut world = with_alerts(interval);
        world.pass(60 * MINUTE);
        let polls = world.server.lists() - 1;
        assert!(expected.contains(&polls), "{polls} polls in an hour of {interval} s");
    }
}

#[test]
fn for_alerts_an_arrival_is_found_while_the_page_is_hidden() {
    let mut world = with_alerts(60);
    let new = world.server.arrive();
    world.pass(90 * SECOND);
    assert_eq!(world.arrivals(), [new]);
}

#[test]
fn for_alerts_never_means_never_and_another_tab_may_pull_for_all() {
    let world = with_alerts(0);
    assert_eq!(world.tab().feed.wake_at(), None);
    let mut world = with_alerts(60);
    world.event(Event::Leading(false));
    assert_eq!(world.tab().feed.wake_at(), None);
}

#[test]
fn for_alerts_a_hidden_page_goes_on_after_a_failure_and_gives_up_where_only_a_person_can_help() {
    let mut world = with_alerts(60);
    world.server.fail(Faulty::Reads, http(502), 1);
    world.pass(5 * MINUTE);
    assert!((3..=5).contains(&world.server.lists()), "{} lists", world.server.lists());
    world.server.fail(Faulty::Reads, http(401), u32::MAX);
    world.pass(60 * MINUTE);
    assert_eq!(world.tab().feed.wake_at(), None);
}

#[test]
fn for_alerts_a_hidden_page_that_is_refused_polls_no_more_often_than_before() {
    let mut world = with_alerts(60);
    world.server.fail(Faulty::Reads, http(403), u32::MAX);
    world.pass(60 * MINUTE);
    let polls = world.server.lists() - 1;
    assert!((43..=54).contains(&polls), "{polls} polls in an hour");
}

#[test]
fn a_refused_page_that_nobody_sees_does_not_pull() {
    let mut world = World::new(Server::with(3));
    world.server.fail(Faulty::Reads, http(403), u32::MAX);
    world.start();
    world.event(Event::Visible(false));
    assert_eq!(world.tab().feed.wake_at(), None);
}

#[test]
fn all_that_arrive_at_once_are_named() {
    for (page_size, records, new) in [(5, 10, 40), (5, 60, 40), (25, 60, 300), (25, 0, 60), (100, 500, 399)] {
        for asked_for in [true, false] {
            let mut world = World::with(Server::with(records), |setup| setup.settings.page_size = page_size);
            world.start();
            world.server.arrive_times(new);
            world.server.take_log();
            if asked_for {
                world.refresh();
            } else {
                world.pass(67 * SECOND);
            }
            let case = format!("{new} on {records}, pages of {page_size}, asked for: {asked_for}");
            assert_eq!(world.arrivals().len(), new as usize, "{case}");
            assert_eq!(world.count() as usize, records as usize + new as usize, "{case}");
            assert!(world.server.lists() <= 6, "{case}: {}", world.server.lists());
        }
    }
}

#[test]
fn of_thousands_that_arrive_at_once_some_hundreds_are_read_and_named() {
    for asked_for in [true, false] {
        let mut world = World::new(Server::with(60));
        world.start();
        world.server.arrive_times(5_000);
        world.server.take_log();
        if asked_for {
            world.refresh();
        } else {
            world.pass(67 * SECOND);
        }
        assert_eq!(world.count(), 5_060);
        assert!((400..=500).contains(&world.arrivals().len()), "{}", world.arrivals().len());
        assert!(world.server.lists() <= 7, "{}", world.server.lists());
    }
}

#[test]
fn seen_again_it_polls_at_once_and_as_often_as_before() {
    let mut world = with_alerts(60);
    world.pass(5 * MINUTE);
    world.server.take_log();
    world.event(Event::Visible(true));
    world.pass(60 * MINUTE);
    let polls = world.server.lists() - 1;
    assert!((54..=67).contains(&polls), "{polls} polls in an hour");
}

#[test]
fn one_poll_finds_what_is_new_and_what_has_gone() {
    let mut world = World::new(Server::with(5));
    world.start();
    let new = world.server.arrive();
    world.server.dismiss(3);
    world.pass(70 * SECOND);
    assert_eq!(world.ids(), [new, 5, 4, 2, 1]);
    assert_eq!((world.count(), world.arrivals()), (5, vec![new]));
}

#[test]
fn a_tab_that_follows_asks_by_itself_when_it_hears_nothing_for_longer_than_its_interval() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.event(Event::Leading(false));
    let new = world.server.arrive();
    world.pass(106 * SECOND);
    assert_eq!((world.server.lists(), world.ids()[0]), (2, new));
    world.event(Event::Visible(false));
    world.pass(60 * MINUTE);
    assert_eq!(world.server.lists(), 2, "hidden it does not");
}
