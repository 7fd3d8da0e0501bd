//! What a panel hears of the page around it. A listener ends when it is dropped.

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::{KeyboardEvent, wasm_bindgen::JsCast};
use yew::{Callback, NodeRef};

use super::{
    act::{Act, Msg},
    dom,
    intent::Intent,
};

/// Listens for what changes the panel's place or its words: scrolling, other sizes, a page that is seen again.
pub(super) fn to_page(act: &Act, scroller: &NodeRef) -> Vec<EventListener> {
    let Some((window, scroller)) = web_sys::window().zip(scroller.get()) else {
        return Vec::new();
    };
    let Some(document) = window.document() else {
        return Vec::new();
    };
    // Scrolling does not bubble: anything around the bell may scroll, so it is heard on its way down.
    let capture = EventListenerOptions::run_in_capture_phase();
    vec![
        EventListener::new(&scroller, "scroll", act.send(Msg::Scrolled)),
        EventListener::new_with_options(&window, "scroll", capture, act.send(Msg::Moved)),
        EventListener::new(&window, "resize", act.send(Msg::Moved)),
        EventListener::new(&document, "visibilitychange", act.send(Msg::Tick)),
    ]
}

/// Listens for what closes a panel: Escape, or a press outside `inside`.
pub(super) fn to_leave(act: &Act, inside: [NodeRef; 2], on_intent: Callback<Intent>) -> Vec<EventListener> {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else {
        return Vec::new();
    };
    let link = act.0.clone();
    let escape = move |event: &web_sys::Event| {
        let key = event.dyn_ref::<KeyboardEvent>();
        let escape = key.is_some_and(|event| event.key() == "Escape" && !event.is_composing());
        // Whoever has handled it already (a dialog above, say) has prevented its default.
        if escape && !event.default_prevented() {
            link.send_message(Msg::Escape);
        }
    };
    let outside = move |event: &web_sys::Event| {
        if !dom::came_from(event, &inside) {
            on_intent.emit(Intent::Close { refocus: false });
        }
    };
    // A page that keeps presses to itself keeps them on their way up.
    let capture = EventListenerOptions::run_in_capture_phase();
    vec![
        EventListener::new(&document, "keydown", escape),
        EventListener::new_with_options(&document, "pointerdown", capture, outside),
    ]
}
