//! A panel's listeners on the page around it. A listener ends when it is dropped.

use std::{cell::Cell, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::{Element, Event, EventTarget, KeyboardEvent, Node, wasm_bindgen::JsCast};
use yew::NodeRef;

use super::{act::Act, dom, intent::Intent, layers::Layer, msg::Msg};
use crate::effect::Timer;

/// Elements that keep presses and keys from the page.
const FRAMES: &str = "iframe,object,embed,frame,fencedframe";
/// Elements with the browser's own controls. Some browsers send no events for presses on these.
const MEDIA: &str = "video,audio";

/// Listens for changes of the panel's place or its words: scrolling, new sizes, a page that becomes visible again.
pub(super) fn to_page(act: &Act, scroller: &NodeRef) -> Vec<EventListener> {
    let Some(scroller) = scroller.get() else {
        return Vec::new();
    };
    let Some((window, document)) = dom::window(&scroller).zip(scroller.owner_document()) else {
        return Vec::new();
    };
    vec![
        EventListener::new(&window, "resize", act.handler(Msg::Moved)),
        EventListener::new(&document, "visibilitychange", act.handler(Msg::Tick)),
    ]
}

/// Listens for Escape and for presses outside, which close a panel.
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

/// In the capture phase, before the page can stop an event.
const CAPTURE: EventListenerOptions =
    EventListenerOptions { phase: gloo_events::EventListenerPhase::Capture, passive: true };

/// What a press outside means.
const CLOSE: Msg = Msg::Ask(Intent::Close { refocus: false });

/// Calls `on_event` for each such event.
fn listen(
    target: &EventTarget,
    event: &'static str,
    options: EventListenerOptions,
    on_event: impl Fn(&Event) + 'static,
) -> EventListener {
    // The box gives all listeners one type: gloo's own code is compiled anew for each function.
    let on_event: Box<dyn FnMut(&Event)> = Box::new(on_event);
    EventListener::new_with_options(target, event, options, on_event)
}

/// Escape, if it is the panel's.
fn keys(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let act = act.clone();
    let layer = Layer::new(panel.clone());
    let options = EventListenerOptions { passive: false, ..CAPTURE };
    listen(window, "keydown", options, move |event| {
        let key = dom::key(event);
        tab.set(key == "Tab");
        layer.refresh();
        let is_composing = event.unchecked_ref::<KeyboardEvent>().is_composing();
        if key == "Escape" && !is_composing && layer.is_topmost(event) {
            // This Escape must close nothing else: no dialog or popover around the panel, and nothing by page code.
            event.prevent_default();
            act.emit(Msg::Escape);
        }
    })
}

/// Presses outside. Each tree around the panel has a listener: from outside a closed shadow tree nothing shows which
/// element in it was pressed.
fn presses(act: &Act, panel: &Element, bell: &Element) -> Vec<EventListener> {
    let ours = [Some(panel.clone().into()), Some(bell.clone().into())];
    let listen = |(depth, scope): (usize, Node)| {
        let root = scope.get_root_node();
        let (act, ours) = (act.clone(), ours.clone());
        listen(&root, "pointerdown", CAPTURE, move |event| {
            let target = event.target();
            let inside = match depth {
                0 => dom::came_from(event, &ours),
                // For presses within this host, the listener in its shadow tree decides.
                _ => scope.contains(target.as_ref().map(|target| target.unchecked_ref())),
            };
            if !inside {
                act.emit(CLOSE);
            }
        })
    };
    dom::scopes(panel).into_iter().enumerate().map(listen).collect()
}

/// Presses on the browser's own controls. Only the focus that they take reveals them.
fn media(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let (act, panel) = (act.clone(), panel.clone());
    listen(window, "focusin", CAPTURE, move |event| {
        let by_key = tab.take();
        let target = event.composed_path().get(0).unchecked_into::<EventTarget>();
        let media = dom::element(target).filter(|element| element.matches(MEDIA) == Ok(true));
        if !by_key && media.is_some_and(|media| !dom::holds(&panel, &media)) {
            act.emit(CLOSE);
        }
    })
}

/// Presses in a frame. Only the focus that the frame takes reveals them, unless Tab has led there. If another window
/// takes the focus, none of this window's frames has it.
fn frames(act: &Act, panel: &Element, window: &EventTarget, tab: Rc<Cell<bool>>) -> EventListener {
    let (act, panel) = (act.clone(), panel.clone());
    let timer = Cell::new(None);
    listen(window, "blur", EventListenerOptions::default(), move |_| {
        if tab.take() {
            return;
        }
        let (act, panel) = (act.clone(), panel.clone());
        // Some browsers report the new focus only after the event.
        timer.set(Some(Timer::new(0, move || {
            if dom::deep_focus(&panel).is_some_and(|focused| focused.matches(FRAMES) == Ok(true)) {
                act.emit(CLOSE);
            }
        })));
    })
}
