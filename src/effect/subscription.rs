//! A feed lives as long as it has a subscriber.

use std::rc::Rc;

use yew::Callback;

use super::{store::Store, subscribers::Update};

/// Receives every update of a feed until it is dropped.
pub struct Subscription {
    store: Rc<Store>,
    id: u32,
}

impl Subscription {
    /// The last subscriber to go ends the feed: it sends what is pending at once.
    ///
    /// A late subscriber first gets what the others got at the start: the count, and that the first list is there.
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
