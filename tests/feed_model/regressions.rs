//! Failing scenarios that random testing has found.

use coworker_notifications::config::DismissMode;

use super::{
    op::{
        Fault,
        Op::{self, *},
    },
    run,
    start::Start,
    support::{DirMeaning, Ties},
};

pub(super) fn start(records: i64, per_minute: i64, dir: DirMeaning, page_size: u32) -> Start {
    let (ties, largest_page, mode, answers_ids) = (Ties::HigherIdFirst, 100, DismissMode::Auto, true);
    Start { records, per_minute, dir, ties, largest_page, page_size, mode, answers_ids }
}

fn in_one_tab(start: Start, ops: impl IntoIterator<Item = Op>) {
    run(start, 1, &ops.into_iter().map(|op| (0, op)).collect::<Vec<_>>());
}

#[test]
fn an_undo_of_what_was_dismissed_again_while_it_was_restored_shows_it() {
    in_one_tab(
        start(11, 1, DirMeaning::OldestFirst, 6),
        [
            DismissRemotely(0),
            Arrive,
            DismissRemotely(1),
            Delete(0),
            DismissRemotely(0),
            RunUntilIdle,
            Dismiss(24, 6),
            Rewrite(0),
            Tick(5_900),
            Delete(74),
            Restore(26),
            RunUntilIdle,
            Restore(60),
            Dismiss(192, 2),
            Undo(0),
        ],
    );
}

#[test]
fn what_is_dismissed_again_before_it_was_restored_can_be_undone() {
    let start = Start { largest_page: 1, ..start(28, 1, DirMeaning::OneIsAscending, 1) };
    in_one_tab(
        start,
        [
            Serve(0),
            DismissRemotely(0),
            Pass(66),
            Dismiss(9, 5),
            Pass(6),
            RestoreRemotely(0),
            Refresh,
            Restore(0),
            Dismiss(110, 8),
            Arrive,
            RunUntilIdle,
            Undo(0),
        ],
    );
}

#[test]
fn an_undo_that_comes_late_does_not_take_back_a_later_dismissal() {
    let ops = [
        (0, RunUntilIdle),
        (2, Dismiss(0, 1)),
        (0, Arrive),
        (1, Arrive),
        (0, Recall(0)),
        (2, Undo(0)),
        (0, Tick(5084)),
        (0, Lead),
        (1, Dismiss(0, 1)),
        (0, Tick(916)),
        (0, Arrive),
        (0, Receive(0)),
    ];
    run(start(10, 2, DirMeaning::OneIsDescending, 1), 4, &ops);
}

#[test]
fn what_is_snoozed_while_its_dismissal_is_written_comes_back() {
    in_one_tab(
        start(3, 0, DirMeaning::OneIsDescending, 25),
        [RefreshAll, Dismiss(0, 1), Tick(6_000), Restore(0), Snooze(0, 1, 1)],
    );
}

#[test]
fn what_is_restored_and_dismissed_again_around_the_back_forward_cache_is_counted_once() {
    let start = Start { largest_page: 2, ..start(20, 1, DirMeaning::NewestFirst, 2) };
    in_one_tab(
        start,
        [
            Arrive,
            Arrive,
            Deliver(0),
            Freeze(false),
            Dismiss(5, 1),
            Snooze(0, 1, 45),
            Pass(6),
            Arrive,
            DismissRemotely(2),
            Restore(0),
            Freeze(true),
            Dismiss(0, 1),
            RefreshAll,
        ],
    );
}

#[test]
fn a_tab_back_from_the_back_forward_cache_counts_what_it_shows() {
    let start = Start { largest_page: 10, ties: Ties::LowerIdFirst, ..start(19, 2, DirMeaning::OneIsDescending, 10) };
    let ops = [
        (0, Pass(1)),
        (1, Lead),
        (0, Dismiss(60, 5)),
        (1, Dismiss(0, 1)),
        (1, LoadMore),
        (0, RefreshAll),
        (0, Dismiss(0, 1)),
        (0, Restore(1)),
        (0, Undo(7)),
        (0, LoadMore),
        (2, PageSize(2)),
        (0, DismissRemotely(43)),
        (1, Dismiss(34, 3)),
        (0, Restore(105)),
        (1, Dismiss(7, 5)),
        (0, RefreshAll),
        (0, Tick(3000)),
        (0, LoadMore),
        (0, Tick(100)),
        (0, Tick(100)),
        (1, Deliver(1)),
        (2, Deliver(0)),
        (0, Freeze(false)),
    ];
    run(start, 2, &ops);
}

