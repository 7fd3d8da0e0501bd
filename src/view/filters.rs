//! Chips that show one kind of notification: a radio group (WAI-ARIA Authoring Practices, "Radio Group").

use yew::prelude::*;

use super::{act::Msg, scene::Scene, text::Key};
use crate::model::Meaning;

/// The choices there are, "All" first; empty where there is nothing to choose.
pub(super) fn choices(scene: &Scene<'_>) -> Vec<(Option<Meaning>, u32)> {
    let kinds = scene.kinds;
    if kinds.len() < 2 {
        return Vec::new();
    }
    let all = kinds.iter().map(|(_, count)| count).sum();
    let all = scene.snapshot.count.unwrap_or(all).max(all);
    std::iter::once((None, all)).chain(kinds.iter().map(|(meaning, count)| (Some(*meaning), *count))).collect()
}

pub(super) fn view(scene: &Scene<'_>, chosen: Option<Meaning>) -> Html {
    let choices = choices(scene);
    if choices.is_empty() {
        return Html::default();
    }
    let text = scene.text;
    html! {
        <div part="filters" role="radiogroup" aria-label={text.get(Key::Filters)}>
            { for choices.into_iter().map(|(kind, count)| {
                let checked = kind == chosen;
                let label = kind.map_or_else(|| text.get(Key::FilterAll), |kind| text.label(kind));
                html! {
                    <button part="filter" type="button" role="radio" key={kind.map_or("*", Meaning::key)}
                        aria-checked={if checked { "true" } else { "false" }}
                        tabindex={if checked { "0" } else { "-1" }}
                        onclick={scene.act.press(Msg::Filter(kind))}
                    >{ label }{ " " }<span class="number">{ text.number(count) }</span></button>
                }
            }) }
        </div>
    }
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
