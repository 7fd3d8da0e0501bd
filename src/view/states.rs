//! What the panel holds: the list, nothing yet, or nothing at all.

use yew::prelude::*;

use super::{act::Msg, icon::Icon, intent::Intent, list::List, scene::Scene, text::Key};
use crate::config::View;

/// The list, or what stands in its place.
pub(super) fn content(scene: &Scene<'_>, list: &List) -> Html {
    let snapshot = scene.snapshot;
    if !snapshot.loaded {
        let idle = snapshot.waiting.is_some() || snapshot.problem.is_some();
        return if idle { Html::default() } else { skeleton(scene) };
    }
    if snapshot.notifications.is_empty() {
        if snapshot.is_unreadable() {
            return Html::default();
        }
        if !snapshot.has_more || snapshot.count == Some(0) {
            return empty(scene);
        }
        if snapshot.problem.is_none() {
            return skeleton(scene);
        }
    }
    html! {
        <>
            { list.view(scene) }
            if snapshot.has_more {
                <button part="more" class="button" type="button"
                    // Not disabled while it loads: that would take focus away from it.
                    aria-disabled={snapshot.loading_more.then_some("true")}
                    onclick={scene.act.press(Msg::Ask(Intent::LoadMore))}
                >{ scene.text.get(if snapshot.loading_more { Key::MoreLoading } else { Key::More }) }</button>
            }
        </>
    }
}

/// Grey rows in the shape of those to come, so that nothing jumps when they arrive.
pub(super) fn skeleton(scene: &Scene<'_>) -> Html {
    html! {
        <div class="skeleton">
            <span class="hidden" id="cn-state">{ scene.text.get(Key::Loading) }</span>
            { for (0..7).map(|_| html! { <div class="bone" aria-hidden="true"><i /><div><i /><i /><i /></div></div> }) }
        </div>
    }
}

/// Nothing to read: said kindly.
pub(super) fn empty(scene: &Scene<'_>) -> Html {
    if scene.snapshot.view == View::Dismissed {
        return html! {
            <div part="empty">
                <p class="headline" id="cn-state">{ scene.text.get(Key::DismissedTitle) }</p>
                <p>{ scene.text.get(Key::DismissedText) }</p>
            </div>
        };
    }
    html! {
        <div part="empty">
            <slot name="empty">
                <div class="drawing">{ Icon::TICKS.draw() }</div>
                <p class="headline" id="cn-state">{ scene.text.get(Key::EmptyTitle) }</p>
                <p>{ scene.text.get(Key::EmptyText) }</p>
            </slot>
        </div>
    }
}
