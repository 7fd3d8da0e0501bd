//! Dismissals that can still be taken back.

use yew::prelude::*;

use super::{act::Msg, intent::Intent, scene::Scene, text::Key};
use crate::feed::Act;

/// More than so many at once would cover the list.
const MOST: usize = 3;

/// One bar per act of dismissing, the latest last. The feed says when one is over.
pub(super) fn view(scene: &Scene<'_>) -> Html {
    let batches = &scene.snapshot.undo;
    html! {
        <div class="toasts">
            { for batches.iter().skip(batches.len().saturating_sub(MOST)).map(|batch| {
                let undo = scene.act.press(Msg::Ask(Intent::Undo(batch.batch)));
                html! {
                    // The whole bar can be pressed; the button is for keyboard and screen reader.
                    <div part="undo" key={batch.batch} onclick={undo}>
                        <span>{ scene.text.count(words(batch.act), batch.count) }</span>
                        <button type="button" aria-keyshortcuts="Control+Z">{ scene.text.get(Key::Undo) }</button>
                    </div>
                }
            }) }
        </div>
    }
}

/// What was done.
fn words(act: Act) -> Key {
    match act {
        Act::Dismissed => Key::UndoCount,
        Act::Snoozed => Key::UndoSnoozed,
    }
}
