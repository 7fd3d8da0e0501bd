//! Keeps an open panel at its bell, whatever moves either of them.
//!
//! While both are at rest nothing runs: the browser reports when the bell leaves its place, when either changes its
//! size, and when something around them begins to move. From then on the places are compared before each frame, until
//! nothing has moved for a few frames.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Function};
use web_sys::{
    Element, EventTarget, IntersectionObserver, IntersectionObserverInit, Node, ResizeObserver,
    wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen},
};

use super::{
    dom,
    place::{Rect, Size},
    popover::{self, Placing},
};

/// After this many frames without movement nothing moves any more.
const REST: u32 = 4;
/// No scrollbar is wider than this.
const SCROLLBAR: f64 = 30.0;
/// Events after which something around the bell may be moving. The browser's observers report other changes.
const SIGNS: [&str; 4] = ["scroll", "resize", "transitionrun", "animationstart"];

#[wasm_bindgen]
extern "C" {
    /// Stands for a document or a shadow root, for an animation of it, and for the animation's effect.
    type Animated;
    #[wasm_bindgen(method, catch, js_name = getAnimations)]
    fn animations(this: &Animated) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, getter)]
    fn effect(this: &Animated) -> Option<Animated>;
    #[wasm_bindgen(method, getter)]
    fn target(this: &Animated) -> Option<Node>;
    #[wasm_bindgen(method, getter, js_name = playState)]
    fn play_state(this: &Animated) -> String;
}

/// Keeps the panel in place until it is dropped.
#[derive(Debug)]
pub(super) struct Follow {
    watch: Rc<Watch>,
}

impl Follow {
    pub(super) fn new(panel: Element, bell: Element, placing: Placing) -> Self {
        let watch = Rc::new_cyclic(|watch: &std::rc::Weak<Watch>| {
            let watch = watch.clone();
            let changed = Closure::<dyn FnMut(JsValue)>::new(move |sign: JsValue| {
                if let Some(watch) = watch.upgrade() {
                    watch.check(sign.as_f64().is_some());
                }
            });
            Watch {
                targets: targets(&panel),
                scopes: dom::scopes(&panel),
                panel,
                bell,
                placing: Cell::new(placing),
                changed,
                seen: Cell::default(),
                quiet: Cell::new(0),
                frame: Cell::default(),
                sizes: RefCell::default(),
                is_measuring: Cell::default(),
                place: RefCell::default(),
                guarded: Cell::default(),
            }
        });
        watch.begin();
        Self { watch }
    }

    /// Whether panel and bell have moved to other trees: a new `Follow` must keep them together there.
    pub(super) fn is_lost(&self) -> bool {
        self.watch.scopes != dom::scopes(&self.watch.panel) || self.watch.targets != targets(&self.watch.panel)
    }

    /// The panel has been drawn, or has a new placing.
    pub(super) fn refresh(&self, placing: Placing) {
        if self.watch.placing.replace(placing) != placing {
            self.watch.seen.take();
        }
        self.watch.check(false);
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.watch.end();
    }
}

#[derive(Debug)]
struct Watch {
    panel: Element,
    bell: Element,
    placing: Cell<Placing>,
    /// The targets that are listened to: the window, and the shadow roots around, whose events do not reach the window.
    targets: Vec<EventTarget>,
    scopes: Vec<Node>,
    /// Called for each event, and with a number before a frame.
    changed: Closure<dyn FnMut(JsValue)>,
    /// The measures that the panel was last placed by.
    seen: Cell<Option<[f64; 8]>>,
    /// Frames without movement.
    quiet: Cell<u32>,
    /// The requested frame.
    frame: Cell<Option<i32>>,
    sizes: RefCell<Option<ResizeObserver>>,
    /// Panel and bell are observed for their sizes.
    is_measuring: Cell<bool>,
    place: RefCell<Option<IntersectionObserver>>,
    /// The place of the bell that the observer guards.
    guarded: Cell<Option<Rect>>,
}

impl Watch {
    fn call(&self) -> &Function {
        self.changed.as_ref().unchecked_ref()
    }

    fn begin(&self) {
        self.listen(true);
        self.sizes.replace(ResizeObserver::new(self.call()).ok());
        self.measure(true);
        self.check(false);
    }

    fn end(&self) {
        self.listen(false);
        self.measure(false);
        if let Some(place) = self.place.take() {
            place.disconnect();
        }
        if let Some((window, frame)) = dom::window(&self.panel).zip(self.frame.take()) {
            drop(window.cancel_animation_frame(frame));
        }
    }

