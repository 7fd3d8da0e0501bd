//! The few questions the views ask of the DOM.

use web_sys::{Document, Element, Event, HtmlElement, Node, ShadowRoot, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::place::{Rect, Size};
use crate::model::NotificationId;

/// The element with focus in the tree (shadow or not) that a node is in.
pub(super) fn focused(node: &Node) -> Option<Element> {
    let root = node.get_root_node();
    match root.dyn_ref::<ShadowRoot>() {
        Some(shadow) => shadow.active_element(),
        None => root.dyn_ref::<Document>()?.active_element(),
    }
}

/// Focus is on the element or in it.
pub(super) fn has_focus(element: &Element) -> bool {
    focused(element).is_some_and(|focused| element.contains(Some(&focused)))
}

/// Gives focus without moving the page.
pub(super) fn focus_still(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only where the page has replaced `focus` by something that throws.
    drop(element.unchecked_ref::<HtmlElement>().focus_with_options(&options));
}

/// Gives focus and brings the element into view.
pub(super) fn focus(element: &Element) {
    drop(element.unchecked_ref::<HtmlElement>().focus());
}

/// An event came from one of these nodes or from within (through shadow roots, too).
pub(super) fn came_from(event: &Event, nodes: &[NodeRef]) -> bool {
    let path = event.composed_path();
    nodes.iter().filter_map(|node| node.get()).any(|node| path.includes(node.as_ref(), 0))
}

/// The nearest element around an event's target that a selector matches.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_ref::<Element>()?.closest(selector).ok()?
}

/// The notification that an element stands for.
pub(super) fn row_id(row: &Element) -> Option<NotificationId> {
    row.get_attribute("data-id")?.parse().ok().map(NotificationId)
}

/// All matches within an element.
pub(super) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

pub(super) fn rect(element: &Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    Rect { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
}

/// How high an element is laid out, whatever transforms it.
pub(super) fn height(element: &Element) -> f64 {
    element.unchecked_ref::<HtmlElement>().offset_height().into()
}

/// The size of the layout viewport.
pub(super) fn viewport() -> Size {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    root.map_or(Size::default(), |root| Size { width: root.client_width().into(), height: root.client_height().into() })
}

/// The stylesheet's media queries see the viewport this wide, scrollbar and all.
pub(super) fn media_width() -> f64 {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
    width.unwrap_or_default()
}

/// Sets a style property through the CSSOM, which strict content security policies allow.
pub(super) fn style(element: &Element, property: &str, pixels: Option<f64>) {
    let style = element.unchecked_ref::<HtmlElement>().style();
    drop(match pixels {
        // Whole pixels: sharp text, and no float formatting in the program.
        Some(pixels) => style.set_property(property, &((pixels.round() as i32).to_string() + "px")),
        None => style.remove_property(property).map(drop),
    });
}

/// Whether the browser may still be asked for permission to show system notifications.
pub(super) fn alerts_can_be_offered() -> bool {
    let permission = js_sys::Reflect::get(&js_sys::global(), &"Notification".into())
        .and_then(|class| js_sys::Reflect::get(&class, &"permission".into()));
    permission.is_ok_and(|permission| permission.as_string().as_deref() == Some("default"))
}
