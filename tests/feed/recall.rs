//! Restoring what was dismissed before the page was opened, or in another browser: only its id is known.

use coworker_notifications::{
    error::FailureKind,
    feed::{Event, Status},
    model::CoworkerId,
};

use crate::support::*;

/// A page that is opened when these are dismissed already.
fn dismissed_before(count: i64, ids: &[i64]) -> World {
    let mut server = Server::with(count);
    ids.iter().for_each(|id| server.dismiss(*id));
    let mut world = World::new(server);
    world.start();
    world.server.take_log();
    world
}

fn fetches(world: &World) -> Vec<&[i64]> {
    let mut fetches = Vec::new();
    for call in &world.server.log {
        if let Call::Fetch(ids) = call {
            fetches.push(&ids[..]);
        }
    }
    fetches
}

fn is_announced(world: &World) -> bool {
    !world.arrivals().is_empty() || !world.shown().arrived.is_empty()
}

#[test]
fn it_is_read_by_its_id_and_written_back_once() {
    let mut world = dismissed_before(4, &[2, 4]);
    for id in [2, 4] {
        world.restore(id);
        assert_eq!(world.ids().len(), world.count() as usize);
        world.run_until_idle();
    }
    assert_eq!((world.ids(), world.count()), (vec![4, 3, 2, 1], 4));
    let in_flight = |id| [Call::Fetch(vec![id]), Call::Write { id, dismissed: false }];
    assert_eq!(world.server.take_log(), [in_flight(2), in_flight(4)].concat());
    world.pass(3 * MINUTE);
    assert_eq!((world.ids(), world.count(), world.server.writes()), (vec![4, 3, 2, 1], 4, vec![]));
    assert!(!is_announced(&world), "what is restored has not arrived");
    assert_eq!(world.tab().counts(), [2, 3, 4]);
}

#[test]
fn it_is_shown_and_counted_as_soon_as_it_is_known() {
    let mut world = dismissed_before(3, &[2]);
    world.restore(2);
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    world.deliver(0);
    assert_eq!((world.ids(), world.count(), world.writes_in_flight()), (vec![3, 2, 1], 3, vec![2]));
}

#[test]
fn beyond_what_is_loaded_it_is_counted_and_shown_with_its_page() {
    let mut world = dismissed_before(60, &[5]);
    world.restore(5);
    world.run_until_idle();
    assert_eq!((world.ids().contains(&5), world.count(), world.server.writes()), (false, 60, vec![(5, false)]));
    while world.shown().has_more {
        world.load_more();
    }
    assert_eq!(world.ids(), (1..=60).rev().collect::<Vec<_>>());
    assert!(!is_announced(&world));
}

#[test]
fn dismissed_elsewhere_since_the_last_pull_it_is_counted_once() {
    let mut world = dismissed_before(60, &[]);
    world.server.dismiss(5);
    world.restore(5);
    world.run_until_idle();
    assert_eq!((world.count(), world.server.is_dismissed(5)), (60, Some(false)));
}

#[test]
fn one_that_is_listed_sends_nothing_and_one_that_stands_further_down_is_not_written() {
    let mut world = dismissed_before(60, &[]);
    world.restore(60);
    world.run_until_idle();
    assert_eq!(world.server.log, []);
    world.restore(5);
    world.run_until_idle();
    assert_eq!((world.server.take_log(), world.count()), (vec![Call::Fetch(vec![5])], 60));
}

#[test]
fn one_that_somebody_else_has_restored_is_found_by_a_pull() {
    let mut world = dismissed_before(30, &[28]);
    world.server.restore(28);
    // As many as before.
    world.server.dismiss(3);
    world.restore(28);
    world.run_until_idle();
    assert_eq!((world.ids()[2], world.count(), world.server.writes()), (28, 29, vec![]));
    assert!(!is_announced(&world));
}

#[test]
fn one_that_is_not_there_or_is_another_coworkers_stays_away() {
    let mut world = dismissed_before(3, &[2]);
    world.server.change(2, |record| record.coworker = CoworkerId(7));
    world.restore(2);
    world.restore(99);
    world.pass(3 * MINUTE);
    assert_eq!((world.ids(), world.count(), world.server.writes()), (vec![3, 1], 2, vec![]));
    assert_eq!(fetches(&world).concat(), [2, 99], "each is requested once");
    assert_eq!(world.errors(), []);
}

#[test]
fn asked_for_twice_it_is_read_and_written_once() {
    let mut world = dismissed_before(3, &[2]);
    world.restore(2);
    world.restore(2);
    world.serve(0);
    world.restore(2);
    world.deliver(0);
    world.restore(2);
    world.run_until_idle();
    world.restore(2);
    world.pass(MINUTE);
    assert_eq!((fetches(&world).len(), world.server.writes()), (1, vec![(2, false)]));
}

#[test]
fn many_are_read_a_hundred_at_a_time() {
    let mut world = dismissed_before(250, &(1..=250).collect::<Vec<_>>());
    (1..=250).for_each(|id| world.restore(id));
    world.pass(MINUTE);
    let sizes: Vec<_> = fetches(&world).iter().map(|ids| ids.len()).collect();
    // The first request is in flight before the second call.
    assert_eq!(sizes, [1, 100, 100, 49]);
    assert_eq!((world.count(), world.server.writes().len()), (250, 250));
}

