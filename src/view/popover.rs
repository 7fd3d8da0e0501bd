//! The panel in the top layer, beside the bell, while it is open.

use web_sys::{Element, HtmlElement, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::{
    dom,
    place::{self, Edge, Rect, Size},
};
use crate::config::Placement;

/// Up to this width of the viewport the panel is a sheet, placed by the stylesheet.
const SHEET: f64 = 480.0;

/// Brings the panel into the top layer. In a browser without popovers the stylesheet makes it float.
pub(super) fn show(panel: &NodeRef) {
    if let Some(panel) = dom::drawn(panel) {
        drop(panel.unchecked_ref::<HtmlElement>().show_popover());
    }
}

/// Brings the panel back if the browser has taken it out of the top layer.
pub(super) fn keep_shown(panel: &NodeRef) {
    let hidden = dom::drawn(panel).is_some_and(|panel| panel.matches(":popover-open") == Ok(false));
    if hidden {
        show(panel);
    }
}

/// Takes the panel out of the top layer.
pub(super) fn hide(panel: &NodeRef) {
    if let Some(panel) = dom::drawn(panel) {
        drop(panel.unchecked_ref::<HtmlElement>().hide_popover());
    }
}

/// Where the panel is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placing {
    pub(super) placement: Placement,
    pub(super) right_to_left: bool,
    /// It is a menu: as large as its content, and no sheet on a phone.
    pub(super) is_menu: bool,
}

/// Places the panel beside the bell, whose box is `bell`.
pub(super) fn place(panel: &Element, bell: Rect, placing: Placing) {
    let Some(window) = dom::window(panel) else { return };
    let sides = ["left", "top", "bottom"];
    if dom::inner_size(&window).width <= SHEET && !placing.is_menu {
        for side in sides {
            dom::style(panel, side, None);
        }
        return dom::style(panel, "--_room", None);
    }
    let Some(view) = view(panel) else { return };
    let unit = dom::unit(panel);
    // A panel without rows is low but will grow, so at least this height decides about flipping.
    let own = dom::size(panel);
    let size = Size {
        width: dom::computed(panel, &["width"]).unwrap_or(own.width),
        height: if placing.is_menu { own.height } else { own.height.max(place::LEAST) },
    };
    let spot = place::place(placing.placement, placing.right_to_left, bell.scaled(1.0 / unit), size, view);
    let (top, bottom) = match spot.edge {
        Edge::Top(top) => (Some(top), None),
        Edge::Bottom(bottom) => (None, Some(bottom)),
    };
    // Whole pixels of the screen keep the text sharp.
    let whole = |pixels: f64| (pixels * unit).round() / unit;
    for (side, pixels) in sides.into_iter().zip([Some(spot.left), top, bottom]) {
        dom::style(panel, side, pixels.map(whole));
    }
    dom::style(panel, "--_room", Some(spot.room));
}

/// The size of the viewport without its scrollbars, in the panel's own units: the panel's width and the space on both
/// sides of it, and the same for the height. A panel that is not displayed has none.
pub(super) fn view(panel: &Element) -> Option<Size> {
    Some(Size {
        width: dom::computed(panel, &["left", "width", "right"])?,
        height: dom::computed(panel, &["top", "height", "bottom"])?,
    })
}
