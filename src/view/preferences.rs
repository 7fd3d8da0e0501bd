//! The page of the panel where a member chooses what to see: switches (WAI-ARIA Authoring Practices, "Switch").

use yew::AttrValue;

use super::{
    act::Reaction,
    icon::Icon,
    msg::Msg,
    scene::Scene,
    tag::{self, Tag, tag},
    text::Key,
};
use crate::{
    config::{Preference, Preferences, View},
    model::{Meaning, NotificationType},
};

/// The button in the panel's header that opens the page and closes it.
pub(super) fn button(scene: &Scene<'_>, open: bool) -> Tag {
    tag::button()
        .attr("part", "preferences-button")
        .flag("aria-expanded", open)
        .set("aria-label", scene.text.get(Key::Preferences))
        .press(scene.act, Msg::Preferences(!open))
        .child(Icon::SLIDERS.draw())
}

/// Whether there is anything to choose. This is unknown, and so `false`, before the first list.
pub(super) fn any(scene: &Scene<'_>, chosen: &Preferences) -> bool {
    let Scene { snapshot, config, .. } = scene;
    let is_known = snapshot.loaded || snapshot.view == View::Dismissed;
    is_known && (config.toasts || config.desktop_alerts || !choices(&snapshot.kinds, chosen).is_empty())
}

/// The page. The list that it covers keeps its state and its place.
pub(super) fn page(scene: &Scene<'_>, chosen: &Preferences) -> Tag {
    let Scene { text, config, snapshot, .. } = scene;
    let kinds = choices(&snapshot.kinds, chosen);
    let any = !kinds.is_empty();
    let toasts = || {
        let choice = Preference::Toasts(chosen.no_toasts);
        switch(scene, "toasts", text.get(Key::PreferencesToasts), !chosen.no_toasts, choice)
    };
    let alerts = || {
        let choice = Preference::Alerts(chosen.no_alerts);
        switch(scene, "alerts", text.get(Key::PreferencesAlerts), !chosen.no_alerts, choice)
    };
    let kind = |kind: NotificationType| {
        let muted = chosen.mutes(&kind);
        let name = match kind.as_str().trim() {
            // All types that this version does not know share one label, so their own name is shown instead.
            own if kind.meaning() == Meaning::Generic && !own.is_empty() => own.to_owned().into(),
            _ => text.label(kind.meaning()),
        };
        let key = kind.as_str().to_owned();
        switch(scene, &key, name, !muted, Preference::Type(kind, muted))
    };
    let heading = || tag("h4").attr("id", "cn-types").text(text.get(Key::PreferencesTypes));
    let kinds = || {
        let group = tag("div").attr("role", "group").attr("aria-labelledby", "cn-types");
        group.children(kinds.into_iter().map(kind))
    };
    tag("div")
        .attr("part", "preferences")
        .attr("role", "group")
        .attr("aria-labelledby", "cn-preferences")
        .child(tag("h3").attr("id", "cn-preferences").text(text.get(Key::Preferences)))
        .child(config.toasts.then(toasts))
        .child(config.desktop_alerts.then(alerts))
        .child(any.then(heading))
        .child(any.then(kinds))
}

fn switch(scene: &Scene<'_>, key: &str, name: AttrValue, on: bool, choice: Preference) -> Tag {
    let chosen = Reaction::Send(Msg::Prefer(choice));
    let input = tag("input").attr("type", "checkbox").attr("role", "switch").checked(on);
    let input = input.on("change", scene.act, chosen);
    tag("label").attr("class", "switch").key(key).child(tag("span").text(name)).child(input)
}

/// The types to choose from: those that were seen and those that are muted. Spellings of one type count once.
fn choices(seen: &[NotificationType], chosen: &Preferences) -> Vec<NotificationType> {
    let mut kinds: Vec<NotificationType> = Vec::new();
    for more in [seen, &chosen.muted_types] {
        for kind in more {
            if !kinds.iter().any(|other| other.matches(kind)) {
                let place = kinds.partition_point(|other| other.meaning() <= kind.meaning());
                kinds.insert(place, kind.clone());
            }
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_one_choice_seen_or_muted() {
        let of = |names: &[&str]| names.iter().map(|name| NotificationType::from(*name)).collect::<Vec<_>>();
        let seen = of(&["survey", "identitycheck-fail", "printer-jam"]);
        let chosen = Preferences { muted_types: of(&["identity-check-failed", "blog"]), ..Preferences::default() };
        assert_eq!(choices(&seen, &chosen), of(&["blog", "identitycheck-fail", "survey", "printer-jam"]));
        assert!(choices(&[], &Preferences::default()).is_empty());
    }
}
