//! Decides whether Escape belongs to the panel or to something else that is open above the page.
//!
//! A dialog or a popover of the page may lie above or below the panel, and the browser does not reveal the order of its
//! top layer. So a panel remembers what was open before it.

use std::cell::RefCell;

use web_sys::{Element, Event, EventTarget, wasm_bindgen::JsCast};

use super::dom;

/// Elements in the browser's top layer.
const TOP: &str = ":modal,:popover-open";
/// Elements that the page's own code closes on Escape while focus is in them.
const BUSY: &str = "[aria-modal=true],[role=dialog],[role=menu],[role=listbox],[aria-haspopup][aria-expanded=true],[role=combobox][aria-expanded=true]";

thread_local! {
    /// The panels that are open, the topmost last.
    static PANELS: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// An open panel's place among the open elements. Dropping it gives the place up.
#[derive(Debug)]
pub(super) struct Layer {
    panel: Element,
    /// The page's elements that have been open since before the panel.
    below: RefCell<Vec<Element>>,
}

impl Layer {
    /// Puts a panel above everything that is open now.
    pub(super) fn new(panel: Element) -> Self {
        PANELS.with_borrow_mut(|panels| panels.push(panel.clone()));
        Self { below: RefCell::new(of_page(&panel)), panel }
    }

    /// Forgets elements that have closed meanwhile: if they open again, they lie above the panel.
    pub(super) fn refresh(&self) {
        self.below.borrow_mut().retain(|element| element.matches(TOP) == Ok(true));
    }

    /// Whether Escape closes nothing else before the panel.
    pub(super) fn is_topmost(&self, event: &Event) -> bool {
        !event.default_prevented()
            && !of_page(&self.panel).iter().any(|element| self.is_above(element))
            && !self.is_busy(event)
            && self.is_first_panel()
    }

    /// Whether this element of the page was opened above the panel. A popover that only scripts show and hide takes
    /// Escape only while it has the focus.
    fn is_above(&self, element: &Element) -> bool {
        let by_script = element.get_attribute("popover").is_some_and(|kind| !matches!(&*kind, "" | "auto" | "hint"));
        !self.below.borrow().contains(element) && (!by_script || dom::has_focus(element))
    }

    /// Whether focus is in something open that belongs to the page: a list in the panel's footer, for example, or a
    /// dialog in another shadow tree.
    fn is_busy(&self, event: &Event) -> bool {
        let own = self.panel.get_root_node();
        for target in event.composed_path().iter() {
            let Some(element) = dom::element(target.unchecked_into::<EventTarget>()) else { continue };
            if dom::holds(&element, &self.panel) {
                break;
            }
            let takes =
                || element.matches(BUSY) == Ok(true) || (element.matches(TOP) == Ok(true) && self.is_above(&element));
            if element.get_root_node() != own && takes() {
                return true;
            }
        }
        false
    }

    /// Whether this panel comes first of all in its document: the one with focus, else the one that was opened last.
    fn is_first_panel(&self) -> bool {
        PANELS.with_borrow(|panels| {
            let here = || panels.iter().filter(|panel| panel.owner_document() == self.panel.owner_document());
            let focused = here().rfind(|panel| dom::is_focus_around(panel));
            focused.or_else(|| here().next_back()) == Some(&self.panel)
        })
    }
}

impl Drop for Layer {
    fn drop(&mut self) {
        PANELS.with_borrow_mut(|panels| panels.retain(|panel| *panel != self.panel));
    }
}

/// The page's open elements in the panel's trees, except those that contain the panel or are in it.
fn of_page(panel: &Element) -> Vec<Element> {
    let mut open = Vec::new();
    for scope in dom::scopes(panel) {
        open.extend(dom::all(scope.get_root_node().unchecked_ref(), TOP));
    }
    open.retain(|element| !dom::holds(element, panel) && !panel.contains(Some(element)));
    open
}
