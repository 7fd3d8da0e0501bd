//! The views' access to the DOM.

use web_sys::{
    Element, Event, EventTarget, HtmlElement, Node, ShadowRoot, Window,
    wasm_bindgen::{JsCast, JsValue},
};

use yew::NodeRef;

use super::place::{Rect, Size};
use crate::{js, model::NotificationId};

/// An event's target as an element. The page may have moved the bell into another window, which has classes of its own,
/// so nothing here checks the class of an object.
pub(super) fn element(target: EventTarget) -> Option<Element> {
    let is_element = target.unchecked_ref::<Node>().node_type() == Node::ELEMENT_NODE;
    is_element.then(|| target.unchecked_into())
}

/// The key of an event; empty where there is none. Chromium, when it fills in a form, and scripts send key events without
/// a key, and pointer events without a pointer: what the browser's class promises may be missing.
pub(super) fn key(event: &Event) -> String {
    text(event, "key")
}

/// Whether an event comes from a finger.
pub(super) fn is_touch(event: &Event) -> bool {
    text(event, "pointerType") == "touch"
}

fn text(event: &Event, name: &str) -> String {
    js::get(event, name).and_then(|text| text.as_string()).unwrap_or_default()
}

/// The element that a reference points to, while it is drawn.
pub(super) fn drawn(node: &NodeRef) -> Option<Element> {
    node.get().map(JsCast::unchecked_into)
}

/// The window of a node's document.
pub(super) fn window(node: &Node) -> Option<Window> {
    node.owner_document()?.default_view()
}

/// A node, the host of its shadow tree, the host of the tree around that host, and so on. Each represents the previous
/// one in the next outer tree, whether the trees are open or closed.
pub(super) fn scopes(node: &Node) -> Vec<Node> {
    let mut scopes = vec![node.clone()];
    while let Some(host) = scopes.last().and_then(host) {
        scopes.push(host);
    }
    scopes
}

/// The host of the shadow tree that a node is in.
fn host(node: &Node) -> Option<Node> {
    let root = node.get_root_node();
    // Only a shadow root has a host; other fragments have none.
    let in_shadow = root.node_type() == Node::DOCUMENT_FRAGMENT_NODE && node.is_connected();
    in_shadow.then(|| root.unchecked_ref::<ShadowRoot>().host().into())
}

/// Whether an element contains a node, through shadow trees, too.
pub(super) fn holds(element: &Element, node: &Node) -> bool {
    scopes(node).iter().any(|scope| element.contains(Some(scope)))
}

/// The element with focus in the tree (shadow or not) that a node is in.
pub(super) fn focused(node: &Node) -> Option<Element> {
    // A document has the same property.
    node.get_root_node().unchecked_ref::<ShadowRoot>().active_element()
}

/// The element with focus in a node's document, also within the shadow trees that can be seen from there.
pub(super) fn deep_focus(node: &Node) -> Option<Element> {
    let mut deepest = None;
    for scope in scopes(node).iter().rev() {
        deepest = focused(scope);
        if deepest.as_deref() != Some(scope) {
            break;
        }
    }
    let mut deepest = deepest?;
    while let Some(inner) = deepest.shadow_root().and_then(|root| root.active_element()) {
        deepest = inner;
    }
    Some(deepest)
}

/// Whether focus is on the element or in it.
pub(super) fn has_focus(element: &Element) -> bool {
    focused(element).is_some_and(|focused| element.contains(Some(&focused)))
}

/// Whether focus is in the element's shadow tree, or in what the page has put into that tree's slots.
pub(super) fn is_focus_around(element: &Element) -> bool {
    match host(element) {
        Some(host) => focused(element).is_some() || has_focus(host.unchecked_ref()),
        None => has_focus(element),
    }
}

/// Gives focus without moving the page.
pub(super) fn focus_still(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only if the page has replaced `focus` by a function that throws.
    drop(element.unchecked_ref::<HtmlElement>().focus_with_options(&options));
}

/// Gives focus as the keyboard does, and brings the element into view. Browsers guess whether focus came by keyboard,
/// and guess wrong if a key's default was prevented.
pub(super) fn focus(element: &Element) {
    let options = web_sys::FocusOptions::new();
    options.set_focus_visible(true);
    drop(element.unchecked_ref::<HtmlElement>().focus_with_options(&options));
}

