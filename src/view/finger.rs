//! A finger on the list: it swipes a row away, or opens a row's menu by resting on the row (a long press).

use web_sys::PointerEvent;

use super::{
    act::Act,
    msg::{MenuMsg, Msg},
    swipe::Swipe,
};
use crate::{effect::Timer, model::NotificationId};

/// A finger that rests on a row for this long opens its menu.
const LONG_PRESS_MS: u32 = 500;
/// For this long after a finger has gone up, browsers may still send mouse events for it.
const AFTER_PRESS_MS: u32 = 400;

/// A touch, from the finger's first contact until no more events come from it.
#[derive(Debug, Default)]
pub(super) struct Finger {
    swipe: Option<Swipe>,
    hold: Option<Timer>,
}

impl Finger {
    /// Whether the finger is down, or was a moment ago.
    pub(super) fn is_on(&self) -> bool {
        self.hold.is_some()
    }

    /// No more events come from the finger.
    pub(super) fn end(&mut self) {
        self.hold = None;
    }

    /// The finger goes down, moves or goes up. `Some`: this row is swiped away. `is_open`: whether a menu is open.
    pub(super) fn follow(&mut self, act: &Act, event: &PointerEvent, is_open: bool) -> Option<NotificationId> {
        let after = |time, msg: Msg| {
            let act = act.clone();
            Some(Timer::new(time, move || act.emit(msg)))
        };
        let kind = event.type_();
        if kind == "pointerdown" {
            self.swipe = Swipe::begin(event);
        }
        // The row, while the finger has not moved on it.
        let row = self.swipe.as_ref().and_then(|swipe| swipe.rests(event));
        match (&*kind, row) {
            ("pointerdown", Some(id)) => self.hold = after(LONG_PRESS_MS, Msg::Menu(MenuMsg::Open(id))),
            ("pointermove", Some(_)) => {}
            ("pointermove", None) if is_open => {}
            _ if is_open && self.is_on() => self.hold = after(AFTER_PRESS_MS, Msg::Lifted),
            _ => self.hold = None,
        }
        Swipe::follow(&mut self.swipe, event)
    }
}
