//! The two lists that a member can look at, and the choice between them.

use std::rc::Rc;

use yew::prelude::*;

use super::{act::Msg, icon::Icon, intent::Intent, scene::Scene, text::Key};
use crate::{
    config::View,
    feed::{Problem, Snapshot},
    model::NotificationId,
};

/// The picture of the list that the member looks at, in the place of the inbox: the panel draws both alike.
pub(super) fn looked_at(snapshot: &Rc<Snapshot>) -> Rc<Snapshot> {
    if snapshot.view == View::Inbox {
        return snapshot.clone();
    }
    let dismissed = &snapshot.dismissed;
    let failed = dismissed.problem.clone().map(|failure| Problem { failure, retry_at: None });
    Rc::new(Snapshot {
        loaded: dismissed.loaded,
        notifications: dismissed.notifications.clone(),
        has_more: dismissed.has_more,
        loading_more: dismissed.loading,
        problem: failed.or_else(|| snapshot.problem.clone()),
        // Nobody counts what is dismissed.
        count: None,
        ..Snapshot::clone(snapshot)
    })
}

/// The choice, for the panel's header. Toggle buttons: which one is pressed is said, and each is a stop of its own.
pub(super) fn view(scene: &Scene<'_>) -> Html {
    // Before the first list there is nothing to choose from.
    if !scene.snapshot.loaded && scene.snapshot.view == View::Inbox {
        return Html::default();
    }
    let choice = |view: View, words: Key| {
        let pressed = if scene.snapshot.view == view { "true" } else { "false" };
        html! {
            <button part="view" type="button" aria-pressed={pressed} onclick={scene.act.press(Msg::Ask(Intent::View(view)))}>
                { scene.text.get(words) }
            </button>
        }
    };
    html! {
        <div part="views" role="group" aria-label={scene.text.get(Key::Views)}>
            { choice(View::Inbox, Key::ViewInbox) }
            { choice(View::Dismissed, Key::ViewDismissed) }
        </div>
    }
}

/// In a row of the dismissed view: until when it is snoozed, if it is, and the way back. `named`: the id of the element
/// that names the row.
pub(super) fn back(scene: &Scene<'_>, id: NotificationId, tab: &'static str, named: &str) -> Html {
    let text = scene.text;
    let until = scene.snapshot.dismissed.snoozed.get(&id).copied();
    let button = "cn-r".to_owned() + &id.0.to_string();
    html! {
        <>
            if let Some(until) = until {
                <p class="until">
                    { Icon::CLOCK.draw() }
                    { text.with(Key::SnoozedUntil, &[("when", &text.soon(until as f64))]) }
                </p>
            }
            <button part="restore" class="link" type="button" id={button.clone()} tabindex={tab}
                // "Bring back Invoice"
                aria-labelledby={[&button, " ", named].concat()}
                onclick={scene.act.press(Msg::Ask(Intent::Restore(id)))}
            >{ text.get(if until.is_some() { Key::Wake } else { Key::Restore }) }</button>
        </>
    }
}
