//! Failing scenarios that random testing has found, in which writes of two tabs cross: one tab writes what another has just
//! taken back, or has left.

use super::{
    op::Op::{self, *},
    regressions::start,
    run,
    start::Start,
    support::{DirMeaning, Ties},
};

/// The leading tab writes what another one has just undone, and enters the back/forward cache before it receives the undo.
const UNDONE_AND_WRITTEN: [(usize, Op); 11] = [
    (0, RefreshAll),
    (3, DismissAll),
    (3, Snooze(0, 1, 2)),
    (0, Arrive),
    (0, Lead),
    (3, Dismiss(5, 3)),
    (3, Dismiss(0, 1)),
    (0, Pass(1)),
    (3, Undo(11)),
    (0, Tick(5_000)),
    (0, Deliver(0)),
];

#[test]
fn an_undo_outlives_a_tab_that_wrote_before_it_heard_of_it() {
    let ops = [&UNDONE_AND_WRITTEN[..], &[(0, Freeze(false))]].concat();
    run(start(12, 0, DirMeaning::OneIsDescending, 5), 4, &ops);
}

#[test]
fn an_undo_outlives_such_a_tab_where_the_next_heard_all_before_it_led() {
    let hears = vec![(0, Receive(1)); 12];
    let ops = [&UNDONE_AND_WRITTEN[..], &hears, &[(0, Freeze(false))]].concat();
    run(start(12, 0, DirMeaning::OneIsDescending, 5), 4, &ops);
}

#[test]
fn an_undo_outlives_such_a_tab_where_its_own_tab_is_gone() {
    let (before, after) = UNDONE_AND_WRITTEN.split_at(9);
    let ops = [before, &[(3, Reopen(false, false))], after, &[(0, Freeze(false))]].concat();
    run(start(12, 0, DirMeaning::OneIsDescending, 5), 4, &ops);
}

#[test]
fn an_undo_outlives_such_a_tab_where_its_own_tab_is_gone_and_the_next_heard_all_before_it_led() {
    let (before, after) = UNDONE_AND_WRITTEN.split_at(9);
    let hears = vec![(0, Receive(1)); 12];
    let ops = [before, &[(3, Reopen(false, false))], after, &hears, &[(0, Freeze(false))]].concat();
    run(start(12, 0, DirMeaning::OneIsDescending, 5), 4, &ops);
}

#[test]
fn a_snooze_outlives_a_tab_that_wrote_before_it_heard_of_it() {
    let (before, after) = UNDONE_AND_WRITTEN.split_at(9);
    let ops = [before, &[(3, Snooze(0, 1, 60))], after, &[(0, Freeze(false))]].concat();
    run(start(12, 0, DirMeaning::OneIsDescending, 5), 4, &ops);
}

#[test]
fn a_snooze_of_what_was_just_restored_outlives_a_tab_that_wrote_its_dismissal() {
    let ops = [
        (0, Pass(1)),
        (0, Arrive),
        (1, Lead),
        (0, RefreshAll),
        (0, Dismiss(187, 1)),
        (0, RefreshAll),
        (0, Tick(3_000)),
        (0, Restore(0)),
        (1, Reopen(false, true)),
        (0, Snooze(254, 2, 1)),
        (0, RunUntilIdle),
        (0, Undo(0)),
    ];
    run(start(1, 0, DirMeaning::OneIsDescending, 1), 2, &ops);
}

#[test]
fn a_restoring_outlives_a_tab_that_wrote_before_it_heard_of_it() {
    let ops = [
        (0, RefreshAll),
        (0, Dismiss(75, 5)),
        (0, Arrive),
        (0, RefreshAll),
        (0, Dismiss(0, 2)),
        (0, Restore(193)),
        (1, Lead),
        (0, Tick(3_000)),
        (1, Deliver(0)),
        (0, Undo(0)),
        (0, Freeze(false)),
    ];
    run(start(8, 0, DirMeaning::OneIsDescending, 8), 2, &ops);
}

#[test]
fn what_a_leaving_tab_wrote_is_read_first_however_late_its_message_is() {
    let start = Start { ties: Ties::WithTheList, ..start(9, 0, DirMeaning::OneIsDescending, 1) };
    let ops = [
        (0, RefreshAll),
        (0, Dismiss(0, 1)),
        (1, Restore(0)),
        (0, Dismiss(0, 1)),
        (0, Reopen(true, true)),
        (1, Lead),
        (0, Tick(3_000)),
    ];
    run(start, 2, &ops);
}

#[test]
fn what_a_leaving_tab_wrote_is_read_before_it_is_written_again() {
    let ops = [(3, DismissAll), (0, RefreshAll), (3, Lead), (3, Confirm), (3, Reopen(true, true)), (0, Lead)];
    run(start(10, 0, DirMeaning::OneIsDescending, 1), 4, &ops);
}
