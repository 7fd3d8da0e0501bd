//! What can happen to a panel, as messages of its views.

use web_sys::PointerEvent;

use super::intent::Intent;
use crate::{
    config::Preference,
    model::{Meaning, NotificationId},
};

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
    /// Sizes have changed: of rows, or of what the list is seen through.
    Resized,
    /// Other parts of the list may be in view, though nothing was scrolled.
    Seen,
    /// The window changed its size.
    Moved,
    /// Something shown may be called otherwise now.
    Tick,
    /// The last drawing taught something about sizes.
    Redraw,
    /// A finger has been up for a while.
    Lifted,
    /// Something about a row's menu.
    Menu(MenuMsg),
    /// Open the page of preferences, or close it.
    Preferences(bool),
    /// The member has chosen something there.
    Prefer(Preference),
    /// Out of a menu or a question, or else out of the panel.
    Escape,
}

/// What is to be chosen from in a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// All that can be done.
    Actions,
    /// How long to snooze.
    Snooze,
    /// A moment of the member's own choice.
    Date,
}

/// What can happen to menus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MenuMsg {
    /// Open the menu of this row, or close it.
    Toggle(NotificationId),
    /// Open it.
    Open(NotificationId),
    /// Move between its items.
    Step(Move),
    /// Show another page of it.
    Turn(Page),
    /// This was chosen.
    Choose(Intent),
    /// Snooze until the moment in its field.
    Snooze,
    /// Put the text of the message on the clipboard.
    Copy,
    /// Focus has left it.
    Left,
    /// The member has changed their mind.
    Close,
}

/// Where the keys lead: arrows, Page Up and Page Down, Home and End.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Move {
    Next,
    Previous,
    /// As far below as can be seen at once.
    PageDown,
    /// As far above.
    PageUp,
    First,
    Last,
}
