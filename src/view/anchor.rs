//! The reading place: the row that a reader looks at stays where it is, whatever is drawn above it.
//!
//! Browsers do this for some scrollers only, and some browsers for none. So the list does it itself everywhere, and
//! switches the browser's own anchoring off (`overflow-anchor`).

use web_sys::Element;

use super::{dom, viewport::Stretch};
use crate::model::NotificationId;

/// Browsers round away less than this, also where the list is zoomed to three times its size (the window's pixels).
const ROUNDED: f64 = 2.0;

/// A row and its place before a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Anchor {
    pub(super) id: NotificationId,
    /// From the top of the window, in the window's pixels.
    pub(super) seen_at: f64,
}

impl Anchor {
    /// The first drawn row that begins in the visible part of the list. `scale`: the drawn size of the list divided by
    /// its layout size.
    pub(super) fn find(list: &Element, seen: Stretch, scale: f64) -> Option<Self> {
        let top = dom::rect(list).top;
        dom::all(list, "[data-id]").iter().find_map(|row| {
            let seen_at = dom::rect(row).top;
            let stands_at = (seen_at - top) / scale;
            if (seen.from..seen.to).contains(&stands_at) { Some(Self { id: dom::row_id(row)?, seen_at }) } else { None }
        })
    }
}

/// What was missing when a row was brought back to its place: browsers scroll by whole pixels. Left out, it would add up with
/// each row that arrives.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rest {
    /// Where the top of the list was then, in the window's pixels.
    top: f64,
    /// How far below its place the row was, in the window's pixels.
    below: f64,
}

impl Rest {
    /// What is missing now. A row that is farther off could not be brought back, at the end of the list: it has a new place.
    pub(super) fn new(list: &Element, below: f64) -> Self {
        Self { top: dom::rect(list).top, below: if below.abs() < ROUNDED { below } else { 0.0 } }
    }

    /// The place that the row had before, if nobody has scrolled since.
    pub(super) fn correct(self, list: &Element, mut anchor: Anchor) -> Anchor {
        if dom::rect(list).top == self.top {
            anchor.seen_at -= self.below;
        }
        anchor
    }
}

/// The element of a row, if it is drawn.
pub(super) fn row(list: &Element, id: NotificationId) -> Option<Element> {
    let selector = ["[data-id=\"", &id.0.to_string(), "\"]"].concat();
    list.query_selector(&selector).ok()?
}
