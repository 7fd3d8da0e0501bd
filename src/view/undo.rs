//! The acts that can still be undone: dismissing, snoozing, muting.

use yew::AttrValue;

use super::{
    intent::Intent,
    msg::Msg,
    scene::Scene,
    tag::{Tag, button, tag},
    text::Key,
};
use crate::{
    feed::{Act, UndoBatch},
    model::NotificationType,
};

/// The most bars that are shown at once. More would cover the list.
const MOST: usize = 3;

/// A type that was muted a moment ago.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Muted {
    kind: NotificationType,
    /// The latest batch that could be undone at the time of the muting.
    after: Option<u32>,
}

impl Muted {
    /// Muted now, while these batches can be undone.
    pub(super) fn new(kind: NotificationType, batches: &[UndoBatch]) -> Self {
        Self { kind, after: batches.last().map(|last| last.batch) }
    }

    pub(super) fn kind(&self) -> &NotificationType {
        &self.kind
    }
}

/// The intent that undoes each act, the latest last.
fn all<'a>(batches: &'a [UndoBatch], muted: Option<&'a Muted>) -> Vec<(Intent, Option<&'a UndoBatch>)> {
    let mut all: Vec<_> = batches.iter().map(|batch| (Intent::Undo(batch.batch), Some(batch))).collect();
    if let Some(muted) = muted {
        let place = batches.iter().take_while(|batch| Some(batch.batch) <= muted.after).count();
        all.insert(place, (Intent::Unmute, None));
    }
    all
}

/// The intent that undoes the latest act.
pub(super) fn latest(batches: &[UndoBatch], muted: Option<&Muted>) -> Option<Intent> {
    all(batches, muted).last().map(|(intent, _)| *intent)
}

/// One bar for each act, the latest last. The feed ends the bars of batches; the widget ends that of a muting.
pub(super) fn view(scene: &Scene<'_>, muted: Option<&Muted>) -> Tag {
    let all = all(&scene.snapshot.undo, muted);
    let hidden = all.len().saturating_sub(MOST);
    let text = scene.text;
    let bar = |(intent, batch): (Intent, Option<&UndoBatch>)| {
        let words = match (batch, muted) {
            (Some(batch), _) => text.count(words(batch.act), batch.count),
            (_, Some(muted)) => text.with(Key::UndoMuted, &[("label", &text.label(muted.kind.meaning()))]),
            _ => AttrValue::default(),
        };
        // The whole bar can be pressed; the button is for keyboards and screen readers.
        tag("div")
            .attr("part", "undo")
            .key(batch.map_or(-1, |batch| i64::from(batch.batch)))
            .press(scene.act, Msg::Ask(intent))
            .child(tag("span").text(words))
            .child(button().attr("aria-keyshortcuts", "Control+Z").text(text.get(Key::Undo)))
    };
    tag("div").attr("class", "toasts").children(all.into_iter().skip(hidden).map(bar))
}

/// What was done.
fn words(act: Act) -> Key {
    match act {
        Act::Dismissed => Key::UndoCount,
        Act::Snoozed => Key::UndoSnoozed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_act_is_taken_back_first_whatever_it_was() {
        let batch = |batch| UndoBatch { batch, act: Act::Dismissed, count: 1, until: 0.0 };
        let (none, one, two) = (Vec::new(), vec![batch(0)], vec![batch(0), batch(1)]);
        let muted = |batches| Muted::new("blog".into(), batches);
        assert_eq!(latest(&none, None), None);
        assert_eq!(latest(&one, None), Some(Intent::Undo(0)));
        assert_eq!(latest(&none, Some(&muted(&none))), Some(Intent::Unmute));
        assert_eq!(latest(&one, Some(&muted(&none))), Some(Intent::Undo(0)), "dismissed after the muting");
        assert_eq!(latest(&one, Some(&muted(&one))), Some(Intent::Unmute));
        assert_eq!(latest(&two, Some(&muted(&one))), Some(Intent::Undo(1)));
    }
}
