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

/// Firefox closes a tab so soon after `pagehide` that about every third request sent there is lost, `keepalive` or not.
/// A tab that is closed is hidden some milliseconds before, which is enough.
fn sends_nothing_late() -> bool {
    js_sys::Reflect::has(&js_sys::global(), &"mozInnerScreenX".into()).is_ok_and(|there| there)
}

/// Where a page stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// It is there, for the first time or again.
    There,
    /// A navigation begins, which may come to nothing.
    MayGo,
    /// It is hidden, and may never be asked again whether it has something to send.
    MayClose,
    /// It goes into the back/forward cache or is frozen, perhaps for good.
    Cached,
}

/// Listens until dropped.
pub(super) struct Watch {
    _listeners: Vec<EventListener>,
}

impl Watch {
    /// Turns the page's own events into the feed's. `turn` is told where the page stands in its life.
    pub(super) fn new(tell: impl Fn(Event) + Clone + 'static, turn: impl Fn(Life) + Clone + 'static) -> Self {
        let Some(window) = web_sys::window() else {
            return Self { _listeners: Vec::new() };
        };
        let mut listeners = Vec::new();
        let mut turns = |target: &web_sys::EventTarget, name: &'static str, life: Life| {
            let turn = turn.clone();
            listeners.push(EventListener::new(target, name, move |_| turn(life)));
        };
        turns(&window, "beforeunload", Life::MayGo);
        turns(&window, "pagehide", Life::Cached);
        turns(&window, "pageshow", Life::There);
        if let Some(document) = window.document() {
            // Page Lifecycle: a frozen page runs no timers; it must not keep the others from polling.
            turns(&document, "freeze", Life::Cached);
            turns(&document, "resume", Life::There);
        }
        if let Some(document) = window.document().filter(|_| sends_nothing_late()) {
            let turn = turn.clone();
            let hidden = move |_: &web_sys::Event| {
                if !visible() {
                    turn(Life::MayClose);
                }
            };
            // Before the feed hears that it is hidden.
            listeners.push(EventListener::new(&document, "visibilitychange", hidden));
        }
        let mut on = |target: &web_sys::EventTarget, name: &'static str, event: fn() -> Event| {
            let tell = tell.clone();
            listeners.push(EventListener::new(target, name, move |_| tell(event())));
        };
        if let Some(document) = window.document() {
            on(&document, "visibilitychange", || Event::Visible(visible()));
        }
        on(&window, "online", || Event::Online(true));
        on(&window, "offline", || Event::Online(false));
        Self { _listeners: listeners }
    }
}
