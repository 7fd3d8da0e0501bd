//! Where the panel stands beside the bell: as configured, flipped if there is no room, shifted to stay in view.

use crate::config::Placement;

/// Between bell and panel, in CSS pixels.
const GAP: f64 = 8.0;
/// Between panel and the viewport's edge.
const EDGE: f64 = 8.0;
/// With less room than this, the panel tries the other side of the bell.
pub(super) const LEAST: f64 = 320.0;

/// A box in the viewport.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Rect {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Rect {
    /// The part that both boxes cover.
    pub(super) fn common(self, other: Self) -> Self {
        Self {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    /// The same box in other units.
    pub(super) fn scaled(self, factor: f64) -> Self {
        let Self { left, top, right, bottom } = self;
        Self { left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor }
    }
}

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// Where the panel stands. It grows away from the bell, so one of its edges is fixed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub(super) left: f64,
    pub(super) edge: Edge,
    /// How high it may grow.
    pub(super) room: f64,
}

/// The edge that is next to the bell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Edge {
    /// The panel's top, so far from the viewport's.
    Top(f64),
    /// The panel's bottom, so far from the viewport's.
    Bottom(f64),
}

/// Places a panel of `size` at `bell` within `view`.
pub(super) fn place(placement: Placement, right_to_left: bool, bell: Rect, size: Size, view: Size) -> Spot {
    let (below, at_end) = match placement {
        Placement::BottomEnd => (true, true),
        Placement::BottomStart => (true, false),
        Placement::TopEnd => (false, true),
        Placement::TopStart => (false, false),
    };
    let under = view.height - bell.bottom - GAP - EDGE;
    let over = bell.top - GAP - EDGE;
    let (room, other) = if below { (under, over) } else { (over, under) };
    let flips = room < size.height.min(LEAST) && other > room;
    let (edge, room) = match below != flips {
        true => (Edge::Top(bell.bottom + GAP), under),
        false => (Edge::Bottom(view.height - bell.top + GAP), over),
    };
    let left = match at_end != right_to_left {
        true => bell.right - size.width,
        false => bell.left,
    };
    Spot {
        // If the panel is wider than the viewport, the edge where lines begin stays in view.
        left: left.min(view.width - size.width - EDGE).max(EDGE),
        edge,
        room: room.max(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: Size = Size { width: 1_000.0, height: 800.0 };
    const PANEL: Size = Size { width: 380.0, height: 560.0 };

    fn bell(left: f64, top: f64) -> Rect {
        Rect { left, top, right: left + 40.0, bottom: top + 40.0 }
    }

    #[test]
    fn it_opens_where_it_is_asked_to() {
        let spot = place(Placement::BottomEnd, false, bell(900.0, 20.0), PANEL, VIEW);
        assert_eq!(spot, Spot { left: 560.0, edge: Edge::Top(68.0), room: 724.0 });
        let spot = place(Placement::TopStart, false, bell(100.0, 740.0), PANEL, VIEW);
        assert_eq!(spot, Spot { left: 100.0, edge: Edge::Bottom(68.0), room: 724.0 });
    }

    #[test]
    fn right_to_left_mirrors_start_and_end() {
        let spot = place(Placement::BottomEnd, true, bell(100.0, 20.0), PANEL, VIEW);
        assert_eq!(spot.left, 100.0);
        let spot = place(Placement::BottomStart, true, bell(900.0, 20.0), PANEL, VIEW);
        assert_eq!(spot.left, 560.0);
    }

    #[test]
    fn it_flips_where_there_is_no_room_and_stays_where_the_other_side_is_worse() {
        let low = place(Placement::BottomEnd, false, bell(900.0, 700.0), PANEL, VIEW);
        assert_eq!(low.edge, Edge::Bottom(108.0));
        let high = place(Placement::TopEnd, false, bell(900.0, 20.0), PANEL, VIEW);
        assert_eq!(high.edge, Edge::Top(68.0));
        let flat = Size { width: 1_000.0, height: 200.0 };
        let tight = place(Placement::BottomEnd, false, bell(900.0, 60.0), PANEL, flat);
        assert_eq!(tight.edge, Edge::Top(108.0));
        assert_eq!(tight.room, 84.0);
    }

    #[test]
    fn it_shifts_to_stay_within_the_viewport() {
        assert_eq!(place(Placement::BottomEnd, false, bell(0.0, 20.0), PANEL, VIEW).left, 8.0);
        assert_eq!(place(Placement::BottomStart, false, bell(950.0, 20.0), PANEL, VIEW).left, 612.0);
        let narrow = Size { width: 320.0, height: 600.0 };
        assert_eq!(place(Placement::BottomEnd, false, bell(280.0, 20.0), PANEL, narrow).left, 8.0);
    }
}
