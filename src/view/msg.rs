//! What can happen to a panel, or to the arrivals beside the bell, as messages of their views.

use web_sys::PointerEvent;

use super::intent::Intent;
use crate::{
    config::Preference,
    model::{Meaning, NotificationId},
};

/// What can happen to a panel, or to the arrivals beside the bell.
#[derive(Debug, Clone)]
pub enum Msg {
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
    /// Sizes have changed: of rows, or of elements that cut the list off.
    Resized,
    /// Other parts of the list may be visible, though nothing was scrolled.
    Seen,
    /// The window changed its size.
    Moved,
    /// A shown time may need other words now.
    Tick,
    /// The last drawing had other sizes than assumed, so the panel is drawn again.
    Redraw,
    /// A finger has been up for a while.
    Lifted,
    /// Something about a row's menu.
    Menu(MenuMsg),
    /// Open the page of preferences, or close it.
    Preferences(bool),
    /// The member has chosen something there.
    Prefer(Preference),
    /// Leave a menu, the preferences or a question; if none is open, leave the panel. Or close all arrivals.
    Escape,
    /// Close this arrival.
    Close(NotificationId),
    /// A pointer comes to the arrivals.
    Over {
        /// It is a finger.
        by_finger: bool,
    },
}

/// The pages of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// All actions.
    Actions,
    /// How long to snooze.
    Snooze,
    /// A moment of the member's own choice.
    Date,
}

/// What can happen to menus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuMsg {
    /// Open the menu of this row, or close it.
    Toggle(NotificationId),
    /// Open the menu of this row.
    Open(NotificationId),
    /// Move between its items.
    Step(Move),
    /// Show another page of the menu.
    Turn(Page),
    /// This was chosen.
    Choose(Intent),
    /// Snooze until the moment in the menu's field.
    Snooze,
    /// Put the text of the message on the clipboard.
    Copy,
    /// Focus has left the menu.
    Left,
    /// The member has changed their mind.
    Close,
}

/// Where the keys lead: arrows, Page Up and Page Down, Home and End.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    Next,
    Previous,
    /// Down by the height of the visible part.
    PageDown,
    /// Up by the height of the visible part.
    PageUp,
    First,
    Last,
}
