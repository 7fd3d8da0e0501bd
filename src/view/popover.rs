//! The panel in the top layer, beside the bell, while it is open.

use web_sys::{Element, HtmlElement, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::{
    dom,
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

/// Brings it back if it has left the top layer unasked.
pub(super) fn keep_shown(panel: &NodeRef) {
    let hidden = panel.cast::<HtmlElement>().is_some_and(|panel| panel.matches(":popover-open") == Ok(false));
    if hidden {
        show(panel);
    }
}

/// Takes it out again.
pub(super) fn hide(panel: &NodeRef) {
    if let Some(panel) = panel.cast::<HtmlElement>() {
        drop(panel.hide_popover());
    }
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
    let size = Size { width: own.offset_width().into(), height: dom::height(panel).max(place::LEAST) };
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
