//! The list: which rows are drawn, where the keyboard is, and which sizes the DOM has.

use std::ops::Range;

use web_sys::Element;
use yew::NodeRef;

use super::{
    act::Act,
    anchor::{self, Anchor, Rest},
    dom,
    item::{self, Row},
    msg::Move,
    rows::{HEADINGS, Rows},
    scene::Scene,
    tag::{Tag, tag},
    text::Key,
    viewport::{Stretch, Viewport, is_displayed},
    virtual_list::{Layout, Piece, pieces},
};
use crate::{model::NotificationId, sorted::SortedSet};

/// Rows of the first drawing, when the viewport is not known yet: about as many as a panel shows. The rows around them
/// come with the second drawing, after the first frame.
const FIRST: usize = 8;
/// A list scrolled by less than this counts as at its top, where new rows are meant to be seen.
const TOP: f64 = 4.0;
/// Closer to the end than this, the list loads the next page.
const NEAR_END: f64 = 600.0;

/// The list's own state, apart from the feed's.
#[derive(Debug, Default)]
pub(super) struct List {
    pub(super) node: NodeRef,
    pub(super) rows: Rows,
    /// The row that Tab reaches (a roving tabindex).
    pub(super) current: Option<NotificationId>,
    expanded: SortedSet<NotificationId>,
    /// Rows whose message is cut after three lines.
    clipped: SortedSet<NotificationId>,
    layout: Layout,
    window: Range<usize>,
    viewport: Viewport,
    /// Whether the list was last found displayed. Otherwise it has no sizes and needs no more rows.
    displayed: bool,
    /// The visible part when the list came on screen, or at the last scroll event.
    last_heard: Stretch,
    anchor: Option<Anchor>,
    rest: Rest,
    width: i32,
    /// Measuring has changed the estimate for rows that are not drawn, so their blank space has the wrong height. It is
    /// out of sight, so the correction waits for the next frame.
    spaces_are_wrong: bool,
    /// How many rows there were when the next page was last asked for.
    asked_at: usize,
}

impl List {
    /// Replaces the rows. The keyboard stays at its row, or goes to a neighbour if that row is gone.
    pub(super) fn set_rows(&mut self, rows: Rows) {
        if let Some(current) = self.current
            && rows.position(current).is_none()
        {
            self.current = rows.heir(&self.rows, current);
        }
        self.rows = rows;
        self.layout.lay_out(&self.rows);
        if self.window.is_empty() {
            self.window = 0..FIRST;
        }
        self.choose_rows();
    }

    /// Another list has taken the place of this one.
    pub(super) fn start_over(&mut self) {
        self.current = self.rows.id(0);
        self.asked_at = 0;
        self.anchor = None;
    }

    /// Moves the keyboard to another row.
    pub(super) fn step(&mut self, to: Move) {
        let last = self.rows.len().saturating_sub(1);
        let here = self.current.and_then(|id| self.rows.position(id));
        let index = match (to, here) {
            (Move::First, _) | (_, None) => 0,
            (Move::Last, _) => last,
            (Move::Next, Some(here)) => here + 1,
            (Move::Previous, Some(here)) => here.saturating_sub(1),
            (Move::PageDown, Some(here)) => self.page_from(here, 1.0).max(here + 1),
            (Move::PageUp, Some(here)) => self.page_from(here, -1.0).min(here.saturating_sub(1)),
        };
        self.current = self.rows.id(index.min(last));
    }

    /// The row a viewport's height below a row, or above it where `direction` is negative.
    fn page_from(&self, here: usize, direction: f64) -> usize {
        let seen = self.stretch().unwrap_or_default();
        let there = self.layout.top(&self.rows, here) + direction * (seen.to - seen.from);
        self.layout.touched(&self.rows, there, there).start
    }

    /// Shows the rest of a message, or hides it again.
    pub(super) fn expand(&mut self, id: NotificationId) {
        if !self.expanded.remove(&id) {
            self.expanded.insert(id);
        }
    }

    /// Before a drawing: remembers the row that a reader looks at. At the top of the list it holds nothing, because new
    /// rows there are meant to be seen.
    pub(super) fn hold(&mut self) {
        if let Some((node, seen)) = dom::drawn(&self.node).zip(self.stretch().filter(|seen| seen.from > TOP))
            && self.anchor.is_none()
        {
            let anchor = Anchor::find(&node, seen, self.viewport.scale(&node));
            self.anchor = anchor.map(|anchor| self.rest.correct(&node, anchor));
        }
    }

