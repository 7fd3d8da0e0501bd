//! What a panel hears of the page around it. A listener ends when it is dropped.

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::{Element, EventTarget, KeyboardEvent, Node, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::{act::Act, dom, intent::Intent, layers::Layer, msg::Msg};
use crate::effect::Timer;

/// What takes presses and keys away from the page once it has focus.
const FRAMES: &str = "iframe,object,embed,frame,fencedframe";
/// What has controls of the browser's own, which some browsers keep to themselves.
const MEDIA: &str = "video,audio";

/// Listens for what changes the panel's place or its words: scrolling, other sizes, a page that is seen again.
pub(super) fn to_page(act: &Act, scroller: &NodeRef) -> Vec<EventListener> {
    let Some(scroller) = scroller.get() else {
        return Vec::new();
    };
    let Some((window, document)) = dom::window(&scroller).zip(scroller.owner_document()) else {
        return Vec::new();
    };
    vec![
        EventListener::new(&window, "resize", act.send(Msg::Moved)),
        EventListener::new(&document, "visibilitychange", act.send(Msg::Tick)),
    ]
}

/// Listens for what closes a panel: Escape, and a press outside.
pub(super) fn to_leave(act: &Act, panel: &Element, bell: &Element) -> Vec<EventListener> {
    let Some(window) = dom::window(panel) else {
        return Vec::new();
    };
    // The key pressed last was Tab, and focus has not moved since.
    let tab = Rc::new(Cell::new(false));
    let mut listeners = presses(act, panel, bell);
    listeners.push(keys(act, panel, &window, tab.clone()));
    listeners.push(media(act, panel, &window, tab.clone()));
    listeners.push(frames(act, panel, &window, tab));
    listeners
}

/// On the way down, before the page can keep an event to itself.
const CAPTURE: EventListenerOptions =
    EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: true };

/// Escape, if it is the panel's.
fn keys(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let escape = act.send(Msg::Escape);
    let layer = Layer::new(panel.clone());
    let options = EventListenerOptions { passive: false, ..CAPTURE };
    EventListener::new_with_options(window, "keydown", options, move |event| {
        let key = event.unchecked_ref::<KeyboardEvent>();
        tab.set(key.key() == "Tab");
        layer.refresh();
        if key.key() == "Escape" && !key.is_composing() && layer.is_topmost(event) {
            // Nothing around the panel closes with it: neither a dialog or popover, nor what the page does itself.
            event.prevent_default();
            escape(event);
        }
    })
}

/// Presses outside. Each tree around the panel is listened to: from outside a closed shadow tree nobody can tell what
/// was pressed in it.
fn presses(act: &Act, panel: &Element, bell: &Element) -> Vec<EventListener> {
    let ours = [Some(panel.clone().into()), Some(bell.clone().into())];
    let listen = |(depth, scope): (usize, Node)| {
        let root = scope.get_root_node();
        let close = act.send(Msg::Ask(Intent::Close { refocus: false }));
        let ours = ours.clone();
        EventListener::new_with_options(&root, "pointerdown", CAPTURE, move |event| {
            let target = event.target();
            let inside = match depth {
                0 => dom::came_from(event, &ours),
                // Of what is in this host, the listener in its tree knows more.
                _ => scope.contains(target.as_ref().map(|target| target.unchecked_ref())),
            };
            if !inside {
                close(event);
            }
        })
    };
    dom::scopes(panel).into_iter().enumerate().map(listen).collect()
}

/// A press on controls of the browser's own shows by nothing but focus.
fn media(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let close = act.send(Msg::Ask(Intent::Close { refocus: false }));
    let panel = panel.clone();
    EventListener::new_with_options(window, "focusin", CAPTURE, move |event| {
        let by_key = tab.take();
        let target = event.composed_path().get(0).unchecked_into::<EventTarget>();
        let media = dom::element(target).filter(|element| element.matches(MEDIA) == Ok(true));
        if !by_key && media.is_some_and(|media| !dom::holds(&panel, &media)) {
            close(event);
        }
    })
}

/// A press in a frame shows by the focus that it takes, unless Tab has led there. When another window takes focus, none
/// of this window's frames has it.
fn frames(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let act = act.clone();
    let panel = panel.clone();
    let look = Cell::new(None);
    EventListener::new(window, "blur", move |_| {
        if tab.take() {
            return;
        }
        let (act, panel) = (act.clone(), panel.clone());
        // Some browsers say only after the event where focus has gone.
        look.set(Some(Timer::new(0, move || {
            if dom::deep_focus(&panel).is_some_and(|focused| focused.matches(FRAMES) == Ok(true)) {
                act.tell(Msg::Ask(Intent::Close { refocus: false }));
            }
        })));
    })
}
