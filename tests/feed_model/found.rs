//! Stories that were found at random once, and went wrong.

use coworker_notifications::config::DismissMode;

use super::{
    op::Op::{self, *},
    scene::Scene,
    support::{DirMeaning, Ties},
    tell,
};

fn scene(records: i64, a_minute: i64, dir: DirMeaning, page_size: u32) -> Scene {
    let (ties, largest_page, mode, answers_ids) = (Ties::HigherIdFirst, 100, DismissMode::Auto, true);
    Scene { records, a_minute, dir, ties, largest_page, page_size, mode, answers_ids }
}

fn in_one_tab(scene: Scene, ops: impl IntoIterator<Item = Op>) {
    tell(scene, 1, &ops.into_iter().map(|op| (0, op)).collect::<Vec<_>>());
}

#[test]
fn an_undo_of_what_was_dismissed_again_while_it_was_restored_shows_it() {
    in_one_tab(
        scene(11, 1, DirMeaning::OldestFirst, 6),
        [
            DismissElsewhere(0),
            Arrive,
            DismissElsewhere(1),
            Delete(0),
            DismissElsewhere(0),
            Settle,
            Dismiss(24, 6),
            Rewrite(0),
            Tick(5_900),
            Delete(74),
            Restore(26),
            Settle,
            Restore(60),
            Dismiss(192, 2),
            Undo(0),
        ],
    );
}
