//! The page around the widget: seen or hidden, online or not, about to go away.

use gloo_events::EventListener;
use web_sys::VisibilityState;

use crate::feed::Event;

/// The page is seen.
pub(super) fn visible() -> bool {
    web_sys::window()
        .and_then(|window| window.document())
        .is_none_or(|document| document.visibility_state() != VisibilityState::Hidden)
}

/// The browser has a network, as far as it knows.
pub(super) fn online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Listens until dropped.
pub(super) struct Watch {
    _listeners: Vec<EventListener>,
}

impl Watch {
    /// Turns the page's own events into the feed's. `turn` is told that the page goes away (`true`), or that it is there.
    pub(super) fn new(tell: impl Fn(Event) + Clone + 'static, turn: impl Fn(bool) + Clone + 'static) -> Self {
        let Some(window) = web_sys::window() else {
            return Self { _listeners: Vec::new() };
        };
        let turns = ["pagehide", "pageshow"].map(|name| {
            let turn = turn.clone();
            EventListener::new(&window, name, move |_| turn(name == "pagehide"))
        });
        let mut listeners = Vec::from(turns);
        let mut on = |target: &web_sys::EventTarget, name: &'static str, event: fn() -> Event| {
            let tell = tell.clone();
            listeners.push(EventListener::new(target, name, move |_| tell(event())));
        };
        if let Some(document) = window.document() {
            on(&document, "visibilitychange", || Event::Visible(visible()));
            // Page Lifecycle: a frozen page runs no timers; it must not keep the others from polling.
            on(&document, "freeze", || Event::Visible(false));
            on(&document, "resume", || Event::Visible(visible()));
        }
        on(&window, "online", || Event::Online(true));
        on(&window, "offline", || Event::Online(false));
        Self { _listeners: listeners }
    }
}
