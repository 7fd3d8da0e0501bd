//! A feed lives as long as somebody subscribes to it.

use std::rc::Rc;

use yew::Callback;

use super::{store::Store, subscribers::Update};

/// Hears of every change of a feed until it is dropped.
pub struct Subscription {
    store: Rc<Store>,
    id: u32,
}

impl Subscription {
    /// The last subscriber to go ends the feed: what waits is sent at once.
    ///
    /// Who comes late is told what the others were told when it was new: the count, and that the first list is there.
    pub fn new(store: &Rc<Store>, on: Callback<Update>) -> Self {
        Self { store: store.clone(), id: store.admit(on) }
    }

    /// The feed.
    pub fn store(&self) -> &Rc<Store> {
        &self.store
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.store.let_go(self.id);
    }
}
