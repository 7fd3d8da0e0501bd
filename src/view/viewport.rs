//! The visible part of a list: what cuts it off, what scrolls it, and when that changes.
//!
//! A list may be in a scrolling panel, page, or any other element of the page. It may be zoomed, transformed, in a
//! closed `details`, or in a part of the page that is not displayed.

use gloo_events::EventListener;
use js_sys::{Function, Object, Reflect};
use web_sys::{
    CssStyleDeclaration, Element, IntersectionObserver, IntersectionObserverInit, Node, ResizeObserver, ScrollBehavior,
    ScrollToOptions, ShadowRoot, Window,
    wasm_bindgen::{JsCast, closure::Closure},
};

use super::{
    act::Act,
    dom::{self, number},
    frame::{self, Outlook, Sight},
    msg::Msg,
    place::{Rect, Size},
};
use crate::effect::Timer;

/// Blank space is noticed this many pixels before it comes into view; in frames of another origin only when it does.
const AHEAD: f64 = 300.0;

/// No list of a page is in more elements than this: browsers nest no deeper when they read markup.
const DEEPEST: u32 = 512;

/// The panel around the list.
const PANEL: &str = "[part~=panel]";

/// A stretch of a list, in the list's own pixels from its top.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Stretch {
    pub(super) from: f64,
    pub(super) to: f64,
}

/// Everything that limits the visible part of a list.
#[derive(Debug, Default)]
pub(super) struct Viewport {
    /// The elements around the list that cut it off, the innermost first.
    clips: Vec<Clip>,
    /// The node that the bell was in when they were found.
    place: Option<Node>,
    /// In a frame: the visible part of the frame.
    sight: Sight,
    watch: Option<Watch>,
}

#[derive(Debug)]
struct Clip {
    element: Element,
    scrolls: bool,
}

impl Viewport {
    /// Whether the list has moved in the page since it was last surveyed.
    pub(super) fn has_moved(&self, list: &Element) -> bool {
        self.watch.as_ref().is_none_or(|watch| watch.list != *list) || self.place != place(list)
    }

    /// Finds the elements that cut the list off, and listens to them from now on.
    pub(super) fn survey(&mut self, list: &Element, act: &Act) {
        if self.has_moved(list) {
            self.sight = Sight::default();
        }
        self.place = place(list);
        self.clips = clips(list).unwrap_or_default();
        self.watch = Watch::new(list, &self.clips, &self.sight, act);
    }

    /// Notices from now on when blank space comes into view without scrolling, because the page around has moved.
    pub(super) fn watch_spaces(&self) {
        if let Some(watch) = &self.watch {
            watch.sight.disconnect();
            watch.sight.observe(&watch.list);
            // The element after the list is the button for more.
            let mut edges = dom::all(&watch.list, ".space");
            edges.extend(watch.list.next_element_sibling());
            for edge in edges {
                watch.sight.observe(&edge);
            }
        }
    }

    /// The visible part of the list; `None` while it is not displayed.
    pub(super) fn stretch(&self, list: &Element) -> Option<Stretch> {
        let window = dom::window(list)?;
        if !is_displayed(list, false) {
            return None;
        }
        let page = page(&window);
        let page = if frame::is_frame(&window) { self.sight.of(page)? } else { page };
        stretch(dom::rect(list), dom::height(list), page, self.clips.iter().map(|clip| dom::rect(&clip.element)))
    }

    /// The drawn size of the list divided by its layout size.
    pub(super) fn scale(&self, list: &Element) -> f64 {
        scale(dom::rect(list), dom::height(list)).unwrap_or(1.0)
    }

    /// How far beyond the visible part rows are drawn when blank space comes near: a frame gets no scroll events of the
    /// window around it.
    pub(super) fn ahead(&self, list: &Element) -> f64 {
        let is_in_frame = dom::window(list).is_some_and(|window| frame::is_frame(&window));
        if is_in_frame { AHEAD / self.scale(list) } else { 0.0 }
    }

