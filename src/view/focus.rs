//! Where the keyboard's focus goes when the panel changes.

use web_sys::Element;

use super::dom;

/// Where focus goes after the next drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Focus {
    /// It stays, or goes into the panel if the element that had it is gone.
    #[default]
    Stays,
    /// Into the panel, without moving the page.
    Enters,
    /// It is on the panel, which has no row yet. It goes to the first row that comes, unless it has left the panel.
    Waits,
    /// To the row that the keyboard is at.
    Row,
    /// To the chosen filter.
    Chip,
    /// To the answer that keeps everything.
    Keep,
    /// To the button that has asked the question.
    All,
    /// Into the open menu.
    Menu,
    /// To the button that has opened the menu.
    Opener,
    /// Into the page of preferences.
    Preferences,
    /// To the button that has opened the preferences.
    PreferencesButton,
}

impl Focus {
    /// Moves focus within `panel`. `row` is the keyboard's row in the list. `had` tells whether focus was in the panel
    /// before the drawing; it must then not be lost with an element that is gone. Returns what to do after the next
    /// drawing.
    pub(super) fn move_to(self, panel: &Element, row: Option<Element>, had: bool) -> Self {
        let find = |selector: &str| panel.query_selector(selector).ok().flatten();
        let target = match self {
            Self::Waits if row.is_none() && dom::focused(panel).as_ref() == Some(panel) => return self,
            Self::Waits if dom::focused(panel).as_ref() == Some(panel) => row,
            Self::Stays | Self::Waits if !had || dom::has_focus(panel) => return Self::Stays,
            Self::Stays | Self::Waits | Self::Enters => {
                let waits = row.is_none();
                dom::focus_still(row.as_ref().unwrap_or(panel));
                return if waits { Self::Waits } else { Self::Stays };
            }
            Self::Row => row,
            Self::Chip => find("[aria-checked=true]"),
            Self::Keep => find(".careful"),
            Self::All => find("[part=dismiss-all]"),
            Self::Menu => find("[part=menu] :is([role=menuitem],input)"),
            Self::Preferences => find("[part=preferences] input").or_else(|| find("[part=preferences-button]")),
            Self::PreferencesButton => find("[part=preferences-button]"),
            // The choice may have removed the last row.
            Self::Opener => match row {
                Some(row) => row.query_selector("[part=menu-button]").ok().flatten(),
                None => Some(panel.clone()),
            },
        };
        if let Some(target) = target {
            dom::focus(&target);
        }
        Self::Stays
    }
}
