//! Chips that show one kind of notification: a radio group (WAI-ARIA Authoring Practices, "Radio Group").

use super::{
    msg::Msg,
    scene::Scene,
    tag::{Tag, button, tag},
    text::Key,
};
use crate::model::Meaning;

/// The choices, "All" first; empty if there is nothing to choose.
pub(super) fn choices(scene: &Scene<'_>) -> Vec<(Option<Meaning>, u32)> {
    let kinds = scene.kinds;
    if kinds.len() < 2 {
        return Vec::new();
    }
    let all = kinds.iter().map(|(_, count)| count).sum();
    let all = scene.snapshot.count.unwrap_or(all).max(all);
    let mut choices = vec![(None, all)];
    choices.extend(kinds.iter().map(|(meaning, count)| (Some(*meaning), *count)));
    choices
}

pub(super) fn view(scene: &Scene<'_>, chosen: Option<Meaning>) -> Option<Tag> {
    let choices = choices(scene);
    let text = scene.text;
    let chip = |(kind, count): (Option<Meaning>, u32)| {
        let checked = kind == chosen;
        button()
            .attr("part", "filter")
            .key(kind.map_or("*", Meaning::key))
            .attr("role", "radio")
            .flag("aria-checked", checked)
            .attr("tabindex", if checked { "0" } else { "-1" })
            .press(scene.act, Msg::Filter(kind))
            .text(kind.map_or_else(|| text.get(Key::FilterAll), |kind| text.label(kind)))
            .text(" ")
            .child(tag("span").attr("class", "number").text(text.number(count)))
    };
    let group = || {
        tag("div")
            .attr("part", "filters")
            .attr("role", "radiogroup")
            .set("aria-label", text.get(Key::Filters))
            .children(choices.iter().copied().map(chip))
    };
    (!choices.is_empty()).then(group)
}

/// The choice that an arrow key leads to from `chosen`, around the ends.
pub(super) fn neighbour(choices: &[(Option<Meaning>, u32)], chosen: Option<Meaning>, forward: bool) -> Option<Meaning> {
    let here = choices.iter().position(|(kind, _)| *kind == chosen).unwrap_or_default();
    let step = if forward { 1 } else { choices.len().saturating_sub(1) };
    let next = (here + step).checked_rem(choices.len()).unwrap_or_default();
    choices.get(next).and_then(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrow_keys_go_around() {
        let choices = [(None, 3), (Some(Meaning::Blog), 1), (Some(Meaning::Survey), 2)];
        assert_eq!(neighbour(&choices, None, true), Some(Meaning::Blog));
        assert_eq!(neighbour(&choices, Some(Meaning::Survey), true), None);
        assert_eq!(neighbour(&choices, None, false), Some(Meaning::Survey));
        assert_eq!(neighbour(&[], None, true), None);
    }
}