    /// Scrolls the list's scroller by this many pixels of the window.
    pub(super) fn scroll_by(&self, list: &Element, pixels: f64) {
        let overflows = |element: &Element| element.scroll_height() > element.client_height();
        let scroller = self.clips.iter().find(|clip| clip.scrolls && overflows(&clip.element));
        let page = || list.owner_document()?.scrolling_element();
        if let Some(scroller) = scroller.map(|clip| clip.element.clone()).or_else(page) {
            let scale = scale(dom::rect(&scroller), dom::height(&scroller)).unwrap_or(1.0);
            let options = ScrollToOptions::new();
            options.set_top(pixels / scale);
            // Overrides smooth scrolling in the page's styles: the reader must not see this movement.
            options.set_behavior(ScrollBehavior::Instant);
            scroller.scroll_by_with_scroll_to_options(&options);
        }
    }
}

/// The viewport of a window.
fn page(window: &Window) -> Rect {
    let Size { width, height } = dom::inner_size(window);
    Rect { left: 0.0, top: 0.0, right: width, bottom: height }
}

/// Whether the browser displays an element. `strictly`: the element must also be visible.
pub(super) fn is_displayed(element: &Element, strictly: bool) -> bool {
    let Ok(check) = Reflect::get(element, &"checkVisibility".into()).and_then(|check| check.dyn_into::<Function>())
    else {
        return true;
    };
    let options = Object::new();
    drop(Reflect::set(&options, &"visibilityProperty".into(), &strictly.into()));
    check.call1(element, &options).is_ok_and(|displayed| displayed.is_truthy())
}

/// The visible part of a list whose layout is `height` pixels high. Zoom and transforms draw it at another size.
fn stretch(list: Rect, height: f64, page: Rect, clips: impl Iterator<Item = Rect>) -> Option<Stretch> {
    let seen = clips.fold(page, Rect::common);
    let scale = scale(list, height)?;
    let is_something = seen.top < seen.bottom && seen.left < seen.right;
    is_something.then_some(Stretch { from: (seen.top - list.top) / scale, to: (seen.bottom - list.top) / scale })
}

/// The drawn size of an element divided by its layout size.
fn scale(rect: Rect, height: f64) -> Option<f64> {
    let scale = (rect.bottom - rect.top) / height;
    (scale > 0.0 && scale.is_finite()).then_some(scale)
}

/// The elements that cut a list off, from its own scroller outwards.
fn clips(list: &Element) -> Option<Vec<Clip>> {
    let window = dom::window(list)?;
    let document = list.owner_document()?;
    let root = document.document_element()?;
    let body = document.body();
    let style = |element: &Element| window.get_computed_style(element).ok().flatten();
    // The window clips instead of the body, unless the root element clips, too.
    let spared = value(&style(&root)?, "overflow-y") == "visible";
    let mut clips = Vec::new();
    let mut next = outer(list);
    let mut only_positioned = false;
    // A form may have a field called `parentNode`, which then seems to be around it.
    for _ in 0..DEEPEST {
        let Some(element) = next.filter(|element| *element != root) else { break };
        let style = style(&element)?;
        let position = value(&style, "position");
        let overflow = value(&style, "overflow-y");
        let is_spared = spared && body.as_deref() == Some(&element);
        if overflow != "visible" && !is_spared && !(only_positioned && position == "static") {
            clips.push(Clip { element: element.clone(), scrolls: overflow == "auto" || overflow == "scroll" });
        }
        if position == "fixed" {
            break;
        }
        only_positioned = position == "absolute" || (only_positioned && position == "static");
        next = outer(&element);
    }
    Some(clips)
}

fn value(style: &CssStyleDeclaration, property: &str) -> String {
    style.get_property_value(property).unwrap_or_default()
}

/// The element around an element as it is drawn: its slot, its parent, or its shadow tree's host.
fn outer(element: &Element) -> Option<Element> {
    if let Some(slot) = element.assigned_slot() {
        return Some(slot.into());
    }
    let parent = element.parent_node()?;
    match parent.dyn_into::<Element>() {
        Ok(parent) => Some(parent),
        Err(parent) => parent.dyn_into::<ShadowRoot>().ok().map(|root| root.host()),
    }
}

/// The parent of the custom element that holds a list.
fn place(list: &Element) -> Option<Node> {
    list.get_root_node().dyn_into::<ShadowRoot>().ok()?.host().parent_node()
}

/// Listens for changes of a list's visible part. Ends when it is dropped.
#[derive(Debug)]
struct Watch {
    list: Element,
    sizes: ResizeObserver,
    sight: IntersectionObserver,
    _outlook: Option<Outlook>,
    _callbacks: [Closure<dyn FnMut()>; 2],
    _scrolling: Vec<EventListener>,
}

