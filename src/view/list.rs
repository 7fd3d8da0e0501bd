//! The list: what of it is drawn, where the keyboard is, and what the DOM says about sizes.

use std::ops::Range;

use web_sys::Element;
use yew::NodeRef;

use super::{
    act::Act,
    anchor::{self, Anchor},
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

/// Rows of the first drawing, before which nothing is known of the viewport: about what a panel shows. What is to be
/// there around them comes with the second, after the first frame.
const FIRST: usize = 8;
/// Scrolled this little counts as not scrolled; at the top, what arrives is meant to be seen.
const TOP: f64 = 4.0;
/// This close to the end, the next page is wanted.
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
    /// The list is displayed, as far as is known: what is not displayed has no sizes and needs no more rows.
    displayed: bool,
    /// What was seen when the list came on screen, or was last heard to be scrolled.
    last_heard: Stretch,
    anchor: Option<Anchor>,
    width: i32,
    /// Rows have turned out to be of another height than those that are not drawn were given space for. That is out of
    /// sight, so it waits for the next frame.
    spaces_are_wrong: bool,
    /// How many rows there were when the next page was last asked for.
    asked_at: usize,
}

impl List {
    /// Takes in other rows. The keyboard's row keeps its place, or its neighbour takes it.
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
        self.look();
    }

    /// Another list has taken the place of this one.
    pub(super) fn start_over(&mut self) {
        self.current = self.rows.id(0);
        self.asked_at = 0;
        self.anchor = None;
    }

    /// Moves the keyboard's place.
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

    /// Before a drawing: remembers what a reader looks at. At the top of the list nothing is held: what arrives there is
    /// meant to be seen.
    pub(super) fn hold(&mut self) {
        if let Some((node, seen)) = dom::drawn(&self.node).zip(self.stretch().filter(|seen| seen.from > TOP))
            && self.anchor.is_none()
        {
            self.anchor = Anchor::find(&node, seen, self.viewport.scale(&node));
        }
    }

    /// After a drawing: brings the row that was held back to where it was.
    fn restore(&mut self, node: &Element) {
        let Some(anchor) = self.anchor.take() else { return };
        if let Some(moved) = anchor.moved(node) {
            if moved.abs() >= 0.5 {
                self.viewport.scroll_by(node, moved);
            }
        } else if let Some(index) = self.rows.position(anchor.id) {
            // Too many rows have come above it for it to be drawn: it is once the list has been scrolled to it.
            let moved = self.layout.top(&self.rows, index) - anchor.stood_at;
            self.viewport.scroll_by(node, moved * self.viewport.scale(node));
            self.anchor = Some(anchor).filter(|_| moved != 0.0);
        }
    }

    /// Chooses the rows to draw for what can be seen now. `true`: they are others than before.
    pub(super) fn look(&mut self) -> bool {
        self.look_ahead(0.0)
    }

    /// The same, with so many pixels above and below that are about to be seen.
    fn look_ahead(&mut self, ahead: f64) -> bool {
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

    /// The end is near, and nobody asked for more rows yet.
    pub(super) fn wants_more(&mut self) -> bool {
        let end = self.layout.top(&self.rows, self.rows.len());
        let is_near = |seen: Stretch| end - seen.to < NEAR_END && seen.from - end < NEAR_END;
        let near = self.stretch().is_some_and(is_near);
        let visible = || dom::drawn(&self.node).is_some_and(|node| is_displayed(&node, true));
        near && visible() && std::mem::replace(&mut self.asked_at, self.rows.len()) != self.rows.len()
    }

    /// The list, or something around it, was heard to be scrolled. `true`: other rows are to be drawn.
    pub(super) fn scrolled(&mut self) -> bool {
        self.last_heard = self.stretch().unwrap_or(self.last_heard);
        self.look()
    }

    /// The list was scrolled unheard: that happens within a closed shadow root.
    pub(super) fn has_moved(&self) -> bool {
        self.displayed && self.stretch().is_some_and(|seen| (seen.from - self.last_heard.from).abs() > TOP)
    }

    /// Blank space may have come into view, or the list on screen. `true`: other rows are to be drawn.
    pub(super) fn seen(&mut self, act: &Act) -> bool {
        match dom::drawn(&self.node) {
            Some(node) if self.displayed => self.look_ahead(self.viewport.ahead(&node)),
            _ => self.settle(act),
        }
    }

    /// Sizes have changed, or were never looked at since the list came on screen. `true`: it is to be drawn again.
    pub(super) fn resized(&mut self, act: &Act) -> bool {
        let differs = self.settle(act);
        std::mem::take(&mut self.spaces_are_wrong) || differs
    }

    /// Learns from the DOM after a drawing. `true`: something was not as thought, and must be drawn again.
    pub(super) fn settle(&mut self, act: &Act) -> bool {
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
        let differs = self.look() || differs;
        if !differs {
            self.anchor = None;
            self.viewport.watch_spaces();
        }
        differs
    }

    /// Takes in sizes. `true`: rows are to be drawn otherwise.
    fn measure(&mut self, node: &Element) -> bool {
        let heading = dom::all(node, "h3").first().map(dom::height);
        let mut heights = Vec::new();
        let mut differs = false;
        for row in dom::all(node, "[data-id]") {
            let Some(id) = dom::row_id(&row) else { continue };
            heights.push((id, dom::height(&row)));
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
        if self.layout.measured(&heights, heading) {
            self.layout.lay_out(&self.rows);
        }
        self.spaces_are_wrong |= self.layout.estimate() != estimate;
        differs
    }

    fn stretch(&self) -> Option<Stretch> {
        self.viewport.stretch(&dom::drawn(&self.node)?)
    }

    /// The element of the keyboard's row; the first one that is drawn where it was nowhere yet.
    pub(super) fn current_row(&self) -> Option<Element> {
        let node = dom::drawn(&self.node)?;
        match self.current {
            Some(id) => anchor::row(&node, id),
            None => node.query_selector("[data-id]").ok()?,
        }
    }

    /// The notifications that are drawn.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &crate::model::Notification> {
        self.rows.items.iter().skip(self.window.start).take(self.window.len()).map(AsRef::as_ref)
    }

    /// Draws the groups.
    ///
    /// Each is a feed (WAI-ARIA "feed": a list of articles that grows while it is read, each article focusable and
    /// with controls of its own) named by its heading. Position and size of the set run through all groups, which only
    /// divide it.
    pub(super) fn view(&self, scene: &Scene<'_>) -> Tag {
        let groups = HEADINGS.into_iter().zip(&self.rows.groups).enumerate();
        let groups = groups.filter(|(_, (_, rows))| !rows.is_empty());
        let kept = self.current.and_then(|id| self.rows.position(id));
        // Where the keyboard was nowhere yet, Tab reaches the first row that is drawn.
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
            tag("section").key(number).children([title, feed])
        };
        tag("div").key("list").attr("part", "list").node(&self.node).touch(scene.act).children(groups.map(group))
    }

    fn piece(&self, scene: &Scene<'_>, piece: Piece, tab: usize) -> Option<Tag> {
        match piece {
            Piece::Space(rows) => {
                // An empty drawing, for its height: the one element whose size an attribute gives in the same step that
                // puts it into the DOM, without the inline styles that a strict security policy forbids.
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
