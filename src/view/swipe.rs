//! Swiping a row away with a finger.

use web_sys::{Element, PointerEvent};

use super::dom;
use crate::model::NotificationId;

/// A finger that moved less than this (in CSS pixels) may still mean to press or to scroll. Browsers send no click
/// after a longer movement, so a swipe never ends in a click.
const SLACK: f64 = 16.0;
/// The share of a row's width that a swipe must cover to take the row away.
const ENOUGH: f64 = 0.35;

/// A finger on a row.
#[derive(Debug)]
pub(super) struct Swipe {
    id: NotificationId,
    row: Element,
    pointer: i32,
    start: (f64, f64),
    /// The finger moves sideways, and the row follows it.
    moving: bool,
}

impl Swipe {
    /// A finger goes down.
    pub(super) fn begin(event: &PointerEvent) -> Option<Self> {
        let row = dom::closest(event, "[data-id]")?;
        Some(Self {
            id: dom::row_id(&row)?,
            row,
            pointer: event.pointer_id(),
            start: (event.client_x().into(), event.client_y().into()),
            moving: false,
        })
    }

    /// The row, while the finger has not moved on it.
    pub(super) fn rests(&self, event: &PointerEvent) -> Option<NotificationId> {
        let far = |from: f64, to: i32| (f64::from(to) - from).abs() > SLACK;
        let moved = self.moving || far(self.start.0, event.client_x()) || far(self.start.1, event.client_y());
        (!moved).then_some(self.id)
    }

    /// A finger moves, goes up, or is taken by the browser to scroll. `Some`: this row is swiped away.
    pub(super) fn follow(swipe: &mut Option<Self>, event: &PointerEvent) -> Option<NotificationId> {
        let is_begun = event.type_() == "pointerdown";
        let this = swipe.as_mut().filter(|swipe| swipe.pointer == event.pointer_id() && !is_begun)?;
        let across = f64::from(event.client_x()) - this.start.0;
        let along = f64::from(event.client_y()) - this.start.1;
        if event.type_() == "pointermove" {
            if !this.moving && across.abs() > SLACK && across.abs() > along.abs() {
                this.moving = true;
                drop(this.row.set_pointer_capture(this.pointer));
                drop(this.row.class_list().add_1("swiped"));
            }
            if this.moving {
                dom::style(&this.row, "--_swipe", Some(across));
            }
            return None;
        }
        let away = event.type_() == "pointerup" && this.moving && is_enough(across, f64::from(this.row.client_width()));
        // The row goes back to its place in any case, because the page may keep it.
        dom::style(&this.row, "--_swipe", None);
        drop(this.row.class_list().remove_1("swiped"));
        swipe.take().filter(|_| away).map(|swipe| swipe.id)
    }
}

fn is_enough(across: f64, width: f64) -> bool {
    across.abs() > width * ENOUGH
}

#[cfg(test)]
mod tests {
    use super::is_enough;

    #[test]
    fn a_third_of_the_row_either_way_is_enough() {
        assert!(is_enough(150.0, 360.0));
        assert!(is_enough(-150.0, 360.0));
        assert!(!is_enough(100.0, 360.0));
    }
}