impl Watch {
    fn new(list: &Element, clips: &[Clip], sight: &Sight, act: &Act) -> Option<Self> {
        let on = act.clone();
        let mut later = None;
        let resized = Closure::<dyn FnMut()>::new(move || {
            let on = on.clone();
            // A drawing before the observer returns may change sizes again, which browsers report as an error.
            drop(later.replace(Timer::new(0, move || on.emit(Msg::Resized))));
        });
        let outlook = outlook(list, clips, sight, act);
        let (on, asks) = (act.clone(), outlook.as_ref().map(|outlook| (outlook.observer(), list.clone())));
        let seen = Closure::<dyn FnMut()>::new(move || match &asks {
            // The observer's answer sends `Msg::Seen` later.
            Some((observer, list)) => frame::ask_again(observer, list),
            None => on.emit(Msg::Seen),
        });
        let sizes = ResizeObserver::new(resized.as_ref().unchecked_ref()).ok()?;
        let options = IntersectionObserverInit::new();
        options.set_root_margin(&[&number(AHEAD), "px 0px"].concat());
        let sight = IntersectionObserver::new_with_options(seen.as_ref().unchecked_ref(), &options).ok()?;
        sizes.observe(list);
        let mut scrolling = Vec::new();
        for clip in clips {
            // What the panel's size does to the list, the scroller in it shows. Observed twice, the panel would be in a loop
            // whenever it is placed (see `Follow`).
            if clip.element.matches(PANEL) != Ok(true) {
                sizes.observe(&clip.element);
            }
            // The window gets no scroll events of elements within a shadow root.
            if clip.scrolls {
                scrolling.push(EventListener::new(&clip.element, "scroll", act.handler(Msg::Scrolled)));
            }
        }
        if let Some(page) = dom::window(list) {
            scrolling.push(EventListener::new(&page, "scroll", act.handler(Msg::Scrolled)));
        }
        let callbacks = [resized, seen];
        Some(Self { list: list.clone(), sizes, sight, _outlook: outlook, _callbacks: callbacks, _scrolling: scrolling })
    }
}

/// In a frame: asks for the visible part of the list.
fn outlook(list: &Element, clips: &[Clip], sight: &Sight, act: &Act) -> Option<Outlook> {
    let window = dom::window(list).filter(frame::is_frame)?;
    let (act, own) = (act.clone(), list.clone());
    let clips: Vec<_> = clips.iter().map(|clip| clip.element.clone()).collect();
    let inside = move || {
        let page = page(&window);
        (frame::inside(&own, page, clips.iter().cloned()), page.bottom)
    };
    Outlook::new(list, sight.clone(), inside, move || act.emit(Msg::Seen))
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.sizes.disconnect();
        self.sight.disconnect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(top: f64, bottom: f64) -> Rect {
        Rect { left: 0.0, top, right: 400.0, bottom }
    }

    const PAGE: Rect = Rect { left: 0.0, top: 0.0, right: 1_000.0, bottom: 800.0 };

    #[test]
    fn a_list_is_seen_through_all_that_cuts_it_off() {
        let list = rect(-500.0, 2_500.0);
        let seen = |clips: &[Rect]| stretch(list, 3_000.0, PAGE, clips.iter().copied());
        assert_eq!(seen(&[]), Some(Stretch { from: 500.0, to: 1_300.0 }));
        assert_eq!(seen(&[rect(100.0, 600.0)]), Some(Stretch { from: 600.0, to: 1_100.0 }));
        assert_eq!(seen(&[rect(100.0, 600.0), rect(300.0, 900.0)]), Some(Stretch { from: 800.0, to: 1_100.0 }));
        assert_eq!(seen(&[rect(100.0, 100.0)]), None, "an ancestor without height");
        assert_eq!(seen(&[Rect { right: 0.0, ..rect(0.0, 800.0) }]), None, "or without width");
    }

    #[test]
    fn a_list_that_is_drawn_smaller_shows_more_of_itself() {
        let half = rect(-500.0, 1_000.0);
        assert_eq!(stretch(half, 3_000.0, PAGE, [].into_iter()), Some(Stretch { from: 1_000.0, to: 2_600.0 }));
        assert_eq!(stretch(rect(0.0, 0.0), 0.0, PAGE, [].into_iter()), None, "not laid out");
    }
}