/// Whether an event came from one of these nodes or from within (through shadow roots, too).
pub(super) fn came_from(event: &Event, nodes: &[Option<Node>]) -> bool {
    let path = event.composed_path();
    nodes.iter().flatten().any(|node| path.includes(node, 0))
}

/// The nearest element around an event's target that a selector matches.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    element(event.target()?)?.closest(selector).ok()?
}

/// Whether text is selected in the window of an event's target.
pub(super) fn has_selection(event: &Event) -> bool {
    let target = event.target().and_then(element);
    let selection = target.and_then(|target| window(&target)?.get_selection().ok()?);
    // In a shadow tree only the selection's text is reliable in every browser.
    selection.is_some_and(|selection| js_sys::Object::to_string(&selection).length() > 0)
}

/// Opens an address in another tab, which gets no access to this one (`opener`).
pub(super) fn open(href: &str) {
    if let Some(window) = web_sys::window() {
        drop(window.open_with_url_and_target_and_features(href, "_blank", "noopener"));
    }
}

/// Puts a text on the clipboard, if the page may do so.
pub(super) fn copy(text: &str) {
    if let Some(window) = web_sys::window()
        && window.is_secure_context()
    {
        drop(window.navigator().clipboard().write_text(text));
    }
}

/// The notification that a row shows.
pub(super) fn row_id(row: &Element) -> Option<NotificationId> {
    row.get_attribute("data-id")?.parse().ok().map(NotificationId)
}

/// All matches within an element.
pub(super) fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    while let Some(next) = found.get(all.len() as u32) {
        all.push(next.unchecked_into());
    }
    all
}

pub(super) fn rect(element: &Element) -> Rect {
    let rect = element.get_bounding_client_rect();
    Rect { left: rect.left(), top: rect.top(), right: rect.right(), bottom: rect.bottom() }
}

/// The layout height of an element, without transforms.
pub(super) fn height(element: &Element) -> f64 {
    element.unchecked_ref::<HtmlElement>().offset_height().into()
}

/// The layout size of an element, without transforms, in its own units.
pub(super) fn size(element: &Element) -> Size {
    let element = element.unchecked_ref::<HtmlElement>();
    Size { width: element.offset_width().into(), height: element.offset_height().into() }
}

/// The size of a window's viewport as the stylesheet's media queries see it, scrollbars and all.
pub(super) fn inner_size(window: &Window) -> Size {
    let pixels = |length: Result<JsValue, JsValue>| length.ok().and_then(|length| length.as_f64()).unwrap_or_default();
    Size { width: pixels(window.inner_width()), height: pixels(window.inner_height()) }
}

/// How many pixels of a measured box one pixel in an element's styles takes: CSS `zoom`. Browsers that do not report
/// the zoom measure boxes in the element's own pixels.
pub(super) fn unit(element: &Element) -> f64 {
    zoom(element).unwrap_or(1.0)
}

/// Whether the browser reports how much an element is zoomed.
pub(super) fn tells_zoom(element: &Element) -> bool {
    zoom(element).is_some()
}

fn zoom(element: &Element) -> Option<f64> {
    let zoom = js::get(element, "currentCSSZoom")?.as_f64();
    zoom.filter(|zoom| *zoom > 0.0)
}

/// The sum of some of an element's computed lengths, in its own units.
pub(super) fn computed(element: &Element, properties: &[&str]) -> Option<f64> {
    let style = window(element)?.get_computed_style(element).ok()??;
    let length = |property: &&str| js_sys::parse_float(&style.get_property_value(property).unwrap_or_default());
    Some(properties.iter().map(length).sum()).filter(|sum: &f64| sum.is_finite())
}

/// A number as JavaScript writes it: the program has no formatting code of its own for fractions.
pub(super) fn number(value: f64) -> String {
    js_sys::Number::from(value).to_string_with_radix(10).map(String::from).unwrap_or_default()
}

/// Sets a style property through the CSSOM, which strict content security policies allow.
pub(super) fn style(element: &Element, property: &str, pixels: Option<f64>) {
    let style = element.unchecked_ref::<HtmlElement>().style();
    drop(match pixels {
        Some(pixels) => style.set_property(property, &(number(pixels) + "px")),
        None => style.remove_property(property).map(drop),
    });
}

/// Whether the browser may still be asked for permission to show system notifications.
pub(super) fn alerts_can_be_offered() -> bool {
    let permission = js::global("Notification").and_then(|class| js::get(&class, "permission")?.as_string());
    permission.as_deref() == Some("default")
}