    /// Holds no row any more.
    pub(super) fn release(&mut self) {
        self.anchor = None;
    }

    /// After a drawing: brings the held row back to its place.
    fn restore(&mut self, node: &Element) {
        let Some(anchor) = self.anchor.take() else { return };
        let Some(index) = self.rows.position(anchor.id) else { return };
        let row = anchor::row(node, anchor.id);
        let below = |row: &Element| dom::rect(row).top - anchor.seen_at;
        // So many rows may have come above that the held row is not drawn. Scrolling to its place draws it.
        let place = || dom::rect(node).top + self.layout.top(&self.rows, index) * self.viewport.scale(node);
        let moved = row.as_ref().map_or_else(|| place() - anchor.seen_at, below);
        if moved.abs() >= 0.5 {
            self.viewport.scroll_by(node, moved);
        }
        match row {
            Some(row) => self.rest = Rest::new(node, below(&row)),
            None => self.anchor = Some(anchor),
        }
    }

    /// Chooses the rows to draw for the visible part. `true`: other rows than before.
    pub(super) fn choose_rows(&mut self) -> bool {
        self.choose_rows_ahead(0.0)
    }

    /// The same with this many pixels more above and below, which may soon be visible.
    fn choose_rows_ahead(&mut self, ahead: f64) -> bool {
        let Some(seen) = self.stretch() else {
            self.displayed = false;
            return false;
        };
        let seen = Stretch { from: seen.from - ahead, to: seen.to + ahead };
        let needed = self.layout.touched(&self.rows, seen.from, seen.to);
        if self.window.start <= needed.start && needed.end <= self.window.end {
            return false;
        }
        let window = self.layout.window(&self.rows, seen.from, seen.to);
        std::mem::replace(&mut self.window, window.clone()) != window
    }

    /// Whether the end is near and the next page was not asked for yet.
    pub(super) fn wants_more(&mut self) -> bool {
        let end = self.layout.top(&self.rows, self.rows.len());
        let is_near = |seen: Stretch| end - seen.to < NEAR_END && seen.from - end < NEAR_END;
        let near = self.stretch().is_some_and(is_near);
        let visible = || dom::drawn(&self.node).is_some_and(|node| is_displayed(&node, true));
        near && visible() && std::mem::replace(&mut self.asked_at, self.rows.len()) != self.rows.len()
    }

    /// Handles a scroll event of the list or of something around it. `true`: other rows are to be drawn.
    pub(super) fn scrolled(&mut self) -> bool {
        self.last_heard = self.stretch().unwrap_or(self.last_heard);
        self.choose_rows()
    }

    /// Whether the list was scrolled without a scroll event here, as happens within a closed shadow root.
    pub(super) fn has_moved(&self) -> bool {
        self.displayed && self.stretch().is_some_and(|seen| (seen.from - self.last_heard.from).abs() > TOP)
    }

    /// Blank space may have come into view, or the list on screen. `true`: other rows are to be drawn.
    pub(super) fn seen(&mut self, act: &Act) -> bool {
        match dom::drawn(&self.node) {
            Some(node) if self.displayed => self.choose_rows_ahead(self.viewport.ahead(&node)),
            _ => self.take_measures(act),
        }
    }

    /// Sizes have changed, or were not measured since the list came on screen. `true`: it is to be drawn again.
    pub(super) fn resized(&mut self, act: &Act) -> bool {
        let differs = self.take_measures(act);
        std::mem::take(&mut self.spaces_are_wrong) || differs
    }

    /// Reads sizes from the DOM after a drawing. `true`: they are not as assumed, so the list must be drawn again.
    pub(super) fn take_measures(&mut self, act: &Act) -> bool {
        let Some(node) = dom::drawn(&self.node) else {
            return false;
        };
        if self.viewport.has_moved(&node) {
            self.viewport.survey(&node, act);
        }
        let seen = self.stretch();
        let was_displayed = std::mem::replace(&mut self.displayed, seen.is_some());
        let Some(seen) = seen else {
            return false;
        };
        let width = node.client_width();
        if !was_displayed || self.width != width {
            self.viewport.survey(&node, act);
            self.last_heard = seen;
        }
        if self.width != width {
            self.width = width;
            self.layout.forget();
        }
        let differs = self.measure(&node);
        self.restore(&node);
        let differs = self.choose_rows() || differs;
        if !differs {
            self.anchor = None;
            self.viewport.watch_spaces();
        }
        differs
    }

