//! What the panel shows in place of a list: nothing yet, or nothing at all.

use yew::prelude::*;

use super::{icon::Icon, scene::Scene, text::Key};

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
