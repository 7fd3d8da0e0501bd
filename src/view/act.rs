//! Turns browser events into messages of the panel, or of the arrivals beside the bell.

use std::{cell::Cell, rc::Rc};

use web_sys::{Element, Event, FocusEvent, KeyboardEvent, MouseEvent, PointerEvent, wasm_bindgen::JsCast};
use yew::Callback;

use super::{
    dom,
    intent::Intent,
    msg::{MenuMsg, Move, Msg},
};
use crate::model::NotificationId;

/// A pointer that moved farther than this (in CSS pixels) between down and up may have selected text.
const STILL: i32 = 3;
/// Two presses within this many milliseconds are one double click.
const DOUBLE: f64 = 300.0;

/// How an element reacts to an event.
#[derive(Debug)]
pub(super) enum Reaction {
    /// Send this message.
    Send(Msg),
    /// Select this notification, if the press of its row counts as that.
    Select(NotificationId),
    /// Open this row's menu, unless the event opens the browser's own.
    Menu(NotificationId),
    /// Send a message if focus leaves the menu.
    MenuLeft,
    /// Send the pointer events of a finger.
    Touch,
    /// Send whether the pointer is a finger.
    Over,
    /// Send the message that the key stands for.
    Keys(fn(&KeyboardEvent) -> Option<Msg>),
    /// Keep the browser from doing anything.
    Suppress,
}

/// Handles the events of the views of a panel, or of the arrivals beside the bell.
#[derive(Debug, Clone)]
pub(super) struct Act(Rc<Shared>);

#[derive(Debug)]
struct Shared {
    send: Callback<Msg>,
    /// Where the pointer last went down.
    down: Cell<(i32, i32)>,
    /// When and where a row was last pressed.
    pressed: Cell<(f64, i32, i32)>,
}

impl Act {
    /// Sends messages through `send`.
    pub(super) fn new(send: Callback<Msg>) -> Self {
        Self(Rc::new(Shared { send, down: Cell::default(), pressed: Cell::new((f64::MIN, 0, 0)) }))
    }

    /// Sends a message at once.
    pub(super) fn emit(&self, msg: Msg) {
        self.0.send.emit(msg);
    }

    /// Does what an element's reaction to an event says.
    pub(super) fn react(&self, reaction: &Reaction, event: &Event) {
        match reaction {
            Reaction::Send(msg) => self.emit(msg.clone()),
            Reaction::Select(id) => self.select(*id, event.unchecked_ref()),
            Reaction::Menu(id) => self.context(*id, event.unchecked_ref()),
            Reaction::MenuLeft => self.menu_left(event.unchecked_ref()),
            Reaction::Touch => self.touch(event.unchecked_ref()),
            Reaction::Over => self.over(event.unchecked_ref()),
            Reaction::Keys(read) => self.keys(*read, event.unchecked_ref()),
            Reaction::Suppress => event.prevent_default(),
        }
    }

    /// A press of a row. It does not count on the row's buttons, at the end of selecting text, or if it opens the row's
    /// link in another tab.
    fn select(&self, id: NotificationId, event: &MouseEvent) {
        let on_link = dom::closest(event, "a").is_some();
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() == 1;
        if event.button() > 1 || dom::closest(event, "button").is_some() || (elsewhere && on_link) {
            return;
        }
        // The browser must not follow the link: the page may navigate in its own way.
        event.prevent_default();
        if self.is_second(event) || self.has_selected(event) {
            return;
        }
        match event.current_target().and_then(dom::element).filter(|_| elsewhere).and_then(|row| link(&row)) {
            Some(link) => dom::open(&link),
            None if event.button() == 0 => self.emit(Msg::Ask(Intent::Select(id))),
            None => {}
        }
    }

    /// Whether this is the second press of a double click, which selects a word. Some browser drivers send no count.
    fn is_second(&self, event: &MouseEvent) -> bool {
        let (time, x, y) = self.0.pressed.replace((event.time_stamp(), event.client_x(), event.client_y()));
        let again = event.time_stamp() - time < DOUBLE && (x, y) == (event.client_x(), event.client_y());
        event.detail() > 1 || (event.detail() == 1 && again)
    }

    /// Whether the pointer was drawn over text before it went up.
    fn has_selected(&self, event: &MouseEvent) -> bool {
        let (x, y) = self.0.down.get();
        let moved = (event.client_x() - x).abs().max((event.client_y() - y).abs());
        event.detail() > 0 && moved > STILL && dom::has_selection(event)
    }

