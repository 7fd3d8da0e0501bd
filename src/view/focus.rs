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
    /// To the row that the keyboard is at.
    Row,
    /// To the chosen filter.
    Chip,
    /// To the careful answer of a question.
    Keep,
}

impl Focus {
    /// Moves focus within `panel`. `row` is where the keyboard is in the list; `had` tells whether focus was in the panel
    /// before it was drawn, and so must not be lost with a part that is gone.
    pub(super) fn move_to(self, panel: Element, row: Option<Element>, had: bool) {
        let find = |selector: &str| panel.query_selector(selector).ok().flatten();
        let target = match self {
            Self::Stays if !had || dom::has_focus(&panel) => return,
            Self::Stays | Self::Enters => return dom::focus_still(&row.unwrap_or(panel)),
            Self::Row => row,
            Self::Chip => find("[aria-checked=true]"),
            Self::Keep => find("#cn-keep"),
        };
        if let Some(target) = target {
            dom::focus(&target);
        }
    }
}
