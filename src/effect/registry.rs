//! Elements with the same key share one feed.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use super::{key::FeedKey, store::Store, token::TokenSource};
use crate::feed::Settings;

thread_local! {
    static FEEDS: RefCell<Vec<(FeedKey, Weak<Store>)>> = const { RefCell::new(Vec::new()) };
}

/// The feed of this key that suits the settings; started now if there is none. Settings that do not matter for that are
/// taken from the latest caller.
pub fn open(key: &FeedKey, settings: Settings) -> Rc<Store> {
    if let Some(store) = find(key, &settings) {
        store.set(settings);
        return store;
    }
    let store = Store::new(key, settings);
    FEEDS.with_borrow_mut(|feeds| feeds.push((key.clone(), Rc::downgrade(&store))));
    store
}

/// The running feed of this key that suits the settings.
pub fn find(key: &FeedKey, settings: &Settings) -> Option<Rc<Store>> {
    FEEDS.with_borrow_mut(|feeds| {
        feeds.retain(|(_, store)| store.strong_count() > 0);
        let same = feeds.iter().filter(|(other, _)| other == key);
        same.filter_map(|(_, store)| store.upgrade()).find(|store| store.suits(settings))
    })
}

/// The feed continues with another token. Elements with that token share it from now on.
pub fn hand_over(store: &Rc<Store>, token: &TokenSource) {
    FEEDS.with_borrow_mut(|feeds| {
        for (key, known) in feeds {
            if known.as_ptr() == Rc::as_ptr(store) {
                key.token = token.clone();
            }
        }
    });
    store.use_token(token.clone());
}
