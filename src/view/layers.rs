//! Of the things that are open above the page: whose Escape is it?
//!
//! A dialog or a popover of the page may lie above the panel or below it, and the browser tells nobody the order of its
//! top layer. So a panel remembers what was open when it came on top.

use std::cell::RefCell;

use web_sys::{Element, Event, EventTarget, wasm_bindgen::JsCast};

use super::dom;

/// What the browser shows above a page.
const TOP: &str = ":modal,:popover-open";
/// What closes on Escape by the page's own doing, if focus is in it.
const BUSY: &str = "[aria-modal=true],[role=dialog],[role=menu],[role=listbox],[aria-haspopup][aria-expanded=true],[role=combobox][aria-expanded=true]";

thread_local! {
    /// The panels that are open, the topmost last.
    static PANELS: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// An open panel's place among all that is open. Dropping it gives the place up.
#[derive(Debug)]
pub(super) struct Layer {
    panel: Element,
    /// What of the page's has been open since before the panel was.
    below: RefCell<Vec<Element>>,
}

impl Layer {
    /// A panel comes on top of all that is open now.
    pub(super) fn new(panel: Element) -> Self {
        PANELS.with_borrow_mut(|panels| panels.push(panel.clone()));
        Self { below: RefCell::new(of_page(&panel)), panel }
    }

    /// What has been closed meanwhile comes back above the panel.
    pub(super) fn refresh(&self) {
        self.below.borrow_mut().retain(|element| element.matches(TOP) == Ok(true));
    }

    /// Nothing lies above the panel that Escape closes first.
    pub(super) fn is_topmost(&self, event: &Event) -> bool {
        !event.default_prevented()
            && !of_page(&self.panel).iter().any(|element| self.is_above(element))
            && !self.is_busy(event)
            && self.is_first_panel()
    }

    /// Something of the page's has been opened above the panel. A popover that is shown and hidden by script alone takes
    /// Escape only while somebody is in it.
    fn is_above(&self, element: &Element) -> bool {
        let by_script = element.get_attribute("popover").is_some_and(|kind| !matches!(&*kind, "" | "auto" | "hint"));
        !self.below.borrow().contains(element) && (!by_script || dom::has_focus(element))
    }

    /// Focus is in something of the page that is open: in a list of its own in the panel's footer, say, or in a dialog
    /// of another shadow tree.
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

    /// Of many panels in this document the one with focus comes first, else the one that was opened last.
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

/// What of the page's is open and neither holds the panel nor is in it, in the trees that the panel is in.
fn of_page(panel: &Element) -> Vec<Element> {
    let trees = dom::scopes(panel).into_iter().map(|scope| scope.get_root_node());
    let found = trees.flat_map(|tree| dom::all(tree.unchecked_ref(), TOP));
    found.filter(|element| !dom::holds(element, panel) && !panel.contains(Some(element))).collect()
}
