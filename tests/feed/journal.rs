//! What is stored between visits.

use coworker_notifications::{feed::Event, model::NotificationId};

use crate::support::*;

fn pending(world: &World) -> Vec<i64> {
    world.pending()
}

/// A visit that ends six seconds after `dismissed` without a single write getting through.
fn interrupted(server: Server, dismissed: &[i64]) -> World {
    let mut world = World::new(server);
    world.start();
    world.dismiss(dismissed);
    let journal = world.journal.clone();
    World::with(world.server, |setup| setup.journal = journal)
}

#[test]
fn a_dismissal_is_noted_at_once_and_struck_out_when_the_server_has_it() {
    let mut world = World::new(Server::with(3));
    world.start();
    world.dismiss(&[2]);
    assert_eq!(pending(&world), [2]);
    world.pass(7 * SECOND);
    assert!(pending(&world).is_empty());
}

#[test]
fn what_an_earlier_visit_left_is_out_of_sight_and_written_now() {
    let mut world = interrupted(Server::with(60), &[60, 50]);
    world.start();
    assert_eq!(world.count(), 58);
    assert!(!world.ids().contains(&60));
    world.pass(4 * SECOND);
    assert_eq!(world.server.writes(), [(60, true), (50, true)]);
    assert_eq!((pending(&world), world.count()), (vec![], 58));
    let fetched = world.server.log.iter().position(|call| matches!(call, Call::Fetch(_)));
    let written = world.server.log.iter().position(|call| matches!(call, Call::Write { .. }));
    assert!(fetched.is_some() && fetched < written, "the list is older than the other tab's last breath");
}

#[test]
fn what_another_tab_sent_with_its_last_breath_is_not_sent_again() {
    let mut world = interrupted(Server::with(60), &[60]);
    world.start();
    // The list still has it; the write arrives after that.
    world.server.dismiss(60);
    world.pass(4 * SECOND);
    assert_eq!(world.server.writes(), []);
    assert_eq!((pending(&world), world.count()), (vec![], 59));
}

#[test]
fn one_that_is_not_loaded_is_asked_for_by_its_id() {
    let mut world = interrupted(Server::with(60), &[60]);
    world.server.arrive_times(40);
    world.start();
    world.pass(4 * SECOND);
    assert_eq!(world.server.writes(), [(60, true)]);
    assert_eq!(world.count(), 99);
    while world.shown().has_more {
        world.load_more();
    }
    assert_eq!(world.ids(), world.server.newest_first());
}

#[test]
fn what_the_server_has_already_is_not_written_again() {
    let mut world = interrupted(Server::with(60), &[60, 59]);
    world.server.dismiss(60);
    world.server.delete(59);
    world.start();
    world.pass(4 * SECOND);
    assert_eq!(world.server.writes(), []);
    assert_eq!((pending(&world), world.count()), (vec![], 58));
}

#[test]
fn when_asking_fails_it_is_asked_again_later_and_nothing_is_lost() {
    let mut world = interrupted(Server::with(60), &[60]);
    world.server.arrive_times(40);
    world.start();
    world.wait(4 * SECOND);
    assert!(matches!(world.tab().in_flight[..], [InFlight::Fetch { .. }]));
    world.lose(0, http(500));
    world.run_until_idle();
    assert_eq!((world.server.writes(), pending(&world)), (vec![], vec![60]));
    world.pass(2 * MINUTE);
    assert_eq!((world.server.writes(), pending(&world)), (vec![(60, true)], vec![]));
}

#[test]
fn a_dismissal_that_is_adopted_can_be_restored_before_it_is_written() {
    let mut world = interrupted(Server::with(3), &[2]);
    world.start();
    world.restore(2);
    world.pass(4 * SECOND);
    world.pass(MINUTE);
    assert_eq!((world.server.writes(), pending(&world)), (vec![], vec![]));
    assert_eq!(world.ids(), [3, 2, 1]);
}