    /// The context menu is asked for by a key or a long press. A mouse gets the browser's own.
    fn context(&self, id: NotificationId, event: &MouseEvent) {
        if event.button() != 2 && !event.ctrl_key() {
            event.prevent_default();
            self.emit(Msg::Menu(MenuMsg::Open(id)));
        }
    }

    /// Focus goes from the menu to something else, not merely to another window.
    fn menu_left(&self, event: &FocusEvent) {
        let to = event.related_target().and_then(dom::element);
        if to.is_some_and(|to| to.closest("[part=menu],[part=menu-button]") == Ok(None)) {
            self.emit(Msg::Menu(MenuMsg::Left));
        }
    }

    /// A pointer on the list. Only fingers swipe: mice and pens have buttons to press.
    fn touch(&self, event: &PointerEvent) {
        if event.type_() == "pointerdown" {
            self.0.down.set((event.client_x(), event.client_y()));
        }
        if dom::is_touch(event) {
            self.emit(Msg::Touch(event.clone()));
        }
    }

    fn over(&self, event: &PointerEvent) {
        self.emit(Msg::Over { by_finger: dom::is_touch(event) });
    }

    fn keys(&self, read: fn(&KeyboardEvent) -> Option<Msg>, event: &KeyboardEvent) {
        if let Some(msg) = read(event) {
            event.prevent_default();
            self.emit(msg);
        }
    }

    /// A handler for a listener on window, document or scroller. It sends the message.
    pub(super) fn handler(&self, msg: Msg) -> impl Fn(&Event) + 'static {
        let act = self.clone();
        move |_| act.emit(msg.clone())
    }
}

/// Where a row's link leads.
fn link(row: &Element) -> Option<String> {
    row.query_selector("a").ok()??.get_attribute("href")
}

/// What a key means anywhere in the panel.
pub(super) fn panel_key(event: &KeyboardEvent) -> Option<Msg> {
    if event.alt_key() || event.is_composing() {
        return None;
    }
    if event.ctrl_key() || event.meta_key() { command(event) } else { key(event) }
}

fn key(event: &KeyboardEvent) -> Option<Msg> {
    let key = dom::key(event);
    if dom::closest(event, "[part=menu]").is_some() {
        let is_menu = dom::closest(event, "[role=menu]").is_some();
        return match step(&key) {
            Some(to) if is_menu => Some(Msg::Menu(MenuMsg::Step(to))),
            None if is_menu && key == "Tab" => Some(Msg::Menu(MenuMsg::Close)),
            // In the inline list nothing else listens for Escape.
            None if key == "Escape" && !event.default_prevented() => Some(Msg::Menu(MenuMsg::Close)),
            _ => None,
        };
    }
    if dom::closest(event, "[part=preferences]").is_some() {
        // In the inline list nothing else listens for Escape.
        return (key == "Escape" && !event.default_prevented()).then_some(Msg::Preferences(false));
    }
    if dom::closest(event, "[role=radio]").is_some() {
        return choice(&key, dom::closest(event, "[dir=rtl]").is_some()).map(Msg::Choose);
    }
    let row = dom::closest(event, "[data-id]");
    if row.is_none() && dom::closest(event, "[part=panel]") != event.target().and_then(dom::element) {
        // Other controls keep their keys.
        return None;
    }
    let id = row.as_ref().and_then(dom::row_id);
    let on_row = row.is_some() && row == event.target().and_then(dom::element);
    match (key.as_str(), id) {
        ("Enter", Some(id)) if on_row => Some(Msg::Ask(Intent::Select(id))),
        ("ContextMenu", Some(id)) => Some(Msg::Menu(MenuMsg::Open(id))),
        ("F10", Some(id)) if event.shift_key() => Some(Msg::Menu(MenuMsg::Open(id))),
        ("Delete" | "Backspace", Some(id)) => Some(Msg::Ask(Intent::Dismiss(id))),
        _ => step(&key).map(Msg::Step),
    }
}

/// A key with Control, or Command on a Mac. In a field that the page has slotted in, the key belongs to the field.
fn command(event: &KeyboardEvent) -> Option<Msg> {
    (dom::key(event) == "z" && dom::closest(event, "[part=panel]").is_some()).then_some(Msg::Undo)
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
