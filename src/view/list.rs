//! The list: what of it is drawn, where the keyboard is, and what the DOM says about sizes.

use std::ops::Range;

use web_sys::Element;
use yew::prelude::*;

use super::{
    dom,
    item::{self, Row},
    rows::{HEADINGS, Rows},
    scene::Scene,
    virtual_list::{Anchor, Layout, Piece, pieces},
};
use crate::{model::NotificationId, sorted::SortedSet};

/// Rows of the first drawing, before which nothing is known of the viewport: about what a panel shows. What is to be
/// there around them comes with the second, after the first frame.
const FIRST: usize = 8;
/// Scrolled this little counts as being at the top: what arrives there is meant to be seen.
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
    anchor: Option<Anchor>,
    width: i32,
    /// How many rows there were when the next page was last asked for.
    asked_at: usize,
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
        let (from, to) = self.viewport().unwrap_or_default();
        let there = self.layout.top(&self.rows, here) + direction * (to - from);
        self.layout.touched(&self.rows, there, there).start
    }

    /// Shows the rest of a message, or hides it again.
    pub(super) fn expand(&mut self, id: NotificationId) {
        if !self.expanded.remove(&id) {
            self.expanded.insert(id);
        }
    }

    /// Remembers what a reader looks at, so that it stays in place through the next drawing.
    pub(super) fn hold(&mut self) {
        if let Some((from, _)) = self.viewport().filter(|(from, _)| *from > TOP)
            && self.anchor.is_none()
        {
            self.anchor = self.layout.anchor(&self.rows, from);
        }
    }

    /// Chooses the rows to draw for the viewport as it is. `true`: they are others than before.
    pub(super) fn look(&mut self) -> bool {
        let Some((from, to)) = self.viewport() else {
            return false;
        };
        let needed = self.layout.touched(&self.rows, from, to);
        if self.window.start <= needed.start && needed.end <= self.window.end {
            return false;
        }
        let window = self.layout.window(&self.rows, from, to);
        std::mem::replace(&mut self.window, window.clone()) != window
    }

    /// The end is near, and nobody asked for more rows yet.
    pub(super) fn wants_more(&mut self) -> bool {
        let near = self.viewport().is_some_and(|(_, to)| {
            let end = self.layout.top(&self.rows, self.rows.len());
            end - to < NEAR_END
        });
        near && std::mem::replace(&mut self.asked_at, self.rows.len()) != self.rows.len()
    }

    /// Learns from the DOM after a drawing. `true`: something was not as thought, and must be drawn again.
    pub(super) fn settle(&mut self) -> bool {
        let Some(node) = self.node.cast::<Element>() else {
            return false;
        };
        if self.width != node.client_width() {
            self.width = node.client_width();
            self.layout.forget();
            self.clipped.clear();
        }
        let differs = self.measure(&node);
        if differs {
            self.hold();
            self.layout.lay_out(&self.rows);
        } else if let Some(anchor) = self.anchor.take()
            && let Some(index) = self.rows.position(anchor.id)
        {
            let moved = self.layout.top(&self.rows, index) - anchor.top;
            if let Some(scroller) = node.parent_element()
                && moved.abs() >= 1.0
            {
                scroller.set_scroll_top(scroller.scroll_top() + moved.round() as i32);
            }
        }
        self.look() || differs
    }

    fn measure(&mut self, node: &Element) -> bool {
        let heading = dom::all(node, "h3").first().map(dom::height);
        let mut heights = Vec::new();
        let mut clips = false;
        for row in dom::all(node, "[data-id]") {
            let Some(id) = dom::row_id(&row) else { continue };
            heights.push((id, dom::height(&row)));
            let message = row.query_selector("p").ok().flatten();
            if message.is_some_and(|message| message.scroll_height() > message.client_height() + 1) {
                clips |= self.clipped.insert(id);
            }
        }
        self.layout.measured(&heights, heading) || clips
    }

    /// The stretch of the list that can be seen, in pixels from its top.
    fn viewport(&self) -> Option<(f64, f64)> {
        let node = self.node.cast::<Element>()?;
        let top = dom::rect(&node).top;
        // Inline, the page scrolls and the scroller is as high as the list; in a panel the scroller cuts it off.
        let scroller = dom::rect(&node.parent_element()?);
        let height = dom::viewport().height;
        Some((scroller.top.max(0.0) - top, scroller.bottom.min(height) - top))
    }

    /// The element of the keyboard's row; the first one that is drawn where it was nowhere yet.
    pub(super) fn current_row(&self) -> Option<Element> {
        let selector = match self.current {
            Some(id) => ["[data-id=\"", &id.0.to_string(), "\"]"].concat(),
            None => "[data-id]".to_owned(),
        };
        self.node.cast::<Element>()?.query_selector(&selector).ok()?
    }

    /// The notifications that are drawn.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &crate::model::Notification> {
        let end = self.window.end.min(self.rows.len());
        self.rows.items.get(self.window.start.min(end)..end).unwrap_or_default().iter().map(AsRef::as_ref)
    }

    /// Draws the groups.
    ///
    /// Each is a feed (WAI-ARIA "feed": a list of articles that grows while it is read, each article focusable and
    /// with controls of its own) named by its heading. Position and size of the set run through all groups, which only
    /// divide it.
    pub(super) fn view(&self, scene: &Scene<'_>) -> Html {
        let groups = HEADINGS.into_iter().zip(&self.rows.groups).enumerate();
        let groups = groups.filter(|(_, (_, rows))| !rows.is_empty());
        let kept = self.current.and_then(|id| self.rows.position(id));
        // Where the keyboard was nowhere yet, Tab reaches the first row that is drawn.
        let tab = kept.unwrap_or(self.window.start);
        html! {
            <div part="list" ref={self.node.clone()}
                onpointerdown={scene.act.touch()} onpointermove={scene.act.touch()}
                onpointerup={scene.act.touch()} onpointercancel={scene.act.touch()}
            >
                { for groups.map(|(number, (heading, rows))| {
                    let pieces = pieces(rows, &self.window, kept);
                    let drawn = pieces.iter().any(|piece| matches!(piece, Piece::Row(_)));
                    let id = AttrValue::Static(["cn-g0", "cn-g1", "cn-g2", "cn-g3"].get(number).copied().unwrap_or_default());
                    html! {
                        <section key={number}>
                            <h3 part="group" id={id.clone()}>{ scene.text.get(heading) }</h3>
                            <div role={drawn.then_some("feed")} aria-labelledby={drawn.then_some(id)}>
                                { for pieces.into_iter().map(|piece| self.piece(scene, piece, tab)) }
                            </div>
                        </section>
                    }
                }) }
            </div>
        }
    }

    fn piece(&self, scene: &Scene<'_>, piece: Piece, tab: usize) -> Html {
        match piece {
            Piece::Space(rows) => {
                // An empty drawing, for its height: the one element whose size an attribute gives in the same step that
                // puts it into the DOM, without the inline styles that a strict security policy forbids.
                let height = (self.layout.space(&rows).round() as i32).to_string();
                html! { <svg key={"s".to_owned() + &rows.start.to_string()} class="space" {height} aria-hidden="true" /> }
            }
            Piece::Row(index) => {
                let Some(notification) = self.rows.items.get(index) else {
                    return Html::default();
                };
                let id = notification.id;
                item::view(
                    scene,
                    &Row {
                        notification,
                        index,
                        of: self.rows.len(),
                        tab: index == tab,
                        expanded: self.expanded.contains(&id),
                        clipped: self.clipped.contains(&id),
                    },
                )
            }
        }
    }
}