    /// Measures the drawn rows. `true`: some must be drawn differently.
    fn measure(&mut self, node: &Element) -> bool {
        let heading = dom::all(node, "h3").first().map(dom::height);
        let mut heights = Vec::new();
        let mut differs = false;
        for row in dom::all(node, "[data-id]") {
            let Some(id) = dom::row_id(&row) else { continue };
            // Most drawn rows are in the window, and only its rows are looked at then.
            let is_here = |index: &usize| self.rows.id(*index) == Some(id);
            let Some(index) = self.window.clone().find(is_here).or_else(|| self.rows.position(id)) else { continue };
            heights.push((index, id, dom::height(&row)));
            if let Some(message) = row.query_selector(".clamp").ok().flatten() {
                let clips = message.scroll_height() > message.client_height() + 1;
                if clips != self.clipped.contains(&id) {
                    differs = true;
                    if clips {
                        self.clipped.insert(id);
                    } else {
                        self.clipped.remove(&id);
                    }
                }
            }
        }
        let estimate = self.layout.estimate();
        self.layout.measured(&heights, heading);
        self.spaces_are_wrong |= self.layout.estimate() != estimate;
        differs
    }

    fn stretch(&self) -> Option<Stretch> {
        self.viewport.stretch(&dom::drawn(&self.node)?)
    }

    /// The element of the keyboard's row; if the keyboard is at no row yet, that of the first drawn row.
    pub(super) fn current_row(&self) -> Option<Element> {
        let node = dom::drawn(&self.node)?;
        match self.current {
            Some(id) => anchor::row(&node, id),
            None => node.query_selector("[data-id]").ok()?,
        }
    }

    /// The notifications that are drawn.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &crate::model::Notification> {
        self.window.clone().filter_map(|index| self.rows.items.get(index)).map(AsRef::as_ref)
    }

    /// Draws the groups.
    ///
    /// Each group is a feed (WAI-ARIA "feed": a list of articles that grows while it is read, each article focusable
    /// and with controls of its own) named by its heading. Position and set size count through all groups.
    pub(super) fn view(&self, scene: &Scene<'_>) -> Tag {
        let groups = HEADINGS.into_iter().zip(&self.rows.groups).enumerate();
        let groups = groups.filter(|(_, (_, rows))| !rows.is_empty());
        let kept = self.current.and_then(|id| self.rows.position(id));
        // If the keyboard is at no row yet, Tab reaches the first drawn row.
        let tab = kept.unwrap_or(self.window.start);
        let group = |(number, (heading, rows)): (usize, (Key, &Range<usize>))| {
            let pieces = pieces(rows, &self.window, kept);
            let drawn = pieces.iter().any(|piece| matches!(piece, Piece::Row(_)));
            let id = ["cn-g0", "cn-g1", "cn-g2", "cn-g3"].get(number).copied();
            let title = tag("h3").attr("part", "group").attr("id", id).text(scene.text.get(heading));
            let feed = tag("div")
                .attr("role", drawn.then_some("feed"))
                .attr("aria-labelledby", id.filter(|_| drawn))
                .children(pieces.into_iter().map(|piece| self.piece(scene, piece, tab)));
            tag("section").key(number as i64).child(title).child(feed)
        };
        tag("div").key("list").attr("part", "list").node(&self.node).touch(scene.act).children(groups.map(group))
    }

    fn piece(&self, scene: &Scene<'_>, piece: Piece, tab: usize) -> Option<Tag> {
        match piece {
            Piece::Space(rows) => {
                // An empty SVG for its height: it is the only element that can get its size from an attribute as it
                // enters the DOM, without inline styles, which a strict security policy forbids.
                let height = (self.layout.space(&rows).round() as i32).to_string();
                let key = "s".to_owned() + &rows.start.to_string();
                let space = tag("svg").key(key).attr("class", "space").set("height", height);
                Some(space.attr("aria-hidden", "true"))
            }
            Piece::Row(index) => {
                let notification = self.rows.items.get(index)?;
                let id = notification.id;
                let row = Row {
                    notification,
                    index,
                    of: self.rows.len(),
                    tab: index == tab,
                    expanded: self.expanded.contains(&id),
                    clipped: self.clipped.contains(&id),
                    menu: scene.menu == Some(id),
                };
                Some(item::view(scene, &row))
            }
        }
    }
}
