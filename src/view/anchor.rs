//! The reading place: the row that a reader looks at stays where it is, whatever is drawn above it.
//!
//! Browsers do this for some scrollers only, and some browsers for none. So the list does it itself everywhere, and
//! switches the browser's own anchoring off (`overflow-anchor`).

use web_sys::Element;

use super::{dom, viewport::Stretch};
use crate::model::NotificationId;

/// A row and its place before a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    pub(super) id: NotificationId,
    /// From the top of the window, in the window's pixels.
    seen_at: f64,
    /// From the top of the list, in the list's pixels.
    pub(super) stood_at: f64,
}

impl Anchor {
    /// The first drawn row that begins in the visible part of the list. `scale`: the drawn size of the list divided by
    /// its layout size.
    pub(super) fn find(list: &Element, seen: Stretch, scale: f64) -> Option<Self> {
        let top = dom::rect(list).top;
        dom::all(list, "[data-id]").iter().find_map(|row| {
            let seen_at = dom::rect(row).top;
            let stood_at = (seen_at - top) / scale;
            if (seen.from..seen.to).contains(&stood_at) {
                Some(Self { id: dom::row_id(row)?, seen_at, stood_at })
            } else {
                None
            }
        })
    }

    /// How far the row has moved in the window; `None` while it is not drawn.
    pub(super) fn moved(&self, list: &Element) -> Option<f64> {
        let row = row(list, self.id)?;
        Some(dom::rect(&row).top - self.seen_at)
    }
}

/// The element of a row, if it is drawn.
pub(super) fn row(list: &Element, id: NotificationId) -> Option<Element> {
    let selector = ["[data-id=\"", &id.0.to_string(), "\"]"].concat();
    list.query_selector(&selector).ok()?
}
