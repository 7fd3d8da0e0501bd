//! The page of the panel where a member chooses what to see: switches (WAI-ARIA Authoring Practices, "Switch").

use yew::prelude::*;

use super::{act::Msg, icon::Icon, scene::Scene, text::Key};
use crate::{
    config::{Preference, Preferences, View},
    model::{Meaning, NotificationType},
};

/// The button in the panel's header that opens the page and closes it.
pub(super) fn button(scene: &Scene<'_>, open: bool) -> Html {
    html! {
        <button part="preferences-button" type="button" aria-expanded={if open { "true" } else { "false" }}
            aria-label={scene.text.get(Key::Preferences)} onclick={scene.act.press(Msg::Preferences(!open))}
        >{ Icon::SLIDERS.draw() }</button>
    }
}

/// Whether there is anything to choose. Before the first list that is not known.
pub(super) fn any(scene: &Scene<'_>, chosen: &Preferences) -> bool {
    let Scene { snapshot, config, .. } = scene;
    let is_known = snapshot.loaded || snapshot.view == View::Dismissed;
    is_known && (config.toasts || config.desktop_alerts || !choices(&snapshot.kinds, chosen).is_empty())
}

/// The page. What it covers stays as it is, and where it is.
pub(super) fn page(scene: &Scene<'_>, chosen: &Preferences) -> Html {
    let Scene { text, config, snapshot, .. } = scene;
    let kinds = choices(&snapshot.kinds, chosen);
    html! {
        <div part="preferences" role="group" aria-labelledby="cn-preferences">
            <h3 id="cn-preferences">{ text.get(Key::Preferences) }</h3>
            if config.toasts {
                { switch(scene, "toasts", text.get(Key::PreferencesToasts), !chosen.no_toasts, Preference::Toasts(chosen.no_toasts)) }
            }
            if config.desktop_alerts {
                { switch(scene, "alerts", text.get(Key::PreferencesAlerts), !chosen.no_alerts, Preference::Alerts(chosen.no_alerts)) }
            }
            if !kinds.is_empty() {
                <h4 id="cn-types">{ text.get(Key::PreferencesTypes) }</h4>
                <div role="group" aria-labelledby="cn-types">
                    { for kinds.into_iter().map(|kind| {
                        let muted = chosen.mutes(&kind);
                        let name = match kind.as_str().trim() {
                            // All that this version does not know have one label.
                            own if kind.meaning() == Meaning::Generic && !own.is_empty() => own.to_owned().into(),
                            _ => text.label(kind.meaning()),
                        };
                        let key = kind.as_str().to_owned();
                        switch(scene, &key, name, !muted, Preference::Type(kind, muted))
                    }) }
                </div>
            }
        </div>
    }
}

fn switch(scene: &Scene<'_>, key: &str, name: AttrValue, on: bool, choice: Preference) -> Html {
    let act = scene.act.clone();
    html! {
        <label class="switch" key={key}>
            <span>{ name }</span>
            <input type="checkbox" role="switch" checked={on}
                onchange={Callback::from(move |_| act.tell(Msg::Prefer(choice.clone())))} />
        </label>
    }
}

/// The types to choose from, each cause once: those that were seen and those that are muted.
fn choices(seen: &[NotificationType], chosen: &Preferences) -> Vec<NotificationType> {
    let mut kinds: Vec<NotificationType> = Vec::new();
    for kind in seen.iter().chain(&chosen.muted_types) {
        if !kinds.iter().any(|other| other.matches(kind)) {
            kinds.push(kind.clone());
        }
    }
    kinds.sort_by_key(NotificationType::meaning);
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
