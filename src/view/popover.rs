//! The panel in the top layer, beside the bell, while it is open.

use gloo_events::EventListener;
use web_sys::{Element, HtmlElement, KeyboardEvent, wasm_bindgen::JsCast};
use yew::{Callback, NodeRef};

use super::{
    act::Act,
    dom,
    intent::Intent,
    panel::Msg,
    place::{self, Edge, Size},
};
use crate::config::Placement;

/// Up to this width of the viewport the panel is a sheet, placed by the stylesheet.
const SHEET: f64 = 480.0;

/// Brings the panel into the top layer. Where the browser knows no popovers, the stylesheet floats it.
pub(super) fn show(panel: &NodeRef) {
    if let Some(panel) = panel.cast::<HtmlElement>() {
        drop(panel.show_popover());
    }
}

/// Takes it out again.
pub(super) fn hide(panel: &NodeRef) {
    if let Some(panel) = panel.cast::<HtmlElement>() {
        drop(panel.hide_popover());
    }
}

/// Listens for what closes the panel: Escape, or a press outside `inside`.
pub(super) fn listen(act: &Act, inside: [NodeRef; 2], on_intent: Callback<Intent>) -> Option<[EventListener; 2]> {
    let document = web_sys::window()?.document()?;
    let link = act.0.clone();
    let escape = EventListener::new(&document, "keydown", move |event| {
        let escape = event
            .dyn_ref::<KeyboardEvent>()
            .is_some_and(|event| event.key() == "Escape" && !event.is_composing());
        if escape && !event.default_prevented() {
            link.send_message(Msg::Escape);
        }
    });
    let outside = EventListener::new(&document, "pointerdown", move |event| {
        let [panel, bell] = &inside;
        if !dom::came_from(event, &[panel, bell]) {
            on_intent.emit(Intent::Close { refocus: false });
        }
    });
    Some([escape, outside])
}

/// Places the panel beside the bell.
pub(super) fn place(panel: &Element, bell: &Element, placement: Placement, right_to_left: bool) {
    let view = dom::viewport();
    let sides = ["left", "top", "bottom"];
    if dom::media_width() <= SHEET {
        for side in sides {
            dom::style(panel, side, None);
        }
        return dom::style(panel, "--_room", None);
    }
    // The panel may grow as far as the stylesheet lets it once it has rows: that height decides about flipping.
    let own = panel.unchecked_ref::<HtmlElement>();
    let size = Size {
        width: own.offset_width().into(),
        height: f64::from(own.offset_height()).max(place::LEAST),
    };
    let spot = place::place(placement, right_to_left, dom::rect(bell), size, view);
    let (top, bottom) = match spot.edge {
        Edge::Top(top) => (Some(top), None),
        Edge::Bottom(bottom) => (None, Some(bottom)),
    };
    for (side, pixels) in sides.into_iter().zip([Some(spot.left), top, bottom]) {
        dom::style(panel, side, pixels);
    }
    dom::style(panel, "--_room", Some(spot.room));
}
