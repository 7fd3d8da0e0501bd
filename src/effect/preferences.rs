//! A member's preferences, stored in this browser and shared by all bells of all tabs.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_events::EventListener;
use yew::Callback;

use super::storage::{self, LOCAL, read, write};
use crate::{
    api::ApiBase,
    config::Preferences,
    error::{Failure, FailureKind},
    model::CoworkerId,
};

thread_local! {
    /// The page's bells: the browser sends no `storage` event to the page that stores.
    static SHELVES: RefCell<Vec<Weak<Shelf>>> = const { RefCell::new(Vec::new()) };
}

/// Stores one coworker's preferences for one bell, and reports choices made in other bells.
pub struct StoredPreferences {
    shelf: Rc<Shelf>,
    _listener: Option<EventListener>,
}

struct Shelf {
    key: String,
    changed: Callback<Rc<Preferences>>,
}

impl StoredPreferences {
    /// `changed` is called when another bell or another tab has stored a choice.
    pub fn new(base: &ApiBase, coworker: CoworkerId, changed: Callback<Rc<Preferences>>) -> Self {
        let shelf = Rc::new(Shelf { key: key(base, coworker), changed });
        SHELVES.with_borrow_mut(|shelves| {
            shelves.retain(|shelf| shelf.strong_count() > 0);
            shelves.push(Rc::downgrade(&shelf));
        });
        let stored = shelf.clone();
        let listener = storage::watch(shelf.key.clone(), move || {
            if let Ok(chosen) = stored.read() {
                stored.changed.emit(Rc::new(chosen.unwrap_or_default()));
            }
        });
        Self { shelf, _listener: listener }
    }

    /// Whether this keeps this coworker's preferences.
    pub fn is_of(&self, base: &ApiBase, coworker: CoworkerId) -> bool {
        self.shelf.key == key(base, coworker)
    }

    /// The stored choice, if there is one; a failure if it cannot be read.
    pub fn read(&self) -> Result<Option<Preferences>, Failure> {
        self.shelf.read()
    }

    /// Stores a choice and passes it to the other bells. If the browser refuses, it lasts as long as the page.
    pub fn write(&self, chosen: &Rc<Preferences>) {
        write(LOCAL, &self.shelf.key, &chosen.encode());
        let others = SHELVES.with_borrow(|shelves| shelves.iter().filter_map(Weak::upgrade).collect::<Vec<_>>());
        for other in others.iter().filter(|other| other.key == self.shelf.key && !Rc::ptr_eq(other, &self.shelf)) {
            other.changed.emit(chosen.clone());
        }
    }
}

impl Shelf {
    fn read(&self) -> Result<Option<Preferences>, Failure> {
        let Some(text) = read(LOCAL, &self.key) else { return Ok(None) };
        Preferences::decode(&text).map(Some).ok_or_else(|| {
            Failure::new(
                FailureKind::Storage,
                "The stored preferences are damaged: the defaults are in use until the member chooses again.",
            )
        })
    }
}

fn key(base: &ApiBase, coworker: CoworkerId) -> String {
    storage::key("preferences", base, coworker)
}
