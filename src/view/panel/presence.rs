//! A panel comes on screen, stays there at its bell, and leaves.

use web_sys::{Element, wasm_bindgen::JsCast};

use super::{
    super::{dom, focus::Focus, follow::Follow, listen, popover},
    Panel,
};

impl Panel {
    /// The panel comes on screen.
    pub(super) fn enter(&mut self) {
        if !self.props.is_inline() {
            self.preferring = false;
            popover::show(&self.node);
            // Some browsers restore the scroll position of an element that is shown again.
            if let Some(scroller) = dom::drawn(&self.scroller) {
                scroller.set_scroll_top(0);
            }
            self.list.current = self.list.rows.id(0);
            self.focus = Focus::Enters;
        }
        self.listen();
    }

    /// Listens to the page around, as it is now.
    pub(super) fn listen(&mut self) {
        self.listeners = listen::to_page(&self.act, &self.scroller);
        if self.props.is_inline() {
            return;
        }
        if let Some((panel, bell)) = self.node.get().zip(self.props.bell.get()) {
            let (panel, bell): (Element, Element) = (panel.unchecked_into(), bell.unchecked_into());
            self.listeners.extend(listen::to_leave(&self.act, &panel, &bell));
            self.follow = Some(Follow::new(panel, bell, self.props.placing()));
        }
    }

    /// The panel stays on screen, and at its bell.
    pub(super) fn stay(&mut self) {
        // Moving the element in the page takes the panel out of the top layer, and may take it into other trees.
        popover::keep_shown(&self.node);
        match &self.follow {
            Some(follow) if !follow.is_lost() => follow.refresh(self.props.placing()),
            Some(_) => self.listen(),
            None => {}
        }
    }

    /// The panel goes off screen.
    pub(super) fn leave(&mut self) {
        self.listeners.clear();
        self.follow = None;
        self.due.rest();
        self.list.release();
        popover::hide(&self.node);
    }
}