#[test]
fn what_another_tab_snoozes_while_its_dismissal_is_written_comes_back() {
    let ops = [
        (2, Lead),
        (0, Pass(1)),
        (2, Dismiss(86, 5)),
        (0, Tick(6000)),
        (0, Dismiss(13, 3)),
        (0, Restore(108)),
        (2, Deliver(0)),
        (0, Restore(241)),
        (0, ReadsFail(Fault::Server)),
        (0, Tick(100)),
        (0, Snooze(213, 3, 1)),
        (0, Snooze(11, 1, 1)),
        (2, Deliver(0)),
        (0, Freeze(false)),
    ];
    run(start(13, 0, DirMeaning::OneIsDescending, 13), 4, &ops);
}

#[test]
fn an_undo_outlives_an_older_intent_that_arrives_after_a_list() {
    let ops = [
        (0, WritesFail(Fault::Forbidden)),
        (0, RefreshAll),
        (1, Dismiss(0, 1)),
        (0, Dismiss(0, 1)),
        (1, Undo(0)),
        (0, Tick(6_000)),
        (0, Deliver(0)),
        (1, Refresh),
        (1, Deliver(0)),
    ];
    run(start(16, 1, DirMeaning::NewestFirst, 6), 2, &ops);
}

#[test]
fn an_undo_returns_to_a_restoring_that_crossed_the_write_of_a_leaving_tab() {
    let ops = [
        (0, Pass(1)),
        (0, Lead),
        (0, Dismiss(0, 1)),
        (1, Restore(0)),
        (0, Reopen(true, true)),
        (3, Dismiss(0, 1)),
        (3, Undo(0)),
    ];
    run(start(25, 3, DirMeaning::OldestFirst, 7), 4, &ops);
}

#[test]
fn a_dismissal_after_the_undo_of_one_that_replaced_a_restoring_is_kept() {
    let ops = [
        (1, Serve(0)),
        (0, Serve(0)),
        (0, ReadsFail(Fault::Server)),
        (0, Deliver(0)),
        (0, DismissRemotely(0)),
        (0, Dismiss(0, 2)),
        (1, Recall(0)),
        (1, Lead),
        (0, Arrive),
        (0, Dismiss(0, 1)),
        (0, RefreshAll),
        (0, Undo(31)),
        (0, Dismiss(0, 1)),
    ];
    run(start(2, 1, DirMeaning::Words, 3), 2, &ops);
}

#[test]
fn a_dismissal_after_an_undo_wins_over_what_another_tab_restores_for_that_undo() {
    let ops = [
        (0, Arrive),
        (0, Arrive),
        (2, Lead),
        (0, RefreshAll),
        (0, Dismiss(20, 2)),
        (0, Restore(110)),
        (2, Dismiss(0, 1)),
        (0, Tick(141)),
        (0, Arrive),
        (0, Arrive),
        (0, DismissRemotely(0)),
        (0, Arrive),
        (0, Undo(0)),
        (0, Dismiss(0, 1)),
        (0, Tick(5_859)),
        (0, Arrive),
        (0, Recall(0)),
    ];
    run(start(0, 0, DirMeaning::OneIsDescending, 2), 4, &ops);
}

#[test]
fn what_was_deleted_while_it_was_restored_is_not_counted() {
    let ops = [
        (1, Lead),
        (1, Deliver(0)),
        (0, Arrive),
        (0, Deliver(0)),
        (0, Dismiss(0, 1)),
        (1, Dismiss(0, 1)),
        (1, Serve(0)),
        (0, Restore(0)),
        (0, Delete(0)),
        (0, Refresh),
        (1, Refresh),
        (0, Pass(1)),
    ];
    run(start(0, 0, DirMeaning::OneIsDescending, 1), 2, &ops);
}