#[test]
fn recovered_twice_it_is_written_once() {
    let mut world = interrupted(Server::with(3), &[2]);
    world.start();
    world.pass(4 * SECOND);
    world.pass(4 * SECOND);
    world.pass(4 * SECOND);
    assert_eq!(world.server.writes(), [(2, true)]);
}

#[test]
fn taking_care_of_it_does_not_make_it_younger() {
    let mut world = interrupted(Server::with(3), &[2]);
    let made = world.journal.intents.get(&NotificationId(2)).unwrap().stamp.counter;
    world.event(Event::Online(false));
    world.start();
    world.pass(10 * MINUTE);
    world.pass(4 * SECOND);
    assert_eq!(world.journal.intents.get(&NotificationId(2)).unwrap().stamp.counter, made);
}

#[test]
fn other_writes_do_not_keep_one_that_has_gone_from_being_settled() {
    let all: Vec<i64> = (41..=60).collect();
    let mut world = interrupted(Server::with(60), &all);
    world.server.dismiss(60);
    world.pass(4 * SECOND);
    world.start();
    assert!(world.shown().progress.is_none() && pending(&world).is_empty());
    assert_eq!(world.server.writes().len(), 19);
}

#[test]
fn a_list_that_has_lost_it_does_not_have_it_written_before_its_record_is_read() {
    let mut world = World::two_tabs(Server::with(3));
    // A tab that has become the leader verifies what it receives for this long only.
    world.pass(4 * SECOND);
    world.in_tab(1).dismiss(&[2]);
    world.receive_all();
    world.tabs.truncate(1);
    // That tab has sent it while it was closed.
    world.server.dismiss(2);
    world.in_tab(0).event(Event::Refresh(None));
    world.pass(4 * SECOND);
    assert_eq!((world.server.writes(), pending(&world)), (vec![], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

/// A tab has died with a dismissal that it has written, and this one reads its record.
fn record_is_read() -> World {
    let mut world = interrupted(Server::with(3), &[2]);
    world.start();
    world.wait(4 * SECOND);
    world.server.dismiss(2);
    world
}

#[test]
fn brought_back_while_its_record_is_read_it_is_written_back() {
    let mut world = record_is_read();
    world.restore(2);
    world.pass(MINUTE);
    assert_eq!((world.server.writes(), pending(&world)), (vec![(2, false)], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![3, 2, 1], 3));
}

#[test]
fn dismissed_again_after_that_it_is_left_as_it_is() {
    let mut world = record_is_read();
    world.restore(2);
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!((world.server.writes(), pending(&world)), (vec![], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn a_list_that_was_read_before_the_other_tabs_last_breath_proves_nothing() {
    let mut world = interrupted(Server::with(3), &[2]);
    world.event(Event::Start);
    world.serve(0);
    world.server.dismiss(2);
    world.pass(4 * SECOND);
    assert_eq!((world.server.writes(), pending(&world)), (vec![], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn where_records_cannot_be_read_by_id_the_list_is_believed() {
    let mut world = interrupted(Server::with(3), &[2]);
    world.server.answers_ids = false;
    world.start();
    world.pass(4 * SECOND);
    world.pass(3 * MINUTE);
    assert_eq!((world.server.writes(), pending(&world)), (vec![(2, true)], vec![]));
    assert_eq!((world.ids(), world.count()), (vec![3, 1], 2));
}

#[test]
fn dismissed_again_where_nothing_can_be_written_it_is_kept_and_struck_out() {
    let mut world = interrupted(Server::with(3), &[2]);
    world.server.refuses_writes = Some(405);
    world.start();
    world.dismiss(&[1]);
    world.pass(7 * SECOND);
    world.restore(2);
    world.pass(4 * SECOND);
    world.dismiss(&[2]);
    world.pass(MINUTE);
    assert_eq!((pending(&world), world.ids()), (vec![], vec![3]));
    assert!(world.local().contains(&2));
}