#[test]
fn before_the_first_list_and_offline_it_waits() {
    let mut server = Server::with(3);
    server.dismiss(2);
    let mut world = World::new(server);
    world.restore(2);
    world.restore(3);
    world.start();
    assert_eq!((world.ids(), fetches(&world)), (vec![3, 2, 1], vec![&[2][..]]));
    world.server.dismiss(1);
    world.refresh();
    world.server.take_log();
    world.event(Event::Online(false));
    world.restore(1);
    world.pass(5 * MINUTE);
    assert_eq!(world.server.log, []);
    world.event(Event::Online(true));
    world.pass(MINUTE);
    assert_eq!((world.ids(), world.count(), world.server.writes()), (vec![3, 2, 1], 3, vec![(1, false)]));
}

#[test]
fn a_read_that_fails_is_announced_and_not_repeated() {
    for failure in [http(500), no_network(), http(403)] {
        let mut world = dismissed_before(3, &[2]);
        world.server.fail(Faulty::Reads, failure.clone(), 1);
        world.restore(2);
        world.run_until_idle();
        assert_eq!((world.errors(), world.status()), (vec![failure.kind], Status::Ready));
        world.pass(3 * MINUTE);
        assert_eq!((fetches(&world).len(), world.server.writes()), (1, vec![]));
        world.restore(2);
        world.run_until_idle();
        assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3), "a further request is sent");
    }
}

#[test]
fn a_server_that_asks_to_wait_is_asked_again_then() {
    let mut world = dismissed_before(3, &[2]);
    world.server.fail(Faulty::Reads, throttled(30), 1);
    world.restore(2);
    world.pass(29 * SECOND);
    assert_eq!((fetches(&world).len(), world.errors()), (1, vec![FailureKind::Throttled]));
    world.pass(2 * SECOND);
    assert_eq!((fetches(&world).len(), world.server.writes()), (2, vec![(2, false)]));
}

#[test]
fn a_refused_token_is_renewed_once() {
    let mut world = dismissed_before(3, &[2]);
    world.server.token_expired = true;
    world.restore(2);
    world.run_until_idle();
    assert_eq!((world.errors(), world.server.writes()), (vec![], vec![(2, false)]));

    let mut world = dismissed_before(3, &[2]);
    world.server.fail(Faulty::Reads, http(401), 100);
    world.restore(2);
    world.run_until_idle();
    assert_eq!((fetches(&world).len(), world.errors()), (2, vec![FailureKind::Unauthorized]));
}

#[test]
fn a_server_that_answers_with_others_restores_none_of_them() {
    let mut world = dismissed_before(4, &[2, 3]);
    world.restore(2);
    world.serve(0);
    let strangers = [2, 3].map(|id| world.server.get(id).cloned().expect("it is there"));
    let InFlight::Fetch { answer, .. } = &mut world.tab_mut().in_flight[0] else { panic!("it is read by its id") };
    *answer = Some(Ok(strangers.into()));
    world.run_until_idle();
    assert_eq!((world.ids(), world.server.writes()), (vec![4, 2, 1], vec![(2, false)]));
}

#[test]
fn one_that_cannot_be_written_back_is_hidden_again_with_an_error() {
    let mut world = dismissed_before(3, &[2]);
    world.server.refuses_writes = Some(403);
    world.restore(2);
    world.run_until_idle();
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
    assert_eq!(world.errors().len(), 1);
}

#[test]
fn a_local_dismissal_that_is_not_proved_yet_is_counted_right_all_the_same() {
    let mut server = Server::with(60);
    server.dismiss(50);
    let mut world = World::with(server, |setup| setup.journal.intents = local_only([5, 7]));
    world.restore(50);
    world.start();
    assert_eq!((world.count(), world.ids().contains(&50)), (58, true));
    world.pass(2 * MINUTE);
    assert_eq!((world.count(), world.server.writes()), (58, vec![(50, false)]));
    assert_eq!(world.local().len(), 2);
}

#[test]
fn in_a_tab_that_follows_it_works_too_and_the_others_hear_of_it() {
    let mut world = dismissed_before(3, &[2]);
    world.open_tab();
    world.start();
    world.restore(2);
    world.run_until_idle();
    assert_eq!(world.server.writes(), [(2, false)]);
    world.pass(5 * SECOND);
    for tab in 0..2 {
        world.in_tab(tab);
        assert_eq!((world.ids(), world.count(), is_announced(&world)), (vec![3, 2, 1], 3, false), "tab {tab}");
    }
}

#[test]
fn what_another_tab_has_written_and_this_one_has_never_seen_comes_back_in_both() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    world.pass(7 * SECOND);
    world.open_tab();
    world.start();
    world.restore(2);
    world.pass(5 * SECOND);
    assert_eq!(world.server.writes(), [(2, true), (2, false)]);
    for tab in 0..2 {
        world.in_tab(tab);
        assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3), "tab {tab}");
    }
}