#[test]
fn an_undo_of_a_snooze_returns_to_a_restoring_that_crossed_a_write() {
    let ops = [
        (0, RefreshAll),
        (0, Dismiss(126, 1)),
        (0, Reopen(true, true)),
        (0, ReadsFail(Fault::Server)),
        (0, Restore(0)),
        (0, Lead),
        (1, Snooze(20, 3, 1)),
        (1, Undo(0)),
    ];
    run(start(8, 0, DirMeaning::OneIsDescending, 4), 2, &ops);
}

#[test]
fn what_is_restored_twice_is_read_before_it_counts_as_restored() {
    let ops =
        [(0, Serve(0)), (0, Tick(3_000)), (0, DismissRemotely(0)), (0, Recall(0)), (0, RunUntilIdle), (1, Recall(0))];
    run(start(13, 0, DirMeaning::OneIsDescending, 13), 4, &ops);
}

#[test]
fn what_is_dismissed_again_before_its_restoring_is_heard_of_is_counted_once() {
    let ops = [
        (0, Pass(1)),
        (0, Dismiss(0, 1)),
        (0, Online),
        (0, Pass(6)),
        (0, Restore(0)),
        (0, ReadsFail(Fault::Busy)),
        (0, DismissRemotely(0)),
        (1, Dismiss(0, 1)),
        (0, Tick(0)),
        (0, Tick(2_900)),
        (0, Arrive),
        (0, RunUntilIdle),
        (0, RefreshAll),
    ];
    run(start(7, 0, DirMeaning::OneIsDescending, 1), 2, &ops);
}

#[test]
fn what_is_dismissed_again_while_its_restoring_is_written_is_counted_once() {
    let ops =
        [(0, RefreshAll), (0, Dismiss(0, 1)), (0, Pass(7)), (0, Restore(0)), (0, Dismiss(0, 1)), (0, RunUntilIdle)];
    run(start(1, 0, DirMeaning::OneIsDescending, 1), 4, &ops);
}

#[test]
fn a_snooze_that_is_over_when_another_tab_has_written_it_is_counted() {
    let ops = [
        (0, RefreshAll),
        (0, WritesFail(Fault::Server)),
        (0, DismissRemotely(33)),
        (0, Arrive),
        (0, Dismiss(0, 1)),
        (0, Refresh),
        (0, RefreshAll),
        (0, Restore(0)),
        (1, Snooze(0, 2, 1)),
        (0, Pass(6)),
    ];
    run(start(3, 0, DirMeaning::OneIsDescending, 1), 2, &ops);
}

#[test]
fn what_is_dismissed_again_below_what_another_tab_has_loaded_is_counted_once() {
    let ops = [
        (1, Hide),
        (0, DismissRemotely(1)),
        (0, RefreshAll),
        (0, Recall(0)),
        (0, Deliver(0)),
        (0, Dismiss(0, 2)),
        (0, Pass(6)),
    ];
    run(start(18, 0, DirMeaning::OneIsDescending, 1), 2, &ops);
}

#[test]
fn what_is_snoozed_in_the_moment_of_the_last_loaded_one_is_counted_once() {
    let start = Start { ties: Ties::WithTheList, largest_page: 5, ..start(21, 0, DirMeaning::OneIsDescending, 5) };
    let ops = [
        (0, Pass(1)),
        (0, Dismiss(10, 2)),
        (0, RefreshAll),
        (0, RefreshAll),
        (0, Arrive),
        (0, RestoreRemotely(19)),
        (0, Dismiss(39, 1)),
        (0, Dismiss(172, 4)),
        (2, Hide),
        (0, Arrive),
        (0, Arrive),
        (0, Arrive),
        (0, Arrive),
        (0, DismissAll),
        (0, Pass(6)),
        (0, Delete(52)),
        (0, Snooze(103, 3, 6)),
        (0, RefreshAll),
    ];
    run(start, 4, &ops);
}