    /// Adds the listeners for these events, or removes them.
    fn listen(&self, begins: bool) {
        for target in &self.targets {
            for sign in SIGNS {
                drop(match begins {
                    true => target.add_event_listener_with_callback_and_bool(sign, self.call(), true),
                    false => target.remove_event_listener_with_callback_and_bool(sign, self.call(), true),
                });
            }
        }
    }

    /// Observes the sizes of panel and bell, or ends that.
    fn measure(&self, begins: bool) {
        if let Some(sizes) = &*self.sizes.borrow()
            && self.is_measuring.replace(begins) != begins
        {
            if begins {
                sizes.observe(&self.panel);
                sizes.observe(&self.bell);
            } else {
                sizes.disconnect();
            }
        }
    }

    /// Places the panel again if something has changed.
    fn check(&self, is_frame: bool) {
        if is_frame {
            self.frame.take();
            self.quiet.set(self.quiet.get() + 1);
            self.measure(true);
        } else {
            self.quiet.set(0);
        }
        let Some(window) = dom::window(&self.panel) else { return };
        let bell = dom::rect(&self.bell);
        let view = dom::inner_size(&window);
        let size = dom::size(&self.panel);
        let now = [bell.left, bell.top, bell.right, bell.bottom, view.width, view.height, size.width, size.height];
        // A bell that is not displayed has no place: the panel stays where it is until the bell is displayed.
        let is_displayed = bell != Rect::default() || self.seen.get().is_none();
        if is_displayed && self.seen.replace(Some(now)) != Some(now) {
            // Placing the panel may change its size. An observer that then runs again would be a loop, which browsers
            // report to the page as an error. The next frame observes again, and reports this change, too.
            self.measure(false);
            popover::place(&self.panel, bell, self.placing.get());
            self.quiet.set(0);
        }
        if self.quiet.get() < REST || self.is_animated() || self.is_zoomed_blindly(view) {
            if self.frame.get().is_none() {
                self.frame.set(window.request_animation_frame(self.call()).ok());
            }
        } else if self.guarded.replace(Some(bell)) != Some(bell) {
            self.guard(bell);
        }
    }

    /// Whether the bell is zoomed in a browser that does not report the zoom. There the observers miss movements, so
    /// the places are compared before each frame.
    fn is_zoomed_blindly(&self, window: Size) -> bool {
        let differs = |own: Size| (own.width - window.width).abs() > SCROLLBAR;
        !dom::tells_zoom(&self.panel) && popover::view(&self.panel).is_some_and(differs)
    }

    /// Whether something around the bell is animated. Animations that run on the compositor send no other sign.
    fn is_animated(&self) -> bool {
        for scope in &self.scopes {
            for animation in scope.get_root_node().unchecked_into::<Animated>().animations().unwrap_or_default() {
                let animation = animation.unchecked_into::<Animated>();
                let target = animation.effect().and_then(|effect| effect.target());
                if target.is_some_and(|target| target.contains(Some(scope)) && !self.panel.contains(Some(&target)))
                    && animation.play_state() == "running"
                {
                    return true;
                }
            }
        }
        false
    }

    /// Makes the browser report when the bell leaves its place: the observed part of the viewport is exactly as large
    /// as the bell, so the least movement takes some of the bell out of it.
    fn guard(&self, bell: Rect) {
        if let Some(place) = self.place.take() {
            place.disconnect();
        }
        let Some((document, view)) = self.panel.owner_document().zip(popover::view(&self.panel)) else { return };
        let bell = bell.scaled(1.0 / dom::unit(&self.panel));
        // Percentages of the viewport are the same at any zoom.
        let margins = [
            bell.top / view.height,
            (view.width - bell.right) / view.width,
            (view.height - bell.bottom) / view.height,
            bell.left / view.width,
        ];
        let margins: String = margins.map(|share| dom::number(share * -100.0) + "% ").into_iter().collect();
        let options = IntersectionObserverInit::new();
        options.set_root(Some(document.unchecked_ref()));
        options.set_root_margin(&margins);
        options.set_threshold(&(0..=100).map(|percent| JsValue::from(f64::from(percent) / 100.0)).collect::<Array>());
        if let Ok(place) = IntersectionObserver::new_with_options(self.call(), &options) {
            place.observe(&self.bell);
            self.place.replace(Some(place));
        }
    }
}

/// The window that an element is in, and the roots of the shadow trees around its own.
fn targets(element: &Element) -> Vec<EventTarget> {
    let mut targets: Vec<EventTarget> = Vec::new();
    for host in dom::scopes(element).iter().skip(1) {
        let root = host.get_root_node();
        if root.node_type() != Node::DOCUMENT_NODE {
            targets.push(root.into());
        }
    }
    targets.extend(dom::window(element).map(EventTarget::from));
    targets
}
