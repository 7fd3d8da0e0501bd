//! The subscribers of a feed.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use yew::Callback;

use crate::feed::{Notice, Snapshot};

/// What a subscriber receives.
#[derive(Debug, Clone)]
pub enum Update {
    /// The feed's new snapshot.
    Changed(Rc<Snapshot>),
    /// A notice for the page, to be emitted once the previous snapshot is on screen.
    Notice(Notice),
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct Subscribers {
    all: RefCell<Vec<(u32, Callback<Update>)>>,
    next: Cell<u32>,
    /// The revision of the snapshot shown last.
    revision: Cell<u64>,
}

impl Subscribers {
    pub(super) fn add(&self, on: Callback<Update>) -> u32 {
        let id = self.next.replace(self.next.get().wrapping_add(1));
        self.all.borrow_mut().push((id, on));
        id
    }

    pub(super) fn remove(&self, id: u32) {
        self.all.borrow_mut().retain(|(other, _)| *other != id);
    }

    pub(super) fn len(&self) -> usize {
        self.all.borrow().len()
    }

    /// Calls all, even those that another one removes during the call.
    pub(super) fn notify(&self, update: &Update) {
        let all: Vec<_> = self.all.borrow().iter().map(|(_, on)| on.clone()).collect();
        all.into_iter().for_each(|on| on.emit(update.clone()));
    }

    /// Passes this snapshot to all, unless it was the last one shown.
    pub(super) fn show(&self, snapshot: Rc<Snapshot>) {
        if self.revision.replace(snapshot.revision) != snapshot.revision {
            self.notify(&Update::Changed(snapshot));
        }
    }
}
