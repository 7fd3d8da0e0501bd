//! A feed lives as long as somebody subscribes to it.

use std::rc::Rc;

use super::store::Store;

/// A subscriber's tie to its feed.
pub struct Subscription {
    pub(super) store: Rc<Store>,
    pub(super) id: u32,
}

impl Subscription {
    /// The feed.
    pub fn store(&self) -> &Rc<Store> {
        &self.store
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        let store = &self.store;
        store.subscribers.borrow_mut().retain(|(id, _)| *id != self.id);
        if store.subscribers.borrow().is_empty() {
            store.clone().retire();
        }
    }
}
