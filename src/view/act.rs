//! From browser events to messages of the panel. Each kind of event has one closure here, however many rows there are.

use web_sys::{Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent};
use yew::{Callback, html::Scope};

use super::{dom, intent::Intent, list::Move, panel::Panel};
use crate::model::{Meaning, NotificationId};

/// What can happen to a panel.
#[derive(Debug, Clone)]
pub(super) enum Msg {
    Ask(Intent),
    Filter(Option<Meaning>),
    /// The next filter, or the one before.
    Choose(bool),
    All,
    AllYes,
    Expand(NotificationId),
    Focused(NotificationId),
    Step(Move),
    /// Take the latest dismissal back.
    Undo,
    Touch(PointerEvent),
    Scrolled,
    /// The page around scrolled, or the window changed its size.
    Moved,
    /// Something shown may be called otherwise now.
    Tick,
    /// The last drawing taught something about sizes.
    Redraw,
    /// Out of a question, or else out of the panel.
    Escape,
}

/// Makes event handlers for the views of a panel.
#[derive(Debug, Clone)]
pub(super) struct Act(pub(super) Scope<Panel>);

impl Act {
    /// A press of a button.
    pub(super) fn press(&self, msg: Msg) -> Callback<MouseEvent> {
        let link = self.0.clone();
        Callback::from(move |_| link.send_message(msg.clone()))
    }

    /// A press of a row: not of its buttons, and not one that opens its link in another tab.
    pub(super) fn select(&self, id: NotificationId) -> Callback<MouseEvent> {
        let link = self.0.clone();
        Callback::from(move |event: MouseEvent| {
            let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
            if dom::closest(&event, "button").is_some() || (elsewhere && dom::closest(&event, "a").is_some()) {
                return;
            }
            event.prevent_default();
            link.send_message(Msg::Ask(Intent::Select(id)));
        })
    }

    /// Focus comes to a row or into it.
    pub(super) fn focused(&self, id: NotificationId) -> Callback<FocusEvent> {
        let link = self.0.clone();
        Callback::from(move |_| link.send_message(Msg::Focused(id)))
    }

    /// A finger on the list. Mice and pens have buttons to press.
    pub(super) fn touch(&self) -> Callback<PointerEvent> {
        let link = self.0.clone();
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "touch" {
                link.send_message(Msg::Touch(event));
            }
        })
    }

    /// A key anywhere in the panel.
    pub(super) fn keys(&self) -> Callback<KeyboardEvent> {
        let link = self.0.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.alt_key() || event.is_composing() {
                return;
            }
            let chord = event.ctrl_key() || event.meta_key();
            if let Some(msg) = if chord { command(&event) } else { key(&event) } {
                event.prevent_default();
                link.send_message(msg);
            }
        })
    }

    /// Any other event, heard on window, document or scroller.
    pub(super) fn send(&self, msg: Msg) -> impl FnMut(&Event) + 'static {
        let link = self.0.clone();
        move |_| link.send_message(msg.clone())
    }
}

fn key(event: &KeyboardEvent) -> Option<Msg> {
    let key = event.key();
    if dom::closest(event, "[role=radio]").is_some() {
        return choice(&key, dom::closest(event, "[dir=rtl]").is_some()).map(Msg::Choose);
    }
    let row = dom::closest(event, "[data-id]");
    if row.is_none() && dom::closest(event, "[part=panel]") != event.target().and_then(to_element) {
        // The keys of other controls are theirs.
        return None;
    }
    let id = row.as_ref().and_then(dom::row_id);
    let on_row = row.is_some() && row == event.target().and_then(to_element);
    match (key.as_str(), id) {
        ("Enter", Some(id)) if on_row => Some(Msg::Ask(Intent::Select(id))),
        ("Delete" | "Backspace", Some(id)) => Some(Msg::Ask(Intent::Dismiss(id))),
        _ => step(&key).map(Msg::Step),
    }
}

/// What is asked with Control, or Command on a Mac. In a field that the page has put into a slot it is the field's.
fn command(event: &KeyboardEvent) -> Option<Msg> {
    (event.key() == "z" && dom::closest(event, "[part=panel]").is_some()).then_some(Msg::Undo)
}

fn to_element(target: web_sys::EventTarget) -> Option<web_sys::Element> {
    use web_sys::wasm_bindgen::JsCast;
    target.dyn_into().ok()
}

/// Where a key leads in the list.
fn step(key: &str) -> Option<Move> {
    match key {
        "ArrowDown" => Some(Move::Next),
        "ArrowUp" => Some(Move::Previous),
        "PageDown" => Some(Move::PageDown),
        "PageUp" => Some(Move::PageUp),
        "Home" => Some(Move::First),
        "End" => Some(Move::Last),
        _ => None,
    }
}

/// Whether a key leads to the next filter (`true`) or the one before.
fn choice(key: &str, right_to_left: bool) -> Option<bool> {
    match key {
        "ArrowDown" => Some(true),
        "ArrowUp" => Some(false),
        "ArrowRight" => Some(!right_to_left),
        "ArrowLeft" => Some(right_to_left),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_follow_the_direction_of_the_text() {
        assert_eq!(choice("ArrowRight", false), Some(true));
        assert_eq!(choice("ArrowRight", true), Some(false));
        assert_eq!(choice("ArrowLeft", true), Some(true));
        assert_eq!(choice("ArrowDown", true), Some(true));
        assert_eq!(choice("Tab", false), None);
        assert_eq!(step("End"), Some(Move::Last));
        assert_eq!(step("a"), None);
    }
}
