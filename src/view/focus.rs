//! Where the keyboard's focus goes when the panel changes.

use web_sys::Element;

use super::dom;

/// Where focus goes after the next drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Focus {
    /// Nowhere else, unless what had it is gone.
    #[default]
    Stays,
    /// Into the panel, without moving the page.
    Enters,
    /// It is on the panel, which had no row yet: to the first one that comes, if it is still there by then.
    Waits,
    /// To the row that the keyboard is at.
    Row,
    /// To the chosen filter.
    Chip,
    /// To the careful answer of a question.
    Keep,
    /// To the button that has asked it.
    All,
    /// Into the open menu.
    Menu,
    /// To the button that has opened it.
    Opener,
    /// Into the page of preferences.
    Preferences,
    /// To the button that has opened that.
    PreferencesButton,
}

impl Focus {
    /// Moves focus within `panel`. `row` is where the keyboard is in the list; `had` tells whether focus was in the panel
    /// before it was drawn, and so must not be lost with a part that is gone. Returns what to do after the drawing that
    /// follows.
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
            // The last row may have gone by what was chosen.
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
