//! The page's state: visible or hidden, online or offline, about to be left.

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::EventTarget;

use crate::js::{get, global};

/// The page is seen. An old page's frame of the name `hidden` stands for the document's property, so only `true` counts.
pub(crate) fn visible() -> bool {
    let document = global("document").unwrap_or_default();
    let state = get(&document, "visibilityState").and_then(|state| state.as_string());
    state.as_deref() != Some("hidden") && get(&document, "hidden") != Some(JsValue::TRUE)
}

/// The browser has a network, as far as it knows.
pub(super) fn online() -> bool {
    global("navigator").and_then(|navigator| get(&navigator, "onLine")) != Some(JsValue::FALSE)
}

/// Whether this is Firefox. It closes a tab so soon after `pagehide` that about every third request sent then is lost,
/// even with `keepalive`. It hides the tab some milliseconds before, which is enough.
fn sends_nothing_late() -> bool {
    global("mozInnerScreenX").is_some_and(|field| !field.is_undefined())
}

/// What happens to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// It is there, for the first time or again.
    There,
    /// A navigation begins, but the page may still stay.
    MayGo,
    /// It is shown or hidden. Comes before [`Life::Turns`], in browsers where a hidden page may have no later moment to
    /// send.
    MayClose,
    /// It is shown or hidden.
    Turns,
    /// It goes into the back/forward cache or is frozen, perhaps for good.
    Cached,
    /// The browser has a network, or has lost it.
    Online(bool),
}

/// The window's events.
const WINDOW: [(&str, Life); 5] = [
    ("beforeunload", Life::MayGo),
    ("pagehide", Life::Cached),
    ("pageshow", Life::There),
    ("online", Life::Online(true)),
    ("offline", Life::Online(false)),
];
/// The document's events. A frozen page (Page Lifecycle) runs no timers, so it must not lead: others must poll.
const DOCUMENT: [(&str, Life); 3] =
    [("freeze", Life::Cached), ("resume", Life::There), ("visibilitychange", Life::Turns)];

/// Listens until dropped.
pub(super) struct Watch {
    _listeners: Vec<EventListener>,
}

impl Watch {
    /// Calls `turn` with what happens to the page.
    pub(super) fn new(on_life: impl Fn(Life) + Clone + 'static) -> Self {
        let mut listeners = Vec::new();
        let mut listen = |target: &EventTarget, events: &[(&'static str, Life)]| {
            for (name, life) in events.iter().copied() {
                let on_life = on_life.clone();
                listeners.push(EventListener::new(target, name, move |_| on_life(life)));
            }
        };
        if let Some(window) = web_sys::window() {
            listen(&window, &WINDOW);
            if let Some(document) = window.document() {
                if sends_nothing_late() {
                    listen(&document, &[("visibilitychange", Life::MayClose)]);
                }
                listen(&document, &DOCUMENT);
            }
        }
        Self { _listeners: listeners }
    }
}
